"""The feeds as files: which groups can be followed, and where."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from newsarchive.build.plan import Page
from newsarchive.build.state import Text
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Group, Key
from newsarchive.exports import feeds
from newsarchive.exports.edition import Edition
from newsarchive.exports.feeds import Feed

_FORMATS = (feeds.atom, feeds.rss, feeds.json_feed)  # in the order of their paths


def followed(catalog: Catalog) -> Iterator[Group]:
    """The groups that have feeds, everything first."""
    yield catalog.archive
    named = (catalog.topics, catalog.pairs, catalog.sections, catalog.people, catalog.places)
    yield from filter(feeds.has_feed, chain.from_iterable(named))


def pages(edition: Edition, only: Collection[Key] | None = None) -> Iterator[Page]:
    """Plan all feeds, or ``only`` those of some groups."""
    for group in followed(edition.catalog):
        if only is None or group.key in only:
            base = feeds.base_of(group)
            source = f"the feed of {group.name or 'everything'}"
            yield from files(edition, feeds.feed_of(group, edition.site), base, source)


def files(edition: Edition, feed: Feed, base: str, source: str) -> Iterator[Page]:
    """Plan the files of a feed with this stem, which may be another than its own."""
    texts = tuple(edition.texts[article.source_path] for article in feed.articles)
    for path, make in zip(feeds.paths(base), _FORMATS, strict=True):
        yield Page(path, partial(_printed, make, feed, texts), source=source)


def _printed(make: Callable[[Feed], str], feed: Feed, texts: tuple[Text, ...]) -> str:
    """Print a feed with the stories' texts in it."""
    return make(replace(feed, texts=tuple(text.text for text in texts)))
