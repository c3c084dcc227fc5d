"""Topics under other names, and what leads on from there to where they are now.

A reader of feeds follows no page that leads on, so a feed goes on where it was: what it says there
is what it says at its new address, which it names, under the id that it had.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from newsarchive.build.plan import Claims, Page
from newsarchive.catalog.group import Group
from newsarchive.catalog.listing import page_url
from newsarchive.exports import feeds, following
from newsarchive.exports.edition import Edition
from newsarchive.exports.feeds import Feed
from newsarchive.exports.lists import source_of
from newsarchive.exports.moved import Moved
from newsarchive.registry import Register

_FEED = re.compile(
    rf"feeds/{feeds.FOLDERS['topic']}/(?P<one>[^/]+?)(?:/(?P<two>[^/]+?))?\.atom\.xml"
)


def redirects(edition: Edition) -> Iterator[Moved]:
    """What leads on from an alias of a topic, and from a pair told backwards."""
    catalog = edition.catalog
    taken = {group.url for group in chain(catalog.topics, catalog.pairs)}
    for group in catalog.topics:
        for alias in group.topics[0].aliases:
            topic = edition.addresses.topic(alias)
            if topic.slug and topic.url not in taken:
                taken.add(topic.url)
                yield _moved(f"{topic.url}index.html", group.url, group.name, source_of(group))
    for pair in catalog.pairs:
        first, second = pair.topics
        path = f"{second.url}{first.slug}/index.html"
        yield _moved(path, pair.url, pair.name, source_of(pair))


def _moved(path: str, to: str, name: str, source: str) -> Moved:
    return Moved(path, f"{to}index.html", to, name, source)


@dataclass(frozen=True, slots=True)
class Former:
    """What stands where earlier releases had topics: pages that lead on, and feeds by stems."""

    moved: tuple[Moved, ...] = ()
    feeds: tuple[tuple[str, Feed], ...] = ()

    @property
    def told(self) -> AbstractSet[str]:
        """The stories whose texts are in the feeds, by the paths of their sources."""
        return {article.source_path for _, feed in self.feeds for article in feed.articles}

    def pages(self, edition: Edition) -> Iterator[Page]:
        """Plan all of it."""
        yield from (moved.page for moved in self.moved)
        for base, feed in self.feeds:
            yield from following.files(edition, feed, base, f"the feed {feed.title}")


def former(edition: Edition, planned: Iterable[Page], last: Register) -> Former:
    """Find what to do about addresses of topics that the last release had and no page has now."""
    paths = {page.path for page in planned}
    lost = sorted({*last.pages, *last.redirects} - paths - last.holders.keys())
    if not lost:
        return Former()
    heirs = _Heirs.of(edition, last.redirects)
    claims = Claims(planned)
    free = [path for path in lost if claims.claim(Page(path)) is None]
    return Former(
        tuple(filter(None, (_led(path, heirs, paths, last) for path in free))),
        tuple(filter(None, (_fed(path, heirs) for path in free))),
    )


@dataclass(frozen=True, slots=True)
class _Heirs:
    """Who has the stories of a topic now that is called otherwise, by former slugs too."""

    edition: Edition
    by_slug: Mapping[str, Group]
    pairs: Mapping[str, Group]

    @classmethod
    def of(cls, edition: Edition, led: Mapping[str, str]) -> "_Heirs":
        """Find heirs by the aliases, then by where earlier releases have ``led`` on."""
        topics, addresses = edition.catalog.topics, edition.addresses
        by_slug = {
            addresses.topic(alias).slug: topic
            for topic in topics
            for alias in topic.topics[0].aliases
        }
        by_slug |= {topic.slug: topic for topic in topics}
        for path, to in led.items():
            before, now = addresses.of_topic(path), addresses.of_topic(to)
            if before and now and now["one"] in by_slug and not (before["two"] or now["two"]):
                by_slug.setdefault(before["one"], by_slug[now["one"]])
        return cls(edition, by_slug, {pair.slug: pair for pair in edition.catalog.pairs})

    def heir(self, found: re.Match[str]) -> Group | None:
        """The topic or the pair that is meant; where a pair is none any more, its first topic."""
        one, two = self.by_slug.get(found["one"]), self.by_slug.get(found["two"] or "")
        if one and two:
            return self.pairs.get("/".join(sorted((one.slug, two.slug))), one)
        return one or two


def _led(path: str, heirs: _Heirs, paths: AbstractSet[str], last: Register) -> Moved | None:
    """Lead on from a page; from a numbered one, if its topic was renamed, to the same number.

    A topic that had a page of its own before has taken the other in, and numbers them all anew.
    """
    found = heirs.edition.addresses.of_topic(path)
    group = heirs.heir(found) if found else None
    if not found or not group:
        return None
    numbered = f"{page_url(group.url, int(found['number'] or 0))}index.html"
    is_new = f"{group.url}index.html" not in last.pages
    to = numbered if is_new else last.redirects.get(path, "")
    if to not in paths or not to.startswith(group.url):
        to = f"{group.url}index.html"
    return _moved(path, to.removesuffix("index.html"), group.name, source_of(group))


def _fed(path: str, heirs: _Heirs) -> tuple[str, Feed] | None:
    """Have a feed go on, told by the first of its files."""
    found = _FEED.fullmatch(path)
    group = heirs.heir(found) if found else None
    if not found or not group:
        return None
    slug = "/".join(filter(None, found.groups()))
    base = f"{feeds.FOLDERS['topic']}/{slug}"
    feed = feeds.feed_of(group, heirs.edition.site)
    id_ = feeds.permanent_id("pair" if found["two"] else "topic", slug)
    return base, replace(feed, id=id_, base=feed.base if group.followed else base)
