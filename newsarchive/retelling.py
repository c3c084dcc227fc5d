"""The retelling: what it takes to print the new text of a story of which nothing else changed.

Who stands beside it is told by the carbon of the last build, so that not the records of all stories
need to be opened to print one of them.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain

from newsarchive import carbon
from newsarchive.build.state import State
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.thread import Threads
from newsarchive.exports.search import pages as search


@dataclass(frozen=True, slots=True)
class Retelling:
    """Stories that are printed anew, by the paths of their sources, and feeds, by their groups.

    ``posts`` are those whose records that takes: theirs, those beside them, those in the feeds and
    in the shards. ``threads`` are those of all stories, in their ``order``, for they cannot be told
    from so few; ``shards`` are those of the search index that hold them, by number, each with its
    stories.
    """

    stories: AbstractSet[str] = frozenset()
    feeds: AbstractSet[str] = frozenset()
    posts: AbstractSet[str] = frozenset()
    order: Sequence[str] = ()
    threads: Threads = field(default_factory=Threads)
    shards: Mapping[int, AbstractSet[str]] = field(default_factory=dict)


def of(state: State, stories: Collection[str], *, searched: bool) -> Retelling:
    """Find what it takes to print some stories anew; nothing, where that cannot be told.

    Where stories can be ``searched``, there are shards.
    """
    told, known = frozenset(stories), carbon.kept(state)
    if not known or not known.anchored.isdisjoint(told):
        return Retelling()
    order, threads = known.roll.in_lists, Threads(known.back)
    at = {place for place, path in enumerate(order) if path in told}
    beside = set(at)
    for place in at:
        beside.update(range(max(0, place - 1), min(place + 2, len(order))))
        if thread := threads.of(place, range(len(order))):
            beside.update(thread.earlier, thread.later)
    held = {key: places for key, places in known.feeds.items() if not at.isdisjoint(places)}
    beside.update(known.eldest[key] for key in held)
    shards = {
        number: frozenset(map(order.__getitem__, places))
        for number, places in enumerate(search.parted(range(len(order))) if searched else (), 1)
        if not at.isdisjoint(places)
    }
    beside.update(chain.from_iterable(held.values()))
    posts = frozenset(map(order.__getitem__, beside)).union(told, *shards.values())
    return Retelling(told, frozenset(held), posts, order, threads, shards)


def threaded(catalog: Catalog, retold: Retelling) -> Catalog:
    """Give the few stories of a retelling the threads that they have among all."""
    places = {path: place for place, path in enumerate(retold.order)}
    few = [places[article.source_path] for article in catalog.articles]
    return replace(catalog, threads=retold.threads.among(few))
