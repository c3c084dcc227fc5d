"""Every page of the site, planned: the front, the stories, what stands beside them, the files."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from newsarchive.article import markup
from newsarchive.article.article import Article, StandingPage
from newsarchive.build.plan import Page
from newsarchive.build.state import Text
from newsarchive.catalog.addresses import period_address
from newsarchive.catalog.group import Count, Entry, Person, Section, Topic
from newsarchive.catalog.people import runs
from newsarchive.exports import (
    feeds,
    following,
    headers,
    headmeta,
    lists,
    pictures,
    renamed,
    sitemap,
    structured,
    tombstones,
)
from newsarchive.exports.edition import Edition, House, span
from newsarchive.exports.head import Head, page_head
from newsarchive.exports.lists import Listed
from newsarchive.exports.pictures import Image
from newsarchive.settings import Site

SECONDS = 2  # stories beside the lead on the front
LATEST = 24  # teasers below them
IN_SECTION = 4  # headlines of each section below those


def pages(edition: Edition) -> Iterator[Page]:
    """Plan the whole site; what stands in a page is worked out only when it is made."""
    listed = [*_front(edition), *_stories(edition), *lists.pages(edition)]
    yield from (page for page, _ in listed)
    yield from _unlisted(edition)
    yield from (moved.page for moved in renamed.redirects(edition))
    gone = [(article.save_as, article) for article in edition.catalog.withdrawn]
    yield from tombstones.pages(edition, gone)
    yield _missing(edition)
    yield from following.pages(edition)
    yield from _for_crawlers(edition, [(_url(page), changed) for page, changed in listed])
    if edition.site.address:
        yield Page("_headers", partial(headers.listed, edition.site), source="the headers")


def retold(edition: Edition, stories: Collection[str], followed: Collection[str]) -> Iterator[Page]:
    """Plan the pages of some stories, by the paths of their sources, and feeds, by their stems.

    Of the rest of the site none needs to be made again where only those stories' texts changed.
    """
    yield from (page for page, _ in _stories(edition, stories))
    for article in edition.catalog.unlisted:
        if article.source_path in stories:
            yield _story(edition, article, None, None)
    yield from following.pages(edition, followed)


def _url(page: Page) -> str:
    return page.path.removesuffix("index.html")


def _front(edition: Edition) -> Iterator[Listed]:
    catalog = edition.catalog
    newest = catalog.articles[: -SECONDS - LATEST - 2 : -1]
    lead = newest[0] if newest else None
    values = partial(
        _front_values,
        edition.house,
        newest,
        lead=(edition.topics_of(lead), catalog.section_of[lead.section]) if lead else None,
        span=span(chain(newest[:1], catalog.articles[:1])),
        sections=_by_section(edition) if len(catalog.articles) > len(newest) else (),
        years=lists.by_year(catalog),
    )
    yield Page("index.html", values, "index", "the front"), edition.changed(catalog.articles)
    for page in edition.standing:
        yield _standing(edition, page), None


def _unlisted(edition: Edition) -> Iterator[Page]:
    """Plan what is on the site although nothing leads there."""
    for article in edition.catalog.unlisted:
        yield _story(edition, article, None, None)
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


class Citation(NamedTuple):
    """How to cite a story: its headline, and what stands before and after it.

    What the archive supplied stands in square brackets, as in a library's catalogue.
    """

    headline: str
    before: str
    after: str


def _stories(edition: Edition, sources: Collection[str] | None = None) -> Iterator[Listed]:
    articles = edition.catalog.articles
    later = (*articles[1:], None)
    for article, before, after in zip(articles, (None, *articles), later, strict=False):
        if sources is not None and article.source_path not in sources:
            continue
        yield _story(edition, article, before, after), edition.changed((article,))


def _story(
    edition: Edition, article: Article, earlier: Article | None, later: Article | None
) -> Page:
    values = partial(
        _story_values,
        edition.house,
        article,
        edition.texts[article.source_path],
        edition.catalog.section_of[article.section],
        edition.topics_of(article),
        edition.people_of(article),
        edition.image_of(article),
        earlier,
        later,
    )
    return Page(article.save_as, values, article.template, article.source_path)


def _story_values(  # noqa: PLR0913, PLR0917  # all that a story's page is made from
    house: House,
    article: Article,
    text: Text,
    section: Section,
    topics: tuple[Topic, ...],
    named: tuple[tuple[str, Person], ...],
    image: Image | None,
    earlier: Article | None,
    later: Article | None,
) -> Mapping[str, Any]:
    people = dict(named)
    byline = [part for part in article.contributions if part.role == "Byline"]
    signed = [part for part in article.contributions if part.role != "Byline"]
    day = article.date.value
    return {
        "head": partial(_story_head, house, article, section, topics, people, image),
        "article": article,
        "rendition": pictures.rendition(article.picture, house.site) if article.picture else None,
        "text": partial(_anchored, text),
        "section": section,
        "topics": topics,
        "day_url": "" if article.status == "hidden" else period_address(house.indexes.day, day),
        "byline": runs(_signature(article), byline, people),
        "credits": runs(article.credits, signed, people),
        "citation": partial(_citation, house.site, article),
        "coins": partial(headmeta.coins, article, house.site),
        "earlier": earlier,
        "later": later,
    }


def _anchored(text: Text) -> str:
    return markup.anchored(text.text)


def _signature(article: Article) -> str:
    """The byline as sent; of a story that came without one, its authors."""
    if article.byline or article.authors == (article.source,):
        return article.byline
    return ", ".join(article.authors)


def _story_head(  # noqa: PLR0913, PLR0917  # all that a story's head says
    house: House,
    article: Article,
    section: Section,
    topics: tuple[Topic, ...],
    people: Mapping[str, Person],
    image: Image | None,
) -> Head:
    site = house.site
    trail = house.trail((section.name, section.url), (article.headline, article.url))
    return Head(
        title=f"{article.headline} — {site.name}",
        links=(
            *headmeta.canonical(article.url, site),
            headmeta.DUBLIN_CORE,
            headmeta.touch_icon(site),
        ),
        metas=headmeta.article_meta(article, [topic.name for topic in topics], site, image),
        structured=structured.script_text(
            structured.news_article(article, topics, people, site),
            structured.breadcrumbs(trail, site),
        ),
    )


def _citation(site: Site, article: Article) -> Citation:
    """Cite as newspapers are cited: authors, headline, source, date, where it is kept."""
    authors = "; ".join(article.authors) or article.source
    before = f"{authors}. " if authors else ""
    source = f"{article.source}, " if article.source and article.source != authors else ""
    where = site.absolute(article.url) if site.address else article.id
    headline = f"[{article.headline}]" if "title" in article.supplied else article.headline
    day = f"[{article.date.day}]" if "date" in article.supplied else article.date.day
    return Citation(headline, before, f". {source}{day}. {site.name}, {where}")


def _for_crawlers(edition: Edition, entries: Iterable[sitemap.Entry]) -> Iterator[Page]:
    site = edition.site
    yield Page("robots.txt", partial(sitemap.robots, site), source="robots.txt")
    for path, make in sitemap.sitemaps(entries, site).items():
        yield Page(path, make, source="the sitemap")
