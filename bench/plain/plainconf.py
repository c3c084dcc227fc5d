"""The archive with pages as plain as those of Hugo's site."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from pelicanconf import *  # noqa: F403

SITENAME = "Bench"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
THEME = str(Path(__file__).parent)
NEWSARCHIVE_SECTIONS = []
NEWSARCHIVE_SEARCH = False
