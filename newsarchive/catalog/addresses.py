"""Where pages are, by Pelican's settings for addresses and slugs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from pelican.contents import Author, Category, Tag
from pelican.utils import slugify

from newsarchive.article.forms import LONGEST_SLUG
from newsarchive.catalog.group import Person, Place, Section, Topic

SEARCH = "search/"
_PLACES = "places/"


@dataclass(frozen=True, slots=True)
class Indexes:
    """Where everything is listed that is of one kind; ``day`` is the form of a day's address.

    Pelican has no setting for ``anniversaries``, ``places``, ``search`` and ``feeds``.
    """

    topics: str = "tag/"
    sections: str = "section/"
    people: str = "people/"
    dates: str = "archives/"
    feeds: str = "feeds/"
    search: str = SEARCH
    day: str = "{date:%Y}/{date:%m}/{date:%d}/"
    anniversaries: str = "on-this-day/"
    places: str = _PLACES


class Addresses:
    """Names in, named pages out, the same for a name each time; ``settings`` are Pelican's."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self.topic: Callable[[str], Topic] = cache(self._topic)
        self.person: Callable[[str], Person] = cache(self._person)
        self.place: Callable[[str], Place] = cache(self._place)
        self.section: Callable[[str], Section] = cache(self._section)

    def _topic(self, name: str) -> Topic:
        """The topic of a tag that has no file."""
        tag = Tag(name, self._settings)
        return Topic(slug=tag.slug, name=name, url=tag.url)

    def of_topic(self, path: str) -> re.Match[str] | None:
        """Take the path of a topic's page, or of a pair's, apart: ``one``, ``two``, ``number``."""
        before, _, _ = str(self._settings["TAG_URL"]).partition("{slug}")
        form = r"(?P<one>[^/]+)/(?:(?P<two>[^/]+)/)??(?:page/(?P<number>\d+)/)?index\.html"
        return re.fullmatch(re.escape(before) + form, path)

    def _person(self, name: str) -> Person:
        """The person behind a name that no file lists."""
        author = Author(name, self._settings)
        return Person(slug=author.slug, name=name, url=author.url)

    def _place(self, name: str) -> Place:
        """The place that a dateline names."""
        slug = slugify(
            name,
            self._settings["SLUG_REGEX_SUBSTITUTIONS"],
            self._settings["SLUGIFY_PRESERVE_CASE"],
            self._settings["SLUGIFY_USE_UNICODE"],
        )
        return Place(slug, name, f"{_PLACES}{slug}/")

    def place_of(self, topic: Topic) -> Place:
        """The place that a topic file is about."""
        return Place(topic.slug, topic.name, f"{_PLACES}{topic.slug}/", topic)

    def _section(self, name: str) -> Section:
        """The section of a category."""
        category = Category(name, self._settings)
        return Section(slug=category.slug, name=name, url=category.url)

    def period(self, kind: str, day: date) -> str:
        """The page of the ``"year"``, ``"month"`` or ``"day"`` that a day is in."""
        return period_address(str(self._settings[f"{kind.upper()}_ARCHIVE_URL"]), day)

    def indexes(self) -> Indexes:
        """The pages that list all topics, sections, people, dates and feeds."""
        return Indexes(
            topics=self._index("TAGS"),
            sections=self._index("CATEGORIES"),
            people=self._index("AUTHORS"),
            dates=self._index("ARCHIVES"),
            day=str(self._settings["DAY_ARCHIVE_URL"]),
        )

    def _index(self, name: str) -> str:
        """The address of what Pelican calls a direct template."""
        return str(self._settings[f"{name}_SAVE_AS"]).removesuffix("index.html")


def can_stand(slug: str) -> bool:
    """Tell whether a page can have an address by a slug that was made of a name."""
    return slug.casefold() not in {"", "page"} and len(slug.encode()) <= LONGEST_SLUG


@lru_cache  # many stories share a day; a datetime would equal one of another zone and day
def period_address(form: str, day: date) -> str:
    """The address of a day, or of the month or year that it is in, in Pelican's form for it."""
    at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # names a day, not an instant
    return form.format(date=at)
