"""The carbon: what a build leaves behind of all stories, for the next one to open few."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace

import msgspec

from newsarchive.article import links
from newsarchive.build.state import State
from newsarchive.catalog.group import Key
from newsarchive.catalog.roll import Roll
from newsarchive.catalog.thread import Step
from newsarchive.desk import Filed
from newsarchive.exports import following
from newsarchive.exports.edition import Edition

_FACT = "carbon"  # a fact of the state


@dataclass(frozen=True, slots=True)
class Carbon:
    """The roll of all stories, the steps ``back`` in their threads, and those in each feed.

    The latter by their places; ``eldest`` is the first of each, by whose spelling it is called.

    ``led_to`` are the paths of pages to which texts lead. Those ``within`` which they lead to a
    place have to keep it, and so has the text of a story that is ``anchored``, by the path of its
    source, where it is not in a feed under a former address. ``resolved`` are the keys, as
    hexadecimal digits, of texts that name other files, with these found; ``named`` are the files.
    """

    roll: Roll
    back: Sequence[Sequence[Step]]
    feeds: Mapping[Key, Sequence[int]]
    eldest: Mapping[Key, int]
    anchored: AbstractSet[str] = frozenset()
    led_to: AbstractSet[str] = frozenset()
    within: AbstractSet[str] = frozenset()
    resolved: Mapping[str, str] = field(default_factory=dict)
    named: AbstractSet[str] = frozenset()

    @classmethod
    def of(cls, edition: Edition) -> "Carbon":
        """Take the stories of a site, of whose links nothing is known."""
        catalog, most = edition.catalog, edition.site.feed_items
        places = {
            group.key: group.entries.places
            for group in following.followed(catalog)
            if group.entries
        }
        feeds = {key: list(found[-most:]) for key, found in places.items()}
        eldest = {key: found[0] for key, found in places.items()}
        return cls(catalog.roll, catalog.threads.back, feeds, eldest)

    def again(self, edition: Edition) -> "Carbon":
        """The same where the stories are another site's, and no link is."""
        now = Carbon.of(edition)
        return replace(self, roll=now.roll, back=now.back, feeds=now.feeds, eldest=now.eldest)

    def keep(self, state: State) -> None:
        """Leave it behind."""
        state.note(_FACT, msgspec.json.encode(self))


def kept(state: State) -> Carbon | None:
    """What the last build left behind, if it left any."""
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(state.noted(_FACT), type=Carbon)
    return None


def keep(
    state: State, edition: Edition, filed: Iterable[Filed], elsewhere: AbstractSet[str]
) -> None:
    """Leave behind what the next build needs to know of stories that it does not open.

    The texts of those ``elsewhere``, by the paths of their sources, are in further files.
    """
    led_to, within, named = set(), set(), set()
    resolved = {}
    for one in filed:
        if one.content:
            resolved[one.item.source_path] = one.text.key.hex()
            named |= links.by_path(one.unresolved, one.item.source_path)
        for link in one.links:
            if target := links.target(link, one.item.url, edition.site):
                led_to.add(target.path)
                if "#" in link:
                    within.add(target.path)
    sources = {story.save_as: story.source_path for story in edition.all_articles if within}
    anchored = {sources[path] for path in within if path in sources}
    carbon = Carbon.of(edition)
    replace(
        carbon,
        anchored=anchored | elsewhere,
        led_to=led_to,
        within=within,
        resolved=resolved,
        named=named,
    ).keep(state)
