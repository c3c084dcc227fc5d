"""What a search takes on the site: its page, the shards of its index, the names to filter by."""

import json
import xml.etree.ElementTree as ET  # writes only, so a hostile document never reaches it
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from newsarchive.article.article import Article
from newsarchive.build.plan import Page
from newsarchive.catalog.addresses import SEARCH
from newsarchive.exports.address import address
from newsarchive.exports.edition import Edition, House
from newsarchive.exports.head import page_head
from newsarchive.exports.search.shard import SIZE, Slugs, named, shard
from newsarchive.exports.search.words import key
from newsarchive.settings import Site

NAMES = f"{SEARCH}names.json"
DESCRIPTION = "opensearch.xml"
LONGEST_NAME = 16  # characters of an archive's name in a browser's bar, by OpenSearch

Story = TypeVar("Story")
Names = tuple[tuple[str, str], ...]  # each with what the index calls it


def path_of(number: int) -> str:
    """Where a shard is; they are numbered from the oldest, 1."""
    return f"{SEARCH}{number}.idx"


def pages(edition: Edition) -> Iterator[Page]:
    """Plan the search page, where stories can be searched."""
    if edition.site.search:
        roll = edition.catalog.roll
        parts = parted(roll.dates[: roll.listed])
        months = tuple(f"{part[0].value:%Y%m}" for part in parts)
        values = partial(_values, edition.house, months)
        yield Page(f"{SEARCH}index.html", values, "search", "the search page")


def among(
    others: Iterable[Page], edition: Edition, only: Collection[int] | None = None
) -> Iterator[Page]:
    """Plan the index among other pages, so far apart that no worker is given two shards at a time.

    There are as many others as there are stories, or more; or shards of ``only`` some numbers.
    """
    shards = _shards(edition, only)
    for place, page in enumerate(others, 1):
        yield page
        if place % SIZE == 0:
            yield from islice(shards, 1)
    yield from shards
    if edition.site.search:
        yield from _beside(edition)


def retold(edition: Edition, shards: Mapping[int, Collection[str]]) -> Iterator[Page]:
    """Plan the shards of these numbers, each given by the sources of its stories."""
    for number, sources in shards.items():
        held = (one for one in edition.catalog.articles if one.source_path in sources)
        yield _shard(edition, number, tuple(held))


def parted(stories: Sequence[Story]) -> Iterator[Sequence[Story]]:
    """Part all stories, oldest first, as shards have them."""
    return (stories[start : start + SIZE] for start in range(0, len(stories), SIZE))


def shards_with(places: Iterable[int]) -> set[int]:
    """The numbers of the shards of stories in these places among all."""
    return {place // SIZE + 1 for place in places}


def _shards(edition: Edition, only: Collection[int] | None) -> Iterator[Page]:
    articles = edition.catalog.articles
    if edition.site.search:
        for number, places in enumerate(parted(range(len(articles))), 1):
            if only is None or number in only:
                yield _shard(edition, number, articles[places[0] : places[-1] + 1])


def _shard(edition: Edition, number: int, articles: Sequence[Article]) -> Page:
    texts = tuple(edition.texts[article.source_path] for article in articles)
    make = partial(shard, tuple(articles), texts, _slugs(edition, articles))
    return Page(path_of(number), make, source=f"part {number} of the search index")


def _beside(edition: Edition) -> Iterator[Page]:
    """Plan what there is beside the shards."""
    yield Page(NAMES, partial(_names, *_filters(edition)), source="the names to filter by")
    if edition.site.address:
        yield Page(DESCRIPTION, partial(_description, edition.site), source="the OpenSearch file")


def _slugs(edition: Edition, articles: Iterable[Article]) -> Slugs:
    """Find the slugs of all that the stories name and that has one, and of topics above those."""
    catalog = edition.catalog
    known: Mapping[str, Mapping[str, Any]] = {
        "topic": catalog.topic_of,
        "section": catalog.section_of,
        "person": catalog.person_of,
        "place": catalog.place_of,
    }
    above = catalog.hierarchy.ancestry
    found = {part for article in articles for part in named(article) if part[0] in known}
    own = ((kind, name, known[kind][name].slug) for kind, name in sorted(found))
    return Slugs(
        tuple(
            (kind, name, slug)
            for kind, name, first in own
            for slug in (first, *(above.get(first, ()) if kind == "topic" else ()))
        )
    )


def _filters(edition: Edition) -> Iterator[tuple[str, Names]]:
    """Find all that stories can be filtered by, each kind by the alphabet."""
    catalog = edition.catalog
    for kind, groups in (
        ("topic", catalog.topics),
        ("section", catalog.sections),
        ("person", catalog.people),
        ("place", catalog.places),
    ):
        yield kind, _sorted((group.name, group.slug) for group in groups if group.entries)
    agencies = {key(name): name for name in sorted(catalog.roll.sources.values)}
    yield "agency", _sorted((name, slug) for slug, name in agencies.items() if slug)


def _sorted(names: Iterable[tuple[str, str]]) -> Names:
    return tuple(sorted(names, key=lambda name: (name[0].casefold(), name)))


def _names(*filters: tuple[str, Names]) -> str:
    return json.dumps(dict(filters), ensure_ascii=False, separators=(",", ":")) + "\n"


def _values(house: House, months: tuple[str, ...]) -> Mapping[str, Any]:
    trail = house.trail(("Search", SEARCH))
    title = f"Search — {house.site.name}"
    head = page_head(title, SEARCH, f"Search {house.site.name}.", house, trail=trail)
    return {"head": head, "trail": trail, "months": months}


def _description(site: Site) -> str:
    """Describe the search to browsers; they show the name and the address they are at."""
    root = ET.Element("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/")
    for name, text in (
        ("ShortName", site.name[:LONGEST_NAME].strip()),
        ("Description", f"Search {site.name}"[:1024]),
        ("InputEncoding", "UTF-8"),
    ):
        ET.SubElement(root, name).text = text
    icon = ET.SubElement(root, "Image", type="image/svg+xml")
    icon.text = address("theme/favicon.svg", site)
    template = f"{address(SEARCH, site)}?q={{searchTerms}}"
    ET.SubElement(root, "Url", type="text/html", template=template)
    ET.indent(root)
    return str(ET.tostring(root, encoding="utf-8", xml_declaration=True), "utf-8") + "\n"
