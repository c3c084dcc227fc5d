"""Two topics together: the stories that are about both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations

from newsarchive.catalog.group import Entries, Group, Listed, Topic
from newsarchive.catalog.hierarchy import Hierarchy
from newsarchive.catalog.topics import Tagged
from newsarchive.errors import Misfit

# Stories that two topics share before they have a page that nobody asked for. Of fewer, the page of
# either shows as much. The 21,578 Reuters stories, in 445 topics, have 284 such pairs, which take
# 743 files in 25,864; from ten stories on they would be 640, and take twice as many.
ENOUGH = 20

Pair = tuple[str, str]  # two topics by their slugs, the first by alphabet first


def groups(
    stories: Listed,
    tagged: Iterable[Tagged],
    topics: Iterable[Group],
    known: Mapping[str, Topic],
    hierarchy: Hierarchy,
) -> tuple[list[Group], list[Misfit]]:
    """Pair topics that share enough stories, and those whose files ask for a page together.

    A topic and one above it are no pair: they would share all stories of the one below.
    """
    by_slug = {topic.slug: topic for topic in topics}
    asked, misfits = _asked_for(by_slug.values(), known, hierarchy)
    large = {slug for slug, topic in by_slug.items() if len(topic.entries) >= ENOUGH}
    large.update(chain.from_iterable(asked))
    shared: dict[Pair, list[Sequence[int]]] = defaultdict(list)
    for slugs, places in tagged:
        for pair in combinations(sorted(large & slugs), 2):
            shared[pair].append(places)
    met = {pair for pair, parts in shared.items() if sum(map(len, parts)) >= ENOUGH}
    wanted = sorted(asked | {pair for pair in met if not hierarchy.holds(*pair)})
    return [
        _group(by_slug[one], by_slug[two], Entries(stories, shared[one, two]), asked)
        for one, two in wanted
    ], misfits


def _asked_for(
    topics: Iterable[Group], known: Mapping[str, Topic], hierarchy: Hierarchy
) -> tuple[set[Pair], list[Misfit]]:
    """The pairs that topic files name, and what of these is none."""
    pairs, misfits = set(), []
    for topic in (group.topics[0] for group in topics):
        for name in topic.pairs:
            other = known.get(name)
            if other is None or other is topic:
                problem = f'"{name}" is no other topic'
                cure = "name a topic that has a file of its own"
            elif hierarchy.holds(topic.slug, other.slug):
                problem = f'"{name}" is above or below the topic, and no pair with it'
                cure = "take it out of Pairs"
            else:
                pairs.add(_pair(topic.slug, other.slug))
                continue
            misfits.append(Misfit(topic.source_path, "pairs", problem, cure))
    return pairs, misfits


def _pair(one: str, other: str) -> Pair:
    """Name two topics as a pair, by their slugs in either order."""
    return (one, other) if one < other else (other, one)


def _group(first: Group, second: Group, entries: Entries, asked: set[Pair]) -> Group:
    return Group(
        "pair",
        f"{first.name} and {second.name}",
        f"{first.slug}/{second.slug}",
        f"{first.url}{second.slug}/",
        entries,
        (first.topics[0], second.topics[0]),
        followed=(first.slug, second.slug) in asked,
    )
