"""A post becomes an Article: its metadata, its markup, and the reader that meets Pelican."""
