"""Which topics stand above, below and beside one another, by what their files say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from newsarchive.catalog.group import Topic
from newsarchive.errors import Misfit


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The topics next to each, by its slug: above, below and beside it.

    ``ancestry`` has the slugs of all topics above one, however far; ``kin`` those below it too.
    """

    broader: Mapping[str, Sequence[Topic]] = field(default_factory=dict)
    narrower: Mapping[str, Sequence[Topic]] = field(default_factory=dict)
    related: Mapping[str, Sequence[Topic]] = field(default_factory=dict)
    ancestry: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kin: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    def holds(self, one: str, other: str) -> bool:
        """Tell whether one of two topics, by their slugs, is somewhere above the other."""
        return other in self.kin.get(one, ())


def of_topics(known: Mapping[str, Topic]) -> tuple[Hierarchy, list[Misfit]]:
    """Put topics in their places; ``known`` finds each by any of its names."""
    topics = sorted({topic.slug: topic for topic in known.values()}.values(), key=_by_slug)
    misfits = [*_identified_twice(topics)]
    above: dict[str, list[Topic]] = {}
    beside: dict[str, dict[str, Topic]] = {}
    for topic in topics:
        above[topic.slug] = _named(topic, "broader", known, misfits)
        for other in _named(topic, "related", known, misfits):
            beside.setdefault(topic.slug, {})[other.slug] = other
            beside.setdefault(other.slug, {})[topic.slug] = topic
    ancestry = _ancestry(above, {topic.slug: topic for topic in topics}, misfits)
    below: dict[str, list[Topic]] = {}
    for topic in topics:
        for other in above[topic.slug]:
            below.setdefault(other.slug, []).append(topic)
    return Hierarchy(
        {slug: tuple(found) for slug, found in above.items() if found},
        {slug: tuple(sorted(found, key=_by_name)) for slug, found in below.items()},
        {slug: tuple(sorted(found.values(), key=_by_name)) for slug, found in beside.items()},
        ancestry,
        _kin(ancestry),
    ), misfits


def _named(
    topic: Topic, key: str, known: Mapping[str, Topic], misfits: list[Misfit]
) -> list[Topic]:
    """The topics that a topic's file names under a key; what is none is told."""
    found: dict[str, Topic] = {}
    for name in getattr(topic, key):
        other = known.get(name)
        if other is None:
            problem, cure = (
                f'"{name}" is no topic with a file of its own',
                "correct it, or write one",
            )
            misfits.append(Misfit(topic.source_path, key, problem, cure))
        elif other is topic:
            problem = f'"{name}" is the topic itself'
            misfits.append(Misfit(topic.source_path, key, problem, "take it out"))
        else:
            found[other.slug] = other
    return list(found.values())


def _ancestry(
    above: dict[str, list[Topic]], topics: Mapping[str, Topic], misfits: list[Misfit]
) -> dict[str, tuple[str, ...]]:
    """Find all topics above each; of every circle one step is taken out of ``above``, and told."""
    order: Sequence[str] = ()
    while not order and above:
        sorter = TopologicalSorter({slug: _slugs(found) for slug, found in above.items()})
        try:
            order = tuple(sorter.static_order())
        except CycleError as error:
            circle = error.args[1][:0:-1]  # each below the next
            first = circle.index(min(circle))
            circle = [*circle[first:], *circle[:first]]
            names = [topics[slug].name for slug in (*circle, circle[0])]
            problem = f"Broader goes round in a circle: {' → '.join(names)}"
            misfits.append(
                Misfit(topics[circle[0]].source_path, "broader", problem, "take one step out")
            )
            above[circle[0]].remove(topics[circle[1 % len(circle)]])
    ancestry: dict[str, tuple[str, ...]] = {}
    for slug in order:
        found = dict.fromkeys(_slugs(above[slug]))
        for other in tuple(found):
            found.update(dict.fromkeys(ancestry.get(other, ())))
        if found:
            ancestry[slug] = tuple(found)
    return ancestry


def _kin(ancestry: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for slug, above in ancestry.items():
        found[slug].update(above)
        for other in above:
            found[other].add(slug)
    return {slug: frozenset(kin) for slug, kin in found.items()}


def _identified_twice(topics: Iterable[Topic]) -> Iterator[Misfit]:
    first: dict[tuple[str, str], Topic] = {}
    for topic in topics:
        for key, word in (("wikidata", "Wikidata"), ("media_topic", "Media_topic")):
            value = getattr(topic, key)
            other = first.setdefault((key, value), topic) if value else topic
            if other is not topic:
                problem = f"{word} {value} is that of {other.source_path} already"
                yield Misfit(topic.source_path, key, problem, "keep it in one of the two")


def _slugs(topics: Iterable[Topic]) -> list[str]:
    return [topic.slug for topic in topics]


def _by_slug(topic: Topic) -> str:
    return topic.slug


def _by_name(topic: Topic) -> str:
    return topic.name.casefold()
