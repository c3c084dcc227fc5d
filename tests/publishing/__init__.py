"""Tests of releases, and of what may befall them."""
