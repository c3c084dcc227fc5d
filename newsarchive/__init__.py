"""A news archive on Pelican: wire copy in, a static site that keeps stories for good out."""
