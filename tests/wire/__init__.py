"""Tests of the way from wire copy to a post."""
