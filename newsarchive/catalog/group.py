"""Stories that belong together: under a topic, in a section, by a person, of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from newsarchive.article.article import Article
from newsarchive.article.coordinates import Coordinates


@dataclass(frozen=True, slots=True)
class Topic:
    """What a tag is called where it has a name, aliases and an introduction of its own.

    ``kind`` is ``"place"``, ``"person"``, ``"organisation"`` or ``"subject"``. ``broader`` and
    ``related`` are the names of topics above and beside it, ``pairs`` of those with which it
    shares a page; ``media_topic`` is its code among IPTC's, ``wikidata`` its number there.
    ``html`` is the introduction, sanitised. A tag without a topic file is a Topic of its own name
    alone.
    """

    slug: str
    name: str
    url: str
    aliases: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    summary: str = ""
    kind: str = "subject"
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    media_topic: str = ""
    wikidata: str = ""
    coordinates: Coordinates | None = None
    html: str = ""
    source_path: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who made stories: the name the archive uses, and every spelling in the copy."""

    slug: str
    name: str
    url: str
    spellings: tuple[str, ...] = ()
    html: str = ""
    source_path: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where stories were filed, as one dateline names it; ``topic`` is the file about it, if any.

    Places of one slug are one, however the copy spells them.
    """

    slug: str
    name: str
    url: str
    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Pelican's category: World, Business."""

    slug: str
    name: str
    url: str


class Entry(NamedTuple):
    """A story in a list, with what the list says of it beside its own words: a person's roles."""

    article: Article
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A group as other pages name it: with the number of its stories, and so its parts."""

    name: str
    url: str
    stories: int
    slug: str = ""
    parts: tuple["Count", ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of stories with a page of its own.

    ``kind`` is ``"archive"``, ``"topic"``, ``"pair"``, ``"section"``, ``"person"``, ``"place"``,
    ``"year"``, ``"month"`` or ``"day"``. ``url`` ends with a slash and is relative to the site's
    root (``""`` for the archive itself); ``slug`` names its feeds. ``entries`` stand oldest first.
    ``topics`` has the topic, a pair's two, or the one about a place; ``parts`` are the months of a
    year and the days of a month. What is not to be ``followed`` has no feeds.
    """

    kind: str
    name: str
    slug: str
    url: str
    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...] = ()
    person: Person | None = None
    parts: tuple["Group", ...] = ()
    followed: bool = True

    @property
    def count(self) -> Count:
        """The group by its name, address and numbers alone."""
        return self.counting(part.count for part in self.parts)

    def counting(self, parts: Iterable[Count] = ()) -> Count:
        """The same, with these of its parts."""
        return Count(self.name, self.url, len(self.entries), self.slug, tuple(parts))

    @property
    def heading(self) -> "Group":
        """The group without its stories and parts: what all of its pages have in common."""
        return replace(self, entries=(), parts=())
