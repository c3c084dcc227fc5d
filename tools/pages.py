"""The kinds of page that a built site has, and for each the fullest page of that kind."""

from pathlib import Path

KINDS = {
    "front": "index.html",
    "story": "[0-9]*/[0-9]*/[0-9]*/*/index.html",
    "tag": "tag/*/index.html",
    "pair": "tag/*/*/index.html",
    "numbered page": "tag/*/page/*/index.html",
    "topics": "tag/index.html",
    "section": "section/*/index.html",
    "sections": "section/index.html",
    "person": "people/*/index.html",
    "people": "people/index.html",
    "year": "[0-9]*/index.html",
    "month": "[0-9]*/[0-9]*/index.html",
    "day": "[0-9]*/[0-9]*/[0-9]*/index.html",
    "dates": "archives/index.html",
    "on this day": "on-this-day/*/index.html",
    "place": "places/*/index.html",
    "places": "places/index.html",
    "search": "search/index.html",
    "feeds": "feeds/index.html",
    "about": "about/index.html",
    "404": "404.html",
}
# The kitchen sink's, which no other site has.
EXTREMES = {
    "every element": "/1991/12/31/every-element/",
    "longest headline": "/1991/12/31/long-headline/",
    "picture": "/1991/12/31/picture/",
    "supplied headline": "/1991/12/31/supplied/",
    "right to left": "/1991/12/31/أعمال-الميناء-تستمر-حتى-الخريف/",
    "japanese": "/1991/12/31/港湾工事は秋まで続く見通し港長が木曜日に語る/",
}


def of_each_kind(site: Path) -> dict[str, str]:
    """Find a page of each kind that the site has, the largest, which shows most; by its address."""
    return {
        kind: f"/{page.relative_to(site).as_posix()}".removesuffix("index.html")
        for kind, pattern in KINDS.items()
        if (page := max(site.glob(pattern), key=_fullness, default=None))
    }


def _fullness(page: Path) -> tuple[int, str]:
    return page.stat().st_size, str(page)
