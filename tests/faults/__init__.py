"""Each row of the table of faults is a test: it passes here, and fails on stock Pelican.

``make faults-on-stock`` has them all built by stock Pelican, where each of them has to fail.
"""
