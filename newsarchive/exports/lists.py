"""The pages that list stories, and the indexes that list those pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from newsarchive.build.plan import Page
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Group
from newsarchive.catalog.listing import Listing, listings
from newsarchive.exports import feeds, structured
from newsarchive.exports.edition import Crumb, Edition, span
from newsarchive.exports.head import page_head
from newsarchive.moment import Moment

TEMPLATES = {
    "topic": "tag",
    "pair": "tag",
    "section": "category",
    "person": "author",
    "year": "period_archives",
    "month": "period_archives",
    "day": "period_archives",
}


def followed(catalog: Catalog) -> Iterator[Group]:
    """The groups that have feeds, everything first."""
    yield catalog.archive
    yield from chain(catalog.topics, catalog.pairs, catalog.sections, catalog.people)


def pages(edition: Edition) -> Iterator[tuple[Page, Moment | None]]:
    """Plan the pages of all groups and the indexes, each with when it last changed."""
    catalog, indexes = edition.catalog, edition.indexes
    pairs = _pairs_by_topic(catalog.pairs)
    for group in chain(catalog.topics, catalog.pairs):
        yield from _group(edition, group, (("Topics", indexes.topics),), pairs.get(group.slug, ()))
    for group in catalog.sections:
        yield from _group(edition, group, (("Sections", indexes.sections),))
    for group in catalog.people:
        yield from _group(edition, group, (("People", indexes.people),))
    yield from _dates(edition)
    yield from _indexes(edition)


def _pairs_by_topic(pairs: Iterable[Group]) -> dict[str, tuple[Group, ...]]:
    by_topic: dict[str, tuple[Group, ...]] = {}
    for pair in pairs:
        for topic in pair.topics:
            by_topic[topic.slug] = (*by_topic.get(topic.slug, ()), pair)
    return by_topic


def _dates(edition: Edition) -> Iterator[tuple[Page, Moment | None]]:
    above: tuple[Crumb, ...] = (("Dates", edition.indexes.dates),)
    for year in edition.catalog.years:
        yield from _period(edition, year, above)
        in_year = (*above, (year.name, year.url))
        for month in year.parts:
            yield from _period(edition, month, in_year)
            in_month = (*in_year, (month.name, month.url))
            for day in month.parts:
                yield from _group(edition, day, in_month)


def _period(
    edition: Edition, group: Group, above: tuple[Crumb, ...]
) -> Iterator[tuple[Page, Moment | None]]:
    """Plan a year or a month: all its stories on one page, or where there are more, its parts."""
    if len(group.entries) < 2 * edition.site.per_page:
        yield from _group(edition, group, above)
        return
    listing = Listing(group.url, (), group.url, total=len(group.entries))
    yield _listing(edition, group, listing, above, ())


def _group(
    edition: Edition,
    group: Group,
    above: tuple[Crumb, ...],
    pairs: tuple[Group, ...] = (),
) -> Iterator[tuple[Page, Moment | None]]:
    for listing in listings(group, edition.site.per_page):
        yield _listing(edition, group, listing, above, pairs)


def _listing(
    edition: Edition,
    group: Group,
    listing: Listing,
    above: tuple[Crumb, ...],
    pairs: tuple[Group, ...],
) -> tuple[Page, Moment | None]:
    values = partial(_values, edition, group, listing, above, pairs)
    page = Page(
        f"{listing.url}index.html",
        TEMPLATES[group.kind],
        values,
        source=_source(group),
    )
    stories = (entry.article.changed for head in listing.heads for entry in head.entries)
    return page, max(stories, default=None)


def _source(group: Group) -> str:
    """Say in messages where a group's page comes from."""
    files = [topic.source_path for topic in group.topics if topic.source_path]
    if group.person and group.person.source_path:
        files.append(group.person.source_path)
    return files[0] if files else f'the page of the {group.kind} "{group.name}"'


def _values(
    edition: Edition,
    group: Group,
    listing: Listing,
    above: tuple[Crumb, ...],
    pairs: tuple[Group, ...],
) -> Mapping[str, Any]:
    name = f"{group.name}, page {listing.number}" if listing.number else group.name
    trail = edition.trail(*above, (name, listing.url))
    feed = feeds.feed_of(group, edition.site) if group.kind in feeds.FOLDERS else None
    summary = group.topics[0].summary if group.kind == "topic" else ""
    return {
        "head": page_head(
            f"{name} — {edition.site.name}",
            listing.url,
            summary or f"Stories in {edition.site.name}: {name}.",
            edition,
            feed=feed,
            trail=trail,
            data=(_collection(edition, group, listing, name, summary),),
        ),
        "group": group,
        "listing": listing,
        "trail": trail,
        "pairs": pairs,
        "feeds": feed_rows(feed.base) if feed else (),
        "about": "" if listing.number else _about(group),
    }


def _collection(
    edition: Edition, group: Group, listing: Listing, name: str, summary: str
) -> structured.Data:
    about = group.topics[0] if group.kind == "topic" else None
    articles = [entry.article for head in listing.heads for entry in head.entries]
    return structured.collection_page(
        name, listing.url, summary, edition.site, about=about, articles=articles
    )


def _about(group: Group) -> str:
    """How many stories there are and from when: ``1 story, 2024``."""
    count = len(group.entries)
    if not count:
        return "No story yet."
    stories = "1 story" if count == 1 else f"{count:,} stories"
    if group.parts or group.kind == "day":
        return f"{stories}."
    return f"{stories}, {span((group.entries[0].article, group.entries[-1].article))}."


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file of a feed: what its format is called, and where it is."""

    format: str
    path: str


def feed_rows(base: str) -> tuple[FeedFile, ...]:
    """The files of the feed with this stem."""
    names = ("Atom", "RSS", "JSON Feed")
    return tuple(map(FeedFile, names, feeds.paths(base)))


def _indexes(edition: Edition) -> Iterator[tuple[Page, Moment | None]]:
    catalog, indexes = edition.catalog, edition.indexes
    for template, title, url, groups in (
        ("tags", "Topics", indexes.topics, _by_name(catalog.topics)),
        ("categories", "Sections", indexes.sections, _by_name(catalog.sections)),
        ("authors", "People", indexes.people, _by_name(catalog.people)),
        ("archives", "Dates", indexes.dates, tuple(reversed(catalog.years))),
    ):
        values = partial(_index_values, edition, title, url, groups)
        yield Page(f"{url}index.html", template, values, source=f"the index of {title}"), None
    values = partial(_feeds_values, edition)
    yield Page(f"{indexes.feeds}index.html", "feeds", values, source="the list of feeds"), None


def _by_name(groups: Iterable[Group]) -> list[Group]:
    """The groups that have a story, by the alphabet."""
    return sorted((group for group in groups if group.entries), key=_folded_name)


def _folded_name(group: Group) -> str:
    return group.name.casefold()


def _index_values(
    edition: Edition, title: str, url: str, groups: Iterable[Group]
) -> Mapping[str, Any]:
    trail = edition.trail((title, url))
    name = f"{title} — {edition.site.name}"
    description = f"{title} in {edition.site.name}."
    head = page_head(name, url, description, edition, trail=trail)
    return {"head": head, "title": title, "groups": groups, "trail": trail}


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed by name, in each of its formats."""

    name: str
    feeds: tuple[FeedFile, ...]


def _feeds_values(edition: Edition) -> Mapping[str, Any]:
    catalog, url = edition.catalog, edition.indexes.feeds
    trail = edition.trail(("Feeds", url))
    description = f"Atom, RSS and JSON feeds of {edition.site.name}."
    name = f"Feeds — {edition.site.name}"
    parts = (
        ("Everything", (catalog.archive,)),
        ("Topics", (*catalog.topics, *catalog.pairs)),
        ("Sections", catalog.sections),
        ("People", catalog.people),
    )
    return {
        "head": page_head(name, url, description, edition, trail=trail),
        "trail": trail,
        "parts": [(title, list(map(_feed_row, part))) for title, part in parts],
    }


def _feed_row(group: Group) -> FeedRow:
    return FeedRow(group.name or "All stories", feed_rows(feeds.base_of(group)))


def redirects(edition: Edition) -> Iterator[Page]:
    """Plan the pages that lead on from an alias of a topic, and from a pair told backwards."""
    catalog = edition.catalog
    taken = {group.url for group in chain(catalog.topics, catalog.pairs)}
    for group in catalog.topics:
        for alias in group.topics[0].aliases:
            topic = edition.addresses.topic(alias)
            if topic.slug and topic.url not in taken:
                taken.add(topic.url)
                yield _redirect(topic.url, group.url, group.name, _source(group))
    for pair in catalog.pairs:
        first, second = pair.topics
        yield _redirect(f"{second.url}{first.slug}/", pair.url, pair.name, _source(pair))


def _redirect(url: str, to: str, name: str, source: str) -> Page:
    values = {"url": to, "name": name}
    return Page(f"{url}index.html", "redirect", partial(dict, values), source=source)
