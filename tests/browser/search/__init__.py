"""The search, as readers use it."""
