"""Every kind of page that a reader may open, in the kitchen sink and in the archive's own site.

``make pages`` opens each in both; else those of the archive that show what the sink has not.
"""

import os
from dataclasses import dataclass

import pytest

STORY = "/2024/09/30/north-korea-appears-to-dismiss-return-to-personal-diplomacy-with-trump/"


@dataclass(frozen=True, slots=True)
class Kind:
    """A page by the fixture that serves its site, and its path there."""

    site: str
    path: str


ARCHIVE = {
    "front": "/",
    "story": STORY,
    "tag": "/tag/north-korea/",
    "broader tag": "/tag/diplomacy/",
    "pair": "/tag/north-korea/us-diplomacy/",
    "tags": "/tag/",
    "section": "/section/world/",
    "sections": "/section/",
    "person": "/people/michelle-nichols/",
    "people": "/people/",
    "place": "/places/united-nations/",
    "places": "/places/",
    "year": "/2024/",
    "month": "/2024/09/",
    "day": "/2024/09/30/",
    "dates": "/archives/",
    "about": "/about/",
    "feeds": "/feeds/",
    "search": "/search/",
    "404": "/404.html",
}
SINK = {
    "front": "/",
    "story": "/1987/03/08/harbour-works-1/",
    "longest headline": "/1991/12/31/long-headline/",
    "every element": "/1991/12/31/every-element/",
    "picture": "/1991/12/31/picture/",
    "supplied headline": "/1991/12/31/supplied/",
    "withdrawn": "/1991/12/31/withdrawn/",
    "right to left": "/1991/12/31/أعمال-الميناء-تستمر-حتى-الخريف/",
    "japanese": "/1991/12/31/港湾工事は秋まで続く見通し港長が木曜日に語る/",
    "tag": "/tag/harbour-works/",
    "plain tag": "/tag/outer-breakwater/",
    "broader tag": "/tag/trade-by-sea/",
    "narrower tag": "/tag/shipping/",
    "numbered page": "/tag/harbour-works/page/2/",
    "oldest page": "/tag/harbour-works/page/1/",
    "pair": "/tag/harbour-works/shipping/",
    "tags": "/tag/",
    "section": "/section/world/",
    "sections": "/section/",
    "person": "/people/ada-quill/",
    "people": "/people/",
    "place": "/places/porthaven/",
    "places": "/places/",
    "year": "/1991/",
    "month": "/1991/12/",
    "day": "/1991/12/31/",
    "dates": "/archives/",
    "on this day": "/on-this-day/",
    "day in all years": "/on-this-day/12-31/",
    "feeds": "/feeds/",
    "search": "/search/",
    "404": "/404.html",
}
THOROUGHLY = "PAGES" in os.environ  # make pages
OWN = ARCHIVE if THOROUGHLY else {name: ARCHIVE[name] for name in ("front", "story", "about")}
REDIRECTS = {
    "/tag/dprk/": "/tag/north-korea/",
    "/tag/us-diplomacy/north-korea/": "/tag/north-korea/us-diplomacy/",
}

every_kind = pytest.mark.parametrize(
    "kind",
    [
        pytest.param(Kind(site, path), id=f"{site}: {name}")
        for site, paths in (("archive", OWN), ("sink", SINK))
        for name, path in paths.items()
    ],
)
every_redirect = pytest.mark.parametrize(("old", "new"), REDIRECTS.items(), ids=REDIRECTS)
