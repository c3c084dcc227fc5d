"""The comparison with stock Pelican and Hugo: ``make bench``."""
