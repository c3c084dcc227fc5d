"""The retelling: what it takes to print the new text of a story of which nothing else changed.

A whole plan leaves behind who stands beside whom, so that the next build need not open the records
of all stories to print one of them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace

import msgspec

from newsarchive.article import links
from newsarchive.build.state import State
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Key
from newsarchive.catalog.thread import Step, Threads
from newsarchive.desk import Filed
from newsarchive.exports import following
from newsarchive.exports.edition import Edition
from newsarchive.exports.search import pages as search

_FACT = "retelling"  # a fact of the state


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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All stories, oldest first, and those in each feed, by the paths of their sources.

    One that is ``anchored`` is not to be told alone: another page leads to a place in it, which has
    to be there still, or a feed under a former address has its text.
    """

    order: Sequence[str] = ()
    feeds: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    eldest: Mapping[Key, str] = field(default_factory=dict)  # by whose spelling a feed is called
    anchored: AbstractSet[str] = frozenset()
    back: Sequence[Sequence[Step]] = ()  # of the threads


def note(
    state: State, edition: Edition, filed: Sequence[Filed], elsewhere: AbstractSet[str]
) -> None:
    """Leave behind what the next build needs to know of stories that it does not open.

    The texts of those ``elsewhere``, by the paths of their sources, are in further files.
    """
    anchored = elsewhere | set(_anchored(edition, filed))
    note_again(state, edition, Neighbours(anchored=anchored))


def note_again(state: State, edition: Edition, known: Neighbours) -> None:
    """Leave that behind anew where few stories have changed."""
    paths = edition.catalog.roll.paths
    held, eldest = {}, {}
    for group in following.followed(edition.catalog):
        places = group.entries.places
        held[group.key] = [paths[place] for place in places[-edition.site.feed_items :]]
        if places:
            eldest[group.key] = paths[places[0]]
    order, back = paths[: edition.catalog.roll.listed], edition.catalog.threads.back
    found = replace(known, order=order, feeds=held, eldest=eldest, back=back)
    state.note(_FACT, msgspec.json.encode(found))


def _anchored(edition: Edition, filed: Sequence[Filed]) -> Iterator[str]:
    """The stories to a place in which other pages lead."""
    sources = {article.save_as: article.source_path for article in edition.all_articles}
    for one in filed:
        for link in one.links:
            target = links.target(link, one.item.url, edition.site) if "#" in link else None
            if target and target.path in sources:
                yield sources[target.path]


def noted(state: State) -> Neighbours | None:
    """What the last build left behind, if it left any."""
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(state.noted(_FACT), type=Neighbours)
    return None


def of(state: State, stories: Collection[str], *, searched: bool) -> Retelling:
    """Find what it takes to print some stories anew; nothing, where that cannot be told.

    Where stories can be ``searched``, there are shards.
    """
    told = frozenset(stories)
    known = noted(state)
    if not known or not known.anchored.isdisjoint(told):
        return Retelling()
    beside, threads = set(told), Threads(known.back)
    for place, path in enumerate(known.order):
        if path in told:
            beside.update(known.order[max(0, place - 1) : place + 2])
            if thread := threads.of(place, known.order):
                beside.update(thread.earlier, thread.later)
    held = {key: paths for key, paths in known.feeds.items() if not told.isdisjoint(paths)}
    beside.update(known.eldest[key] for key in held)
    shards = {
        number: frozenset(paths)
        for number, paths in enumerate(search.parted(known.order) if searched else (), 1)
        if not told.isdisjoint(paths)
    }
    posts = frozenset(beside.union(*held.values(), *shards.values()))
    return Retelling(told, frozenset(held), posts, known.order, threads, shards)


def threaded(catalog: Catalog, retold: Retelling) -> Catalog:
    """Give the few stories of a retelling the threads that they have among all."""
    places = {path: place for place, path in enumerate(retold.order)}
    few = [places[article.source_path] for article in catalog.articles]
    return replace(catalog, threads=retold.threads.among(few))
