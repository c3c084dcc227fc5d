"""The pages that list stories by what they have in common, and the indexes of those pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from newsarchive.build.plan import Page
from newsarchive.catalog.catalog import Catalog
from newsarchive.catalog.group import Count, Group, Key
from newsarchive.catalog.listing import Listing, listings
from newsarchive.catalog.profile import Profiler
from newsarchive.catalog.timeline import Head as DateHead
from newsarchive.exports import feeds, maps, structured, topics
from newsarchive.exports.edition import Crumb, Edition, House
from newsarchive.exports.head import Head, page_head
from newsarchive.moment import Moment
from newsarchive.settings import Site

Listed = tuple[Page, Moment | None]  # a page that the sitemap names, and when it last changed

_NOTHING: Mapping[str, Any] = {}
TEMPLATES = {
    "topic": "tag",
    "pair": "tag",
    "section": "category",
    "person": "author",
    "place": "place",
}


def by_year(catalog: Catalog) -> tuple[Count, ...]:
    """The years of the archive, the newest first."""
    return tuple(year.counting() for year in reversed(catalog.years))


def pages(edition: Edition, only: Mapping[Key, int] | None = None) -> Iterator[Listed]:
    """Plan the pages of all groups but the dates', and the indexes, each with its last change.

    Where ``only`` some groups are wanted, it has the first of the full pages of each.
    """
    catalog, indexes = edition.catalog, edition.house.indexes
    profile = Profiler(catalog, edition.site.per_page).profile
    beside = topics.beside(catalog)
    for title, url, groups in (
        ("Topics", indexes.topics, (*catalog.topics, *catalog.pairs)),
        ("Sections", indexes.sections, catalog.sections),
        ("People", indexes.people, catalog.people),
        ("Places", indexes.places, catalog.places),
    ):
        for group in groups:
            if only is not None and group.key not in only:
                continue
            around = beside[group.slug] if title == "Topics" else _near(group)
            about = {"profile": profile(group), **around}
            first = (only or {}).get(group.key, 1)
            yield from _group(edition, group, first, ((title, url),), about)
    yield from _indexes(edition)


def _near(group: Group) -> Mapping[str, Any]:
    """The piece of the map around a place, if a topic file says where it is."""
    known = [topic.coordinates for topic in group.topics if topic.coordinates]
    return {"near": maps.near(known[0])} if group.kind == "place" and known else _NOTHING


def _group(
    edition: Edition,
    group: Group,
    first: int,
    above: tuple[Crumb, ...],
    beside: Mapping[str, Any],
) -> Iterator[Listed]:
    heading = group.heading
    for listing in listings(group, edition.site.per_page, first):
        yield _listing(edition, group, heading, listing, above, beside)


def _listing(  # noqa: PLR0913, PLR0917  # as below; `beside` is for the newest page alone
    edition: Edition,
    group: Group,
    heading: Group,
    listing: Listing,
    above: tuple[Crumb, ...],
    beside: Mapping[str, Any],
) -> Listed:
    page_values = partial(
        values,
        edition.house,
        heading,
        listing,
        above,
        _NOTHING if listing.number else beside,
        "" if listing.number else about(group),
    )
    page = Page(f"{listing.url}index.html", page_values, TEMPLATES[group.kind], source_of(group))
    return page, edition.changed(entry.article for entry in listing.entries)


def source_of(group: Group) -> str:
    """Say in messages where a group's page comes from."""
    files = [topic.source_path for topic in group.topics if topic.source_path]
    if group.person and group.person.source_path:
        files.append(group.person.source_path)
    return files[0] if files else f'the page of the {group.kind} "{group.name}"'


def values(  # noqa: PLR0913, PLR0917  # all that a list's page is made from
    house: House,
    group: Group,
    listing: Listing,
    above: tuple[Crumb, ...],
    beside: Mapping[str, Any],
    about: str,
) -> Mapping[str, Any]:
    """What any list of stories prints."""
    name = f"{group.name}, page {listing.number}" if listing.number else group.name
    trail = house.trail(*above, (name, listing.url))
    heads = listing.heads
    return {
        "head": partial(_head, house, group, listing, heads, name, trail),
        "group": group,
        "listing": listing,
        "heads": heads,
        "trail": trail,
        "feeds": feed_rows(feeds.base_of(group)) if feeds.has_feed(group) else (),
        "about": about,
        "profile": None,
        "near": None,
        **beside,
    }


def _head(  # noqa: PLR0913, PLR0917  # all that its head says
    house: House,
    group: Group,
    listing: Listing,
    heads: tuple[DateHead, ...],
    name: str,
    trail: tuple[Crumb, ...],
) -> Head:
    summary = group.topics[0].summary if group.kind == "topic" else ""
    return page_head(
        f"{name} — {house.site.name}",
        listing.url,
        summary or f"Stories in {house.site.name}: {name}.",
        house,
        feed=feeds.feed_of(group, house.site) if feeds.has_feed(group) else None,
        trail=trail,
        data=(_collection(house.site, group, listing, heads, name),),
    )


def _collection(
    site: Site, group: Group, listing: Listing, heads: Iterable[DateHead], name: str
) -> structured.Data:
    about = group.topics[0] if group.kind == "topic" else None
    articles = [entry.article for head in heads for entry in head.entries]
    return structured.collection_page(
        name, listing.url, about.summary if about else "", site, about=about, articles=articles
    )


def about(group: Group) -> str:
    """How many stories there are and from when: ``1 story, 2024``."""
    count = len(group.entries)
    if not count:
        return "No story yet."
    stories = "1 story" if count == 1 else f"{count:,} stories"
    if group.parts or group.kind == "day":
        return f"{stories}."
    return f"{stories}, {group.entries.years()}."


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file of a feed: what its format is called, and where it is."""

    format: str
    path: str


def feed_rows(base: str) -> tuple[FeedFile, ...]:
    """The files of the feed with this stem."""
    names = ("Atom", "RSS", "JSON Feed")
    return tuple(map(FeedFile, names, feeds.paths(base)))


def _indexes(edition: Edition) -> Iterator[Listed]:
    catalog, house = edition.catalog, edition.house
    indexes = house.indexes
    for template, title, url, groups in (
        ("tags", "Topics", indexes.topics, by_name(catalog.topics)),
        ("categories", "Sections", indexes.sections, by_name(catalog.sections)),
        ("authors", "People", indexes.people, by_name(catalog.people)),
    ):
        values = partial(index_values, house, title, url, groups)
        yield Page(f"{url}index.html", values, template, f"the index of {title}"), None
    parts = (
        ("Everything", (catalog.archive,)),
        ("Topics", (*catalog.topics, *filter(feeds.has_feed, catalog.pairs))),
        ("Sections", catalog.sections),
        ("People", catalog.people),
        ("Places", filter(feeds.has_feed, catalog.places)),
    )
    rows = tuple((title, tuple(map(_feed_row, groups))) for title, groups in parts)
    values = partial(_feeds_values, house, rows)
    yield Page(f"{indexes.feeds}index.html", values, "feeds", "the list of feeds"), None


def by_name(groups: Iterable[Group]) -> tuple[Count, ...]:
    """The groups that have a story, by the alphabet."""
    counts = (group.count for group in groups if group.entries)
    return tuple(sorted(counts, key=_folded_name))


def _folded_name(group: Count) -> str:
    return group.name.casefold()


def index_values(
    house: House, title: str, url: str, groups: tuple[Count, ...]
) -> Mapping[str, Any]:
    """What any index prints."""
    trail = house.trail((title, url))
    name = f"{title} — {house.site.name}"
    description = f"{title} in {house.site.name}."
    head = page_head(name, url, description, house, trail=trail)
    return {"head": head, "title": title, "groups": groups, "trail": trail}


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed by name, in each of its formats."""

    name: str
    feeds: tuple[FeedFile, ...]


def _feeds_values(
    house: House, parts: tuple[tuple[str, tuple[FeedRow, ...]], ...]
) -> Mapping[str, Any]:
    url = house.indexes.feeds
    trail = house.trail(("Feeds", url))
    description = f"Atom, RSS and JSON feeds of {house.site.name}."
    name = f"Feeds — {house.site.name}"
    head = page_head(name, url, description, house, trail=trail)
    return {"head": head, "trail": trail, "parts": parts}


def _feed_row(group: Group) -> FeedRow:
    return FeedRow(group.name or "All stories", feed_rows(feeds.base_of(group)))
