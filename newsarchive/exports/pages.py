"""Every page of the site, planned: the front, the stories, what stands beside them, the files."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from newsarchive.article.article import Article, StandingPage
from newsarchive.build.plan import Page
from newsarchive.catalog.group import Count, Entry, Key, Section, Topic
from newsarchive.exports import (
    feeds,
    following,
    headers,
    headmeta,
    lists,
    periods,
    places,
    renamed,
    sitemap,
    stories,
    structured,
    tombstones,
)
from newsarchive.exports.edition import Edition, House
from newsarchive.exports.head import Head, page_head
from newsarchive.exports.lists import Listed
from newsarchive.exports.moved import Moved
from newsarchive.exports.search import pages as search
from newsarchive.settings import Site

SECONDS = 2  # stories beside the lead on the front
LATEST = 24  # teasers below them
IN_SECTION = 4  # headlines of each section below those


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a site is planned where the rest is as it was; all of what nothing is said about.

    ``stories`` are by their places among all; ``groups`` by their keys, each with the first of its
    full pages that counts; ``shards`` are those of the search index, by number.
    """

    stories: Collection[int] | None = None
    groups: Mapping[Key, int] | None = None
    shards: Collection[int] | None = None


ALL = Parts()


def pages(edition: Edition, only: Parts = ALL) -> Iterator[Page]:
    """Plan the whole site, or ``only`` parts of it; each page is worked out when it is made."""
    listed = [
        *_front(edition),
        *stories.pages(edition, only.stories),
        *lists.pages(edition, only.groups),
        *periods.pages(edition, only.groups),
        *places.index(edition),
    ]
    listed += [(page, None) for page in search.pages(edition)]
    yield from search.among((page for page, _ in listed), edition, only.shards)
    yield from _unlisted(edition)
    yield from (moved.page for moved in redirects(edition))
    gone = [(article.save_as, article) for article in edition.catalog.withdrawn]
    yield from tombstones.pages(edition, gone)
    yield _missing(edition)
    yield from following.pages(edition, only.groups)
    yield from _for_crawlers(edition, [(_url(page), changed) for page, changed in listed])
    if edition.site.address:
        yield Page("_headers", partial(headers.listed, edition.site), source="the headers")


def redirects(edition: Edition) -> Iterator[Moved]:
    """What leads on from where something would stand under another of its names."""
    yield from renamed.redirects(edition)
    yield from places.redirects(edition)


def retold(
    edition: Edition,
    sources: Collection[str],
    followed: Collection[Key],
    shards: Mapping[int, Collection[str]],
) -> Iterator[Page]:
    """Plan the pages of some stories, by the paths of their sources, and feeds of some groups.

    ``shards`` are those of the search index that hold them, by number, each with its stories. Of
    the rest of the site none needs to be made again where only those stories' texts changed.
    """
    listed = enumerate(edition.catalog.roll.in_lists)
    places = (place for place, path in listed if path in sources)
    yield from (page for page, _ in stories.pages(edition, places))
    for article in edition.catalog.unlisted:
        if article.source_path in sources:
            yield stories.hidden(edition, article)
    yield from following.pages(edition, followed)
    yield from search.retold(edition, shards)


def _url(page: Page) -> str:
    return page.path.removesuffix("index.html")


def _front(edition: Edition) -> Iterator[Listed]:
    catalog = edition.catalog
    newest = tuple(catalog.articles[: -SECONDS - LATEST - 2 : -1])
    lead = newest[0] if newest else None
    values = partial(
        _front_values,
        edition.house,
        newest,
        lead=(edition.topics_of(lead), catalog.section_of[lead.section]) if lead else None,
        span=catalog.archive.entries.years() if newest else "",
        sections=_by_section(edition) if len(catalog.articles) > len(newest) else (),
        years=lists.by_year(catalog),
    )
    yield Page("index.html", values, "index", "the front"), edition.changed(catalog.articles)
    for page in edition.standing:
        yield _standing(edition, page), None


def _unlisted(edition: Edition) -> Iterator[Page]:
    """Plan what is on the site although nothing leads there."""
    for article in edition.catalog.unlisted:
        yield stories.hidden(edition, article)
    for page in edition.hidden:
        yield _standing(edition, page)


def _standing(edition: Edition, page: StandingPage) -> Page:
    values = partial(_standing_values, edition.house, page)
    return Page(page.save_as, values, page.template, page.source_path)


def _front_values(  # noqa: PLR0913  # what the front shows
    house: House,
    newest: tuple[Article, ...],
    *,
    lead: tuple[tuple[Topic, ...], Section] | None,
    span: str,
    sections: tuple[tuple[Count, tuple[Entry, ...]], ...],
    years: tuple[Count, ...],
) -> Mapping[str, Any]:
    site = house.site
    lead_topics, lead_section = lead or ((), None)
    return {
        "head": page_head(
            site.name,
            "",
            site.subtitle,
            house,
            feed=feeds.feed_of(feeds.EVERYTHING, site),
            data=(structured.website(site),),
        ),
        "span": span,
        "lead": newest[0] if newest else None,
        "lead_topics": lead_topics,
        "lead_section": lead_section,
        "seconds": tuple(map(Entry, newest[1 : SECONDS + 1])),
        "latest": tuple(map(Entry, newest[SECONDS + 1 :])),
        "sections": sections,
        "years": years,
    }


def _by_section(edition: Edition) -> tuple[tuple[Count, tuple[Entry, ...]], ...]:
    """The newest stories of each section in the masthead, where the front cannot hold them all."""
    groups = {group.name: group for group in edition.catalog.sections}
    return tuple(
        (groups[name].count, groups[name].entries[: -IN_SECTION - 1 : -1])
        for name in edition.site.sections
        if name in groups
    )


def _standing_values(house: House, page: StandingPage) -> Mapping[str, Any]:
    title = f"{page.title} — {house.site.name}"
    return {"page": page, "head": page_head(title, page.url, page.summary, house)}


def _missing(edition: Edition) -> Page:
    catalog = edition.catalog
    latest = tuple(map(Entry, catalog.articles[: -SECONDS - 2 : -1]))
    values = partial(_missing_values, edition.site, latest, lists.by_year(catalog))
    return Page("404.html", values, "404", "the page of errors")


def _missing_values(
    site: Site, latest: tuple[Entry, ...], years: tuple[Count, ...]
) -> Mapping[str, Any]:
    return {
        "head": Head(f"No page at this address — {site.name}", links=(headmeta.touch_icon(site),)),
        "years": years,
        "latest": latest,
    }


def _for_crawlers(edition: Edition, entries: Iterable[sitemap.Entry]) -> Iterator[Page]:
    site = edition.site
    yield Page("robots.txt", partial(sitemap.robots, site), source="robots.txt")
    for path, make in sitemap.sitemaps(entries, site).items():
        yield Page(path, make, source="the sitemap")
