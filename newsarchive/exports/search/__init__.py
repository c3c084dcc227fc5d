"""Stories leave the archive as an index that a browser searches without a server."""
