"""The index of places, with a map of those whose coordinates a topic file knows."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from newsarchive.build.plan import Page
from newsarchive.catalog.group import Count, Group
from newsarchive.exports import lists, maps
from newsarchive.exports.edition import Edition, House
from newsarchive.exports.lists import Listed
from newsarchive.exports.maps import Spot
from newsarchive.exports.moved import Moved


def index(edition: Edition) -> Iterator[Listed]:
    """Plan the index of places."""
    house, groups = edition.house, edition.catalog.places
    values = partial(_values, house, lists.by_name(groups), tuple(spots(groups)))
    yield Page(f"{house.indexes.places}index.html", values, "places", "the index of Places"), None


def _values(house: House, groups: tuple[Count, ...], spots: tuple[Spot, ...]) -> Mapping[str, Any]:
    return {
        **lists.index_values(house, "Places", house.indexes.places, groups),
        "size": (maps.WIDTH, maps.HEIGHT),
        "circles": maps.circles(spots),
    }


def spots(groups: Iterable[Group]) -> Iterator[Spot]:
    """The places whose coordinates are known."""
    for group in groups:
        for topic in group.topics:
            if topic.coordinates:
                yield Spot(group.name, group.url, len(group.entries), topic.coordinates)


def redirects(edition: Edition) -> Iterator[Moved]:
    """What leads on from the names under which a place would stand, had it no topic file."""
    groups = edition.catalog.places
    taken = {group.url for group in groups}
    for group in groups:
        for name in chain.from_iterable((topic.name, *topic.aliases) for topic in group.topics):
            url = edition.addresses.place(name).url
            if url not in taken and not url.endswith("//"):
                taken.add(url)
                path, to = f"{url}index.html", f"{group.url}index.html"
                yield Moved(path, to, group.url, group.name, lists.source_of(group))
