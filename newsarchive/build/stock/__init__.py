"""Any Pelican site, built faster and byte for byte the same: the engine as a plugin by itself."""
