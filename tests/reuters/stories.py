"""Where the Reuters-21578 stories are, and how their archive is configured."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
STORIES = Path(os.environ.get("REUTERS", ROOT.parent / "shared/data/reuters-21578-markdown.tar.gz"))
SETTINGS = {"TIMEZONE": "UTC", "NEWSARCHIVE_SECTIONS": ()}
