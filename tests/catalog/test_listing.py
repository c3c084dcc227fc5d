"""Listing pages, numbered from the oldest."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.catalog.group import Group
from newsarchive.catalog.listing import Listing, Numbered, listings, page_url

Make = Callable[..., Group]


def slugs(listing: Listing) -> list[str]:
    """The stories of a page, in its order."""
    return [entry.article.slug for head in listing.heads for entry in head.entries]


@pytest.mark.parametrize(
    ("count", "on_newest", "full"),
    [
        *((0, 0, 0), (1, 1, 0), (50, 50, 0), (99, 99, 0), (100, 50, 1), (149, 99, 1)),
        *((150, 50, 2), (1000, 50, 19)),
    ],
)
def test_how_many_stories_a_page_holds(count: int, on_newest: int, full: int, group: Make) -> None:
    """The newest page holds 50 to 99 stories, or all there are; every numbered page has 50."""
    newest, *numbered = listings(group(count), 50)
    assert newest.total == count
    assert len(slugs(newest)) == on_newest
    assert [len(slugs(page)) for page in numbered] == [50] * full


def test_pages_are_numbered_from_the_oldest(group: Make) -> None:
    """Page 1 holds the oldest stories; each page shows its newest first."""
    newest, first, second = listings(group(160), 50)
    assert slugs(first) == [f"story-{number}" for number in range(50, 0, -1)]
    assert slugs(second) == [f"story-{number}" for number in range(100, 50, -1)]
    assert slugs(newest) == [f"story-{number}" for number in range(160, 100, -1)]
    assert (first.number, second.number, newest.number) == (1, 2, 0)


def test_where_pages_stand_and_lead(group: Make) -> None:
    """Each page leads to the one before it in time; the newest alone knows them all."""
    newest, first, second = listings(group(160), 50)
    urls = ["tag/ferries/", "tag/ferries/page/1/", "tag/ferries/page/2/"]
    assert [newest.url, first.url, second.url] == urls
    assert [newest.older, second.older, first.older] == [urls[2], urls[1], ""]
    assert newest.numbered == (Numbered(2, urls[2], "2024"), Numbered(1, urls[1], "2024"))
    assert {first.newest, second.newest, newest.newest} == {urls[0]}
    assert first.numbered == second.numbered == ()


def test_years_of_a_page(group: Make) -> None:
    """A numbered page is named with the years that it spans."""
    dates = [f"{year}-01-01" for year in range(1980, 1992)]
    newest, *_ = listings(group(dates), 3)
    assert [page.years for page in newest.numbered] == ["1986–1988", "1983–1985", "1980–1982"]


@pytest.mark.parametrize("count", [1, 99, 100, 149, 150, 151, 1000])
def test_newer_story_leaves_every_full_page(count: int, group: Make) -> None:
    """What can be cited stays as it is when a newer story comes, but for one page that fills."""
    _, *before = listings(group(count), 50)
    _, *after = listings(group(count + 1), 50)
    assert after[: len(before)] == before


def test_address_of_a_page() -> None:
    """The newest page has the address of its group."""
    assert page_url("tag/ferries/", 0) == "tag/ferries/"
    assert page_url("tag/ferries/", 12) == "tag/ferries/page/12/"


@given(count=st.integers(0, 60), per_page=st.integers(1, 12))
def test_every_story_once(count: int, per_page: int, group: Make) -> None:
    """Whatever a page holds, all pages together hold each story once."""
    newest, *numbered = listings(group(count), per_page)
    pages = [newest, *reversed(numbered)]
    assert [slug for page in pages for slug in slugs(page)] == [
        f"story-{number}" for number in range(count, 0, -1)
    ]
