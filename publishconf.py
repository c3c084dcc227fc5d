"""The archive as it is deployed: ``SITEURL=https://example.org/archive make publish``."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403  # Pelican's own way to build one configuration on another

SITEURL = os.environ.get("SITEURL", "").rstrip("/")
if not SITEURL:
    sys.exit("publishconf.py: no SITEURL; name the site's address: SITEURL=https://example.org")

# Where make publish keeps account of addresses.
NEWSARCHIVE_REGISTER = os.environ.get("NEWSARCHIVE_REGISTER", "")
NEWSARCHIVE_FORMER = os.environ.get("NEWSARCHIVE_FORMER", "")
