"""Stories of few words, and where their groups stand."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from pelican.settings import DEFAULT_CONFIG

from newsarchive.article.article import Article
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Entries, Group
from newsarchive.moment import parse

MINUTES_A_DAY = 24 * 60


@pytest.fixture(scope="session")
def addresses() -> Addresses:
    """Addresses as the archive's own configuration gives them."""
    settings = {
        "TAG_URL": "tag/{slug}/",
        "CATEGORY_URL": "section/{slug}/",
        "AUTHOR_URL": "people/{slug}/",
        "YEAR_ARCHIVE_URL": "{date:%Y}/",
        "MONTH_ARCHIVE_URL": "{date:%Y}/{date:%m}/",
        "DAY_ARCHIVE_URL": "{date:%Y}/{date:%m}/{date:%d}/",
        "SLUGIFY_USE_UNICODE": True,
    }
    return Addresses({**DEFAULT_CONFIG, **settings})


@pytest.fixture(scope="session")
def story() -> Callable[..., Article]:
    """Make a story of a slug, a date and what else matters."""

    def make(slug: str, date: str = "2024-09-30", **fields: Any) -> Article:  # noqa: ANN401
        day = date[:10].replace("-", "/")
        known = {
            "id": f"urn:{slug}",
            "headline": slug.capitalize(),
            "url": f"{day}/{slug}/",
            "save_as": f"{day}/{slug}/index.html",
            "source_path": f"articles/{slug}.md",
            "html": "",
            "lead": "",
            "section": "World",
        }
        return Article(slug=slug, date=parse(date), **{**known, **fields})

    return make


@pytest.fixture(scope="session")
def group(story: Callable[..., Article]) -> Callable[[int | Iterable[str]], Group]:
    """Make a topic of so many stories, a minute apart, or of stories with these dates."""

    def make(dates: int | Iterable[str]) -> Group:
        if isinstance(dates, int):
            dates = map(_minute, range(dates))
        stories = (story(f"story-{number}", date) for number, date in enumerate(dates, 1))
        return Group("topic", "Ferries", "ferries", "tag/ferries/", Entries.of(stories))

    return make


def _minute(number: int) -> str:
    day, minute = divmod(number, MINUTES_A_DAY)
    return f"2024-09-{day + 1:02} {minute // 60:02}:{minute % 60:02}"
