"""`make lighthouse`: what Lighthouse says of every kind of page."""
