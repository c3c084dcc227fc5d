"""Planned pages become files; knows nothing of news and imports no other room."""
