"""The profile of a group: when its stories were, and what and whom they name most often."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import chain

from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Group, Person, Place, Topic
from newsarchive.catalog.strip import Row, month_of, strip

MOST = 12  # ties of one kind


@dataclass(frozen=True, slots=True)
class Tie:
    """A topic, person or place that stories of a group have too, and how many of them do.

    ``pair`` is the page of just those stories, where there is one.
    """

    name: str
    url: str
    stories: int
    pair: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a group's newest page says of all its stories.

    ``named`` are the topics that are people, ``topics`` all others; ``makers`` wrote and edited,
    and ``roles`` are those of a person whose group it is; from ``places`` the stories were filed.
    """

    strip: tuple[Row, ...] = ()
    topics: tuple[Tie, ...] = ()
    named: tuple[Tie, ...] = ()
    makers: tuple[Tie, ...] = ()
    places: tuple[Tie, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a tie names; ``is_person`` of a topic that is one."""

    slug: str
    name: str
    url: str
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What stories of a group name of one kind: each row of names once, and by how many stories."""

    rows: tuple[tuple[Mark, ...], ...]
    counts: tuple[int, ...]

    @property
    def stories(self) -> dict[str, tuple[Mark, int]]:
        """In how many stories each mark is, by its slug."""
        found: dict[str, int] = defaultdict(int)
        named: dict[str, Mark] = {}
        for row, count in zip(self.rows, self.counts, strict=True):
            for slug, mark in {mark.slug: mark for mark in row}.items():
                found[slug] += count
                named[slug] = mark
        return {slug: (named[slug], count) for slug, count in found.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """What the stories of a group tell of it, their months in the order of time."""

    months: tuple[int, ...]
    topics: Marks
    makers: Marks
    places: Marks


@dataclass(frozen=True, slots=True)
class Shared:
    """A topic with which another shares a page, and how many stories stand there."""

    topic: Mark
    url: str
    stories: int
    followed: bool


class Profiler:
    """Knows what it takes to tell what a catalog's groups are like."""

    def __init__(self, catalog: Catalog, per_page: int) -> None:
        self._hierarchy = catalog.hierarchy
        self._per_page = per_page
        topics = _marks(catalog.topic_of)
        self._shared: dict[str, list[Shared]] = defaultdict(list)  # by the slug of one topic
        for pair in catalog.pairs:
            for one, other in (pair.topics, pair.topics[::-1]):
                shared = Shared(topics[other.name], pair.url, len(pair.entries), pair.followed)
                self._shared[one.slug].append(shared)
        makers, places, roll = _marks(catalog.person_of), _marks(catalog.place_of), catalog.roll
        self._months = list(map(month_of, roll.dates[: roll.listed]))
        names = ([part.name for part in row] for row in roll.makers.values)
        self._columns = (
            (roll.tags.of, _rows(topics, roll.tags.values)),
            (roll.makers.of, _rows(makers, names)),
            (roll.places.of, _rows(places, roll.places.values)),
        )

    def profile(self, group: Group) -> partial[Profile]:
        """What a group's newest page says of all its stories, worked out when it is called for."""
        slugs, kin = [topic.slug for topic in group.topics], self._hierarchy.kin
        places, notes = group.entries.places, group.entries.notes
        marks = []
        for numbers, rows in self._columns:
            counts = Counter(map(numbers.__getitem__, places))
            marks.append(Marks(tuple([rows[one] for one in counts]), tuple(counts.values())))
        return partial(
            profile,
            group.kind,
            group.slug,
            group.url,
            Told(tuple(map(self._months.__getitem__, places)), *marks),
            tuple(self._shared[group.slug]) if group.kind == "topic" else (),
            frozenset(chain.from_iterable((slug, *kin.get(slug, ())) for slug in slugs)),
            tuple(map(notes.__getitem__, places)) if group.person else (),
            self._per_page,
        )


def _rows(marks: Mapping[str, Mark], names: Iterable[Iterable[str]]) -> list[tuple[Mark, ...]]:
    return [tuple([marks[name] for name in row]) for row in names]


def profile(  # noqa: PLR0913, PLR0917  # all that a profile is made from
    kind: str,
    slug: str,
    url: str,
    told: Told,
    shared: Iterable[Shared],
    kin: AbstractSet[str],
    notes: Iterable[str],
    per_page: int,
) -> Profile:
    """Tell what a group is like by what its stories tell.

    ``shared`` are a topic's pages with others; what is above or below it, its ``kin``, goes without
    saying. ``notes`` name the roles of a person in each story.
    """
    topics = told.topics.stories
    topics |= {other.topic.slug: (other.topic, other.stories) for other in shared}  # it may gather
    for name in kin:
        topics.pop(name, None)
    makers, places = told.makers.stories, told.places.stories
    {"person": makers, "place": places}.get(kind, {}).pop(slug, None)
    pairs = {other.topic.slug: other for other in shared}
    beside = topics.values()
    return Profile(
        strip(url, told.months, per_page),
        tuple(_ties((tied for tied in beside if not tied[0].is_person), pairs)),
        tuple(_ties((tied for tied in beside if tied[0].is_person), pairs)),
        tuple(_ties(makers.values(), {})),
        tuple(_ties(places.values(), {})),
        tuple(Counter(chain.from_iterable(note.split(", ") for note in notes)).most_common()),
    )


def _ties(counted: Iterable[tuple[Mark, int]], pairs: Mapping[str, Shared]) -> Iterator[Tie]:
    """The most frequent first, and all with which a page was asked for."""
    most = sorted(counted, key=lambda one: (-one[1], one[0].name))
    for place, (mark, count) in enumerate(most):
        pair = pairs.get(mark.slug)
        if place < MOST or (pair and pair.followed):
            yield Tie(mark.name, mark.url, count, pair.url if pair else "")


def _marks(named: Mapping[str, Topic | Person | Place]) -> dict[str, Mark]:
    """The mark of each topic, person or place, by all of its names."""
    by_slug = {
        known.slug: Mark(known.slug, known.name, known.url, getattr(known, "kind", "") == "person")
        for known in named.values()
    }
    return {name: by_slug[known.slug] for name, known in named.items()}
