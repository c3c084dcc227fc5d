"""The archive as its readers meet it: built sites, served on loopback, driven in Chromium."""
