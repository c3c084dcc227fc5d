"""Stories that belong together: under a topic, in a section, by a person, of a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, overload

from newsarchive.article.article import Article
from newsarchive.article.coordinates import Coordinates
from newsarchive.moment import Moment, span


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


class Listed(NamedTuple):
    """All stories that stand in lists, oldest first, and when each was published."""

    entries: Sequence[Entry] = ()
    dates: Sequence[Moment] = ()

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "Listed":
        """Just these stories, oldest first."""
        entries = tuple(map(Entry, articles))
        return cls(entries, tuple(entry.article.date for entry in entries))


Key = str  # a group's kind and slug


class Entries(Sequence[Entry]):
    """The stories of a group, oldest first, each looked up among all when it is asked for.

    ``parts`` are their places among all, in any number of rows; ``notes`` are by place.
    """

    __slots__ = ("_listed", "_parts", "_places", "notes")

    def __init__(
        self,
        listed: Listed = Listed(),  # noqa: B008  # which is a constant
        parts: Sequence[Sequence[int]] = (),
        notes: Mapping[int, str] | None = None,
    ) -> None:
        self._listed, self._parts, self.notes = listed, parts, notes or {}
        self._places: Sequence[int] | None = None

    @classmethod
    def of(cls, stories: Iterable[Article]) -> "Entries":
        """The entries of just these stories, oldest first."""
        listed = Listed.of(stories)
        return cls(listed, [range(len(listed.entries))])

    @property
    def places(self) -> Sequence[int]:
        """The places of the stories among all."""
        if self._places is None:
            parts = self._parts
            self._places = parts[0] if len(parts) == 1 else sorted(chain.from_iterable(parts))
        return self._places

    def meet(self, places: AbstractSet[int]) -> bool:
        """Tell whether one of the stories is in one of these places."""
        return not all(map(places.isdisjoint, self._parts))

    def first_in(self, places: Iterable[int]) -> int:
        """Which of the stories is the first that is in one of these places."""
        own = self.places
        return min(own.index(place) for place in places if place in own)

    def years(self, first: int = 0, last: int = -1) -> str:
        """The years from one of the stories to another: ``1987`` or ``1987–1991``."""
        dates, places = self._listed.dates, self.places
        return span((dates[places[first]], dates[places[last]]))

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, at: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(at, slice):
            return tuple(map(self._at, self.places[at]))
        return self._at(self.places[at])

    def __iter__(self) -> Iterator[Entry]:
        return map(self._at, self.places)

    def _at(self, place: int) -> Entry:
        entry, note = self._listed.entries[place], self.notes.get(place)
        return entry._replace(note=note) if note else entry


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
    entries: Entries
    topics: tuple[Topic, ...] = ()
    person: Person | None = None
    parts: tuple["Group", ...] = ()
    followed: bool = True

    @property
    def key(self) -> Key:
        """What tells the group from every other."""
        return f"{self.kind} {self.slug}"

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
        return replace(self, entries=Entries(), parts=())
