"""Articles and groups leave the archive: feeds, sitemaps, structured data, metadata for readers."""
