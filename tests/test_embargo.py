"""What may be seen at an instant, and until when the same may be."""

from math import inf

import pytest

from newsarchive import embargo
from newsarchive.article.article import Article, StandingPage
from newsarchive.build.state import Text
from newsarchive.desk import Filed
from newsarchive.moment import parse

NOON = parse("2024-09-30T12:00Z").value.timestamp()
HOUR = 60 * 60


def story(slug: str, date: str, ends: str = "", status: str = "published") -> Filed:
    """A story of a date, under embargo until it ends."""
    item = Article(
        id=f"urn:{slug}",
        slug=slug,
        headline=slug.capitalize(),
        date=parse(date),
        url=f"{slug}/",
        save_as=f"{slug}/index.html",
        source_path=f"articles/{slug}.md",
        html="",
        lead="",
        section="World",
        embargo=parse(ends) if ends else None,
        status=status,
    )
    return Filed("story", item, Text(b"", ""))


ABOUT = Filed("page", StandingPage("About", "a/", "a/index.html", "a.md", ""), Text(b"", ""))
OUT = story("out", "2024-09-30T11:00Z")
GONE = story("gone", "2024-09-30T10:00Z", status="withdrawn")
DRAFT = story("draft", "2024-09-30T12:30Z", status="draft")
HELD = story("held", "2024-09-30T11:30Z", ends="2024-09-30T14:00Z")
AHEAD = story("ahead", "2024-09-30T13:00Z")
EVERY = [ABOUT, OUT, GONE, DRAFT, HELD, AHEAD]


@pytest.mark.parametrize(
    ("with_future_dates", "filed"),
    [(False, [ABOUT, OUT, GONE]), (True, [ABOUT, OUT, GONE, AHEAD])],
)
def test_what_is_on_the_site(filed: list[Filed], *, with_future_dates: bool) -> None:
    """A setting of Pelican's publishes what is dated ahead; nothing lifts an embargo but time."""
    settings = {"WITH_FUTURE_DATES": with_future_dates}
    assert embargo.cleared(EVERY, NOON, settings).filed == filed
    assert [one for one in EVERY if embargo.is_over(one, NOON, settings)] == filed


def test_what_nobody_sees() -> None:
    """A withdrawn story is on the site as a tombstone, and nothing of it is seen all the same."""
    assert embargo.cleared(EVERY, NOON, {"WITH_FUTURE_DATES": False}).unseen == [
        GONE,
        DRAFT,
        HELD,
        AHEAD,
    ]


def test_until_when_it_is_the_same() -> None:
    """A draft, which no time releases, does not count."""
    cleared = embargo.cleared(EVERY, NOON, {"WITH_FUTURE_DATES": False})
    assert (cleared.since, cleared.until) == (NOON - HOUR, NOON + HOUR)
    later = embargo.cleared(EVERY, NOON + 2 * HOUR, {"WITH_FUTURE_DATES": False})
    assert (later.since, later.until) == (NOON + 2 * HOUR, inf)
