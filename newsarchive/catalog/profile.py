"""The profile of a group: when its stories were, and what and whom they name most often."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
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


class Profiler:
    """Tells what a catalog's groups are like.

    What is to be told of a story is looked up once, and not for each group that it stands in.
    """

    def __init__(self, catalog: Catalog, per_page: int) -> None:
        self._catalog = catalog
        self._per_page = per_page
        self._topics = {topic.slug: topic for topic in catalog.topic_of.values()}
        self._people = {person.slug: person for person in catalog.person_of.values()}
        self._places = {place.slug: place for place in catalog.place_of.values()}
        self._pairs: dict[str, dict[str, Group]] = defaultdict(dict)  # of a topic, by the other
        for pair in catalog.pairs:
            for first, second in (pair.topics, pair.topics[::-1]):
                self._pairs[first.slug][second.slug] = pair
        slugs = {name: topic.slug for name, topic in catalog.topic_of.items()}
        makers = {name: person.slug for name, person in catalog.person_of.items()}
        places = {name: place.slug for name, place in catalog.place_of.items()}
        self._months: dict[int, int] = {}  # by the identity of a story, as are those below
        self._topics_in: dict[int, tuple[str, ...]] = {}
        self._makers_of: dict[int, tuple[str, ...]] = {}
        self._places_of: dict[int, tuple[str, ...]] = {}
        for article in catalog.articles:
            key = id(article)
            self._months[key] = month_of(article)
            self._topics_in[key] = tuple(map(slugs.__getitem__, article.tags))
            self._makers_of[key] = tuple([makers[part.name] for part in article.contributions])
            filed = article.dateline.places if article.dateline else ()
            self._places_of[key] = tuple(map(places.__getitem__, filed))

    def profile(self, group: Group) -> Profile:
        """What a group's newest page says of all its stories."""
        keys = [id(article) for article, _ in group.entries]
        topics, named = self._topics_beside(group, keys)
        makers = _counted(map(self._makers_of.__getitem__, keys))
        places = _counted(map(self._places_of.__getitem__, keys))
        if group.person:
            makers.pop(group.slug, None)
        if group.kind == "place":
            places.pop(group.slug, None)
        return Profile(
            strip(group, list(map(self._months.__getitem__, keys)), self._per_page),
            topics,
            named,
            tuple(_ties(makers, self._people, {})),
            tuple(_ties(places, self._places, {})),
            _roles(group) if group.person else (),
        )

    def _topics_beside(
        self, group: Group, keys: Iterable[int]
    ) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
        """The topics beside a group's own, those that are people apart.

        What is above or below a topic goes without saying.
        """
        counts = _counted(map(self._topics_in.__getitem__, keys))
        paired = self._pairs[group.slug] if group.kind == "topic" else {}
        counts |= {slug: len(pair.entries) for slug, pair in paired.items()}  # what it gathers too
        for own in group.topics:
            counts.pop(own.slug, None)
            for slug in filter(partial(self._catalog.hierarchy.holds, own.slug), [*counts]):
                del counts[slug]
        people = {slug for slug in counts if self._topics[slug].kind == "person"}
        parts = ({slug: counts[slug] for slug in part} for part in (counts.keys() - people, people))
        topics, named = (tuple(_ties(part, self._topics, paired)) for part in parts)
        return topics, named


def _counted(rows: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """In how many rows each word is; many rows are alike."""
    found: dict[str, int] = defaultdict(int)
    for row, count in Counter(rows).items():
        for word in {*row}:
            found[word] += count
    return found


def _ties(
    counts: Mapping[str, int],
    named: Mapping[str, Topic | Person | Place],
    paired: Mapping[str, Group],
) -> Iterator[Tie]:
    """The most frequent first, and all with which a page was asked for."""
    most = sorted(counts, key=lambda slug: (-counts[slug], named[slug].name))
    for place, slug in enumerate(most):
        pair = paired.get(slug)
        if place < MOST or (pair and pair.followed):
            yield Tie(named[slug].name, named[slug].url, counts[slug], pair.url if pair else "")


def _roles(group: Group) -> tuple[tuple[str, int], ...]:
    """What a person did, and in how many stories."""
    roles = Counter(chain.from_iterable(note.split(", ") for _, note in group.entries))
    return tuple(roles.most_common())
