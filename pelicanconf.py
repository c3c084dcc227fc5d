"""The archive as it is built on one's own machine: ``make html``."""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # wherever Pelican was started from
import newsarchive  # Pelican would only log a plugin it cannot import

newsarchive.begin()

SITENAME = "The News Archive"
SITESUBTITLE = "News stories, kept as they were sent"
SITEURL = ""  # none here; publishconf.py demands one
TIMEZONE = "America/New_York"
DEFAULT_LANG = "en"
LOCALE = ["C"]  # the same site on every machine

PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
OUTPUT_PATH = "output"
THEME = "theme"
THEME_STATIC_PATHS = ["static"]
PLUGINS = ["newsarchive"]

NEWSARCHIVE_SECTIONS = ["World"]
NEWSARCHIVE_CONTACT = "mailto:archive@example.org"

# Addresses, which never change once published.
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = ARTICLE_URL, ARTICLE_SAVE_AS
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
CATEGORY_URL = "section/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
AUTHOR_URL = "people/{slug}/"
AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = PAGE_URL + "index.html"
PAGE_LANG_URL, PAGE_LANG_SAVE_AS = PAGE_URL, PAGE_SAVE_AS
YEAR_ARCHIVE_URL = "{date:%Y}/"
MONTH_ARCHIVE_URL = "{date:%Y}/{date:%m}/"
DAY_ARCHIVE_URL = "{date:%Y}/{date:%m}/{date:%d}/"
TAGS_SAVE_AS = "tag/index.html"
CATEGORIES_SAVE_AS = "section/index.html"
AUTHORS_SAVE_AS = "people/index.html"
ARCHIVES_SAVE_AS = "archives/index.html"

SLUGIFY_USE_UNICODE = True  # names in any script stay readable in addresses
DEFAULT_CATEGORY = "News"
USE_FOLDER_AS_CATEGORY = False  # folders are dates here
FILENAME_METADATA = ""
WITH_FUTURE_DATES = False  # a story dated ahead is a draft until then
DEFAULT_PAGINATION = 50
LOG_FILTER = [  # faults here, told on their lines
    (logging.WARNING, "Unable to find '%s', skipping url replacement."),
    (logging.WARNING, 'Unable to generate valid slug for %s "%s".'),
]
FEED_MAX_ITEMS = 20
# The archive makes the feeds itself, with ids that outlive addresses.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.abbr": {},
        "markdown.extensions.attr_list": {},
        "markdown.extensions.def_list": {},
        "markdown.extensions.fenced_code": {},
        "markdown.extensions.footnotes": {},
        "markdown.extensions.tables": {},
    },
    "output_format": "html5",
}
