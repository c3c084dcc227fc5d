"""The profile of a group: when its stories were, and what and whom they name most often."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """What a story tells of the groups that it stands in; equal ones and parts are one object."""

    month: int
    topics: tuple[Mark, ...]
    makers: tuple[Mark, ...]
    places: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A topic with which another shares a page, and how many stories stand there."""

    topic: Mark
    url: str
    stories: int
    followed: bool


class Profiler:
    """Knows what it takes to tell what a catalog's groups are like.

    What is to be told of a story is looked up once, and not for each group that it stands in.
    """

    def __init__(self, catalog: Catalog, per_page: int) -> None:
        self._hierarchy = catalog.hierarchy
        self._per_page = per_page
        topics = _marks(catalog.topic_of)
        self._shared: dict[str, list[Shared]] = defaultdict(list)  # by the slug of one topic
        for pair in catalog.pairs:
            for one, other in (pair.topics, pair.topics[::-1]):
                shared = Shared(topics[other.name], pair.url, len(pair.entries), pair.followed)
                self._shared[one.slug].append(shared)
        self._marks = _MarksOf(catalog)

    def profile(self, group: Group) -> partial[Profile]:
        """What a group's newest page says of all its stories, worked out when it is called for."""
        slugs, kin = [topic.slug for topic in group.topics], self._hierarchy.kin
        places, notes = group.entries.places, group.entries.notes
        return partial(
            profile,
            group.kind,
            group.slug,
            group.url,
            tuple(map(self._marks.__getitem__, places)),
            tuple(self._shared[group.slug]) if group.kind == "topic" else (),
            frozenset(chain.from_iterable((slug, *kin.get(slug, ())) for slug in slugs)),
            tuple(map(notes.__getitem__, places)) if group.person else (),
            self._per_page,
        )


class _MarksOf(dict[int, Marks]):
    """The marks of stories by their places, made when they are asked for."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        roll = self._roll = catalog.roll
        topics, makers = _marks(catalog.topic_of), _marks(catalog.person_of)
        places = _marks(catalog.place_of)
        self._topics = [tuple([topics[tag] for tag in tags]) for tags in roll.tags.values]
        self._makers = [tuple([makers[one.name] for one in row]) for row in roll.makers.values]
        self._places = [tuple([places[name] for name in row]) for row in roll.places.values]
        self._alike: dict[tuple[int, ...], Marks] = {}

    def __missing__(self, place: int) -> Marks:
        roll = self._roll
        month = month_of(roll.dates[place])
        tags, makers, filed = roll.tags.of[place], roll.makers.of[place], roll.places.of[place]
        key = month, tags, makers, filed
        marks = self._alike.get(key)
        if marks is None:
            marks = self._alike[key] = Marks(
                month, self._topics[tags], self._makers[makers], self._places[filed]
            )
        self[place] = marks
        return marks


def profile(  # noqa: PLR0913, PLR0917  # all that a profile is made from
    kind: str,
    slug: str,
    url: str,
    stories: Sequence[Marks],
    shared: Iterable[Shared],
    kin: AbstractSet[str],
    notes: Iterable[str],
    per_page: int,
) -> Profile:
    """Tell what a group is like by the marks of its stories, oldest first.

    ``shared`` are a topic's pages with others; what is above or below it, its ``kin``, goes without
    saying. ``notes`` name the roles of a person in each story.
    """
    topics = _counted([marks.topics for marks in stories])
    topics |= {other.topic.slug: (other.topic, other.stories) for other in shared}  # it may gather
    for name in kin:
        topics.pop(name, None)
    makers = _counted([marks.makers for marks in stories])
    places = _counted([marks.places for marks in stories])
    {"person": makers, "place": places}.get(kind, {}).pop(slug, None)
    pairs = {other.topic.slug: other for other in shared}
    beside = topics.values()
    return Profile(
        strip(url, [marks.month for marks in stories], per_page),
        tuple(_ties((tied for tied in beside if not tied[0].is_person), pairs)),
        tuple(_ties((tied for tied in beside if tied[0].is_person), pairs)),
        tuple(_ties(makers.values(), {})),
        tuple(_ties(places.values(), {})),
        tuple(Counter(chain.from_iterable(note.split(", ") for note in notes)).most_common()),
    )


def _counted(stories: Sequence[tuple[Mark, ...]]) -> dict[str, tuple[Mark, int]]:
    """In how many stories each mark is, by its slug; equal marks of stories are one object."""
    alike = Counter(map(id, stories))
    found: dict[str, int] = defaultdict(int)
    named: dict[str, Mark] = {}
    for key, row in {id(row): row for row in stories}.items():
        for slug, mark in {mark.slug: mark for mark in row}.items():
            found[slug] += alike[key]
            named[slug] = mark
    return {slug: (named[slug], count) for slug, count in found.items()}


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
