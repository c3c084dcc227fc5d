"""The profile of a group: when its stories were, and what and whom they name most often."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Entry, Group, Person, Topic
from newsarchive.catalog.strip import Row, strip

MOST = 12  # ties of one kind


@dataclass(frozen=True, slots=True)
class Tie:
    """A topic or a person that stories of a group name too, and how many of them do.

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
    and ``roles`` are those of a person whose group it is.
    """

    strip: tuple[Row, ...] = ()
    topics: tuple[Tie, ...] = ()
    named: tuple[Tie, ...] = ()
    makers: tuple[Tie, ...] = ()
    roles: tuple[tuple[str, int], ...] = ()


class Profiler:
    """Tells what a catalog's groups are like, each in one pass over its own stories."""

    def __init__(self, catalog: Catalog, per_page: int) -> None:
        self._catalog = catalog
        self._per_page = per_page
        self._topics = {topic.slug: topic for topic in catalog.topic_of.values()}
        self._people = {person.slug: person for person in catalog.person_of.values()}
        self._pairs: dict[str, dict[str, Group]] = defaultdict(dict)  # of a topic, by the other
        for pair in catalog.pairs:
            for first, second in (pair.topics, pair.topics[::-1]):
                self._pairs[first.slug][second.slug] = pair

    def profile(self, group: Group) -> Profile:
        """What a group's newest page says of all its stories."""
        topics, named = self._topics_of(group)
        makers = Counter(chain.from_iterable(map(self._makers_of, group.entries)))
        if group.person:
            del makers[group.slug]
        return Profile(
            strip(group, self._per_page),
            topics,
            named,
            tuple(_ties(makers, self._people, {})),
            _roles(group) if group.person else (),
        )

    def _topics_of(self, group: Group) -> tuple[tuple[Tie, ...], tuple[Tie, ...]]:
        """The topics beside a group's own, those that are people apart.

        What is above or below a topic goes without saying.
        """
        topic_of, holds = self._catalog.topic_of, self._catalog.hierarchy.holds
        counts: Counter[str] = Counter()
        for tags, count in Counter(article.tags for article, _ in group.entries).items():
            for slug in {topic_of[tag].slug for tag in tags}:
                counts[slug] += count
        paired = self._pairs[group.slug] if group.kind == "topic" else {}
        counts.update(dict.fromkeys(paired, 0))
        for own in group.topics:
            for slug in [slug for slug in counts if slug == own.slug or holds(slug, own.slug)]:
                del counts[slug]
        people = {slug for slug in counts if self._topics[slug].kind == "person"}
        parts = ({slug: counts[slug] for slug in part} for part in (counts.keys() - people, people))
        topics, named = (tuple(_ties(part, self._topics, paired)) for part in parts)
        return topics, named

    def _makers_of(self, entry: Entry) -> Collection[str]:
        person_of = self._catalog.person_of
        return {person_of[part.name].slug for part in entry.article.contributions}


def _ties(
    counts: Mapping[str, int], named: Mapping[str, Topic | Person], paired: Mapping[str, Group]
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
