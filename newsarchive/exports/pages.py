"""Every page of the site, planned: the front, the stories, what stands beside them, the files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from newsarchive.article import markup
from newsarchive.article.article import Article, StandingPage
from newsarchive.build.plan import Page
from newsarchive.catalog import people
from newsarchive.catalog.group import Entry, Group
from newsarchive.exports import feeds, headmeta, lists, pictures, sitemap, structured
from newsarchive.exports.edition import Edition, span
from newsarchive.exports.head import Head, page_head
from newsarchive.moment import Moment

SECONDS = 2  # stories beside the lead on the front
LATEST = 24  # teasers below them
IN_SECTION = 4  # headlines of each section below those


def pages(edition: Edition) -> Iterator[Page]:
    """Plan the whole site; what stands in a page is worked out only when it is rendered."""
    listed = [*_front(edition), *_stories(edition), *lists.pages(edition)]
    yield from (page for page, _ in listed)
    yield from _unlisted(edition)
    yield from lists.redirects(edition)
    yield Page("404.html", "404", partial(_missing_values, edition), source="the page of errors")
    yield from _feeds(edition)
    yield from _for_crawlers(edition, [(_url(page), changed) for page, changed in listed])


Listed = tuple[Page, Moment | None]  # a page that the sitemap names, and when it last changed


def _url(page: Page) -> str:
    return page.path.removesuffix("index.html")


def _front(edition: Edition) -> Iterator[Listed]:
    newest = max((article.changed for article in edition.catalog.articles), default=None)
    yield Page("index.html", "index", partial(_front_values, edition), source="the front"), newest
    for page in edition.standing:
        yield _standing(edition, page), None


def _unlisted(edition: Edition) -> Iterator[Page]:
    """Plan what is on the site although nothing leads there."""
    for article in edition.catalog.unlisted:
        yield _story(edition, article, None, None)
    for page in edition.hidden:
        yield _standing(edition, page)


def _standing(edition: Edition, page: StandingPage) -> Page:
    values = partial(_standing_values, edition, page)
    return Page(page.save_as, page.template, values, source=page.source_path)


def _front_values(edition: Edition) -> Mapping[str, Any]:
    catalog, site = edition.catalog, edition.site
    newest = catalog.articles[: -SECONDS - LATEST - 2 : -1]
    lead = newest[0] if newest else None
    return {
        "head": page_head(
            site.name,
            "",
            site.subtitle,
            edition,
            feed=feeds.feed_of(catalog.archive, site),
            data=(structured.website(site),),
        ),
        "span": span(chain(newest[:1], catalog.articles[:1])),
        "lead": lead,
        "lead_topics": edition.topics_of(lead) if lead else (),
        "lead_section": catalog.section_of[lead.section] if lead else None,
        "seconds": tuple(map(Entry, newest[1 : SECONDS + 1])),
        "latest": tuple(map(Entry, newest[SECONDS + 1 :])),
        "sections": _by_section(edition) if len(catalog.articles) > len(newest) else (),
        "years": tuple(reversed(catalog.years)),
    }


def _by_section(edition: Edition) -> tuple[tuple[Group, tuple[Entry, ...]], ...]:
    """The newest stories of each section in the masthead, where the front cannot hold them all."""
    groups = {group.name: group for group in edition.catalog.sections}
    return tuple(
        (groups[name], groups[name].entries[: -IN_SECTION - 1 : -1])
        for name in edition.site.sections
        if name in groups
    )


def _standing_values(edition: Edition, page: StandingPage) -> Mapping[str, Any]:
    title = f"{page.title} — {edition.site.name}"
    return {"page": page, "head": page_head(title, page.url, page.summary, edition)}


def _missing_values(edition: Edition) -> Mapping[str, Any]:
    catalog, site = edition.catalog, edition.site
    return {
        "head": Head(f"No page at this address — {site.name}", links=(headmeta.touch_icon(site),)),
        "years": tuple(reversed(catalog.years)),
        "latest": tuple(map(Entry, catalog.articles[: -SECONDS - 2 : -1])),
    }


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a story: its headline, and what stands before and after it.

    What the archive supplied stands in square brackets, as in a library's catalogue.
    """

    headline: str
    before: str
    after: str


def _stories(edition: Edition) -> Iterator[Listed]:
    articles = edition.catalog.articles
    later = (*articles[1:], None)
    for article, before, after in zip(articles, (None, *articles), later, strict=False):
        yield _story(edition, article, before, after), article.changed


def _story(
    edition: Edition, article: Article, earlier: Article | None, later: Article | None
) -> Page:
    values = partial(_story_values, edition, article, earlier, later)
    return Page(article.save_as, article.template, values, source=article.source_path)


def _story_values(
    edition: Edition, article: Article, earlier: Article | None, later: Article | None
) -> Mapping[str, Any]:
    catalog = edition.catalog
    byline = [part for part in article.contributions if part.role == "Byline"]
    signed = [part for part in article.contributions if part.role != "Byline"]
    return {
        "head": _story_head(edition, article),
        "article": article,
        "rendition": pictures.rendition(article.picture, edition.site) if article.picture else None,
        "text": markup.anchored(article.html),
        "section": catalog.section_of[article.section],
        "topics": edition.topics_of(article),
        "day_url": "" if article.status == "hidden" else edition.day_url(article),
        "byline": people.runs(_signature(article), byline, catalog.person_of),
        "credits": people.runs(article.credits, signed, catalog.person_of),
        "citation": _citation(edition, article),
        "coins": headmeta.coins(article, edition.site),
        "earlier": earlier,
        "later": later,
    }


def _signature(article: Article) -> str:
    """The byline as sent; of a story that came without one, its authors."""
    if article.byline or article.authors == (article.source,):
        return article.byline
    return ", ".join(article.authors)


def _story_head(edition: Edition, article: Article) -> Head:
    site, topics = edition.site, edition.topics_of(article)
    section = edition.catalog.section_of[article.section]
    trail = edition.trail((section.name, section.url), (article.headline, article.url))
    return Head(
        title=f"{article.headline} — {site.name}",
        links=(
            *headmeta.canonical(article.url, site),
            headmeta.DUBLIN_CORE,
            headmeta.touch_icon(site),
        ),
        metas=headmeta.article_meta(
            article, [topic.name for topic in topics], site, edition.image_of(article)
        ),
        structured=structured.script_text(
            structured.news_article(article, topics, edition.catalog.person_of, site),
            structured.breadcrumbs(trail, site),
        ),
    )


def _citation(edition: Edition, article: Article) -> Citation:
    """Cite as newspapers are cited: authors, headline, source, date, where it is kept."""
    authors = "; ".join(article.authors) or article.source
    before = f"{authors}. " if authors else ""
    source = f"{article.source}, " if article.source and article.source != authors else ""
    where = edition.site.absolute(article.url) if edition.site.address else article.id
    headline = f"[{article.headline}]" if "title" in article.supplied else article.headline
    day = f"[{article.date.day}]" if "date" in article.supplied else article.date.day
    return Citation(headline, before, f". {source}{day}. {edition.site.name}, {where}")


def _feeds(edition: Edition) -> Iterator[Page]:
    for group in lists.followed(edition.catalog):
        feed = feeds.feed_of(group, edition.site)
        for path, make in zip(feeds.paths(feed.base), _FORMATS, strict=True):
            source = f"the feed of {group.name or 'everything'}"
            yield Page(path, content=partial(make, feed), source=source)


_FORMATS = (feeds.atom, feeds.rss, feeds.json_feed)


def _for_crawlers(edition: Edition, entries: Iterable[sitemap.Entry]) -> Iterator[Page]:
    yield Page("robots.txt", content=partial(sitemap.robots, edition.site), source="robots.txt")
    for path, text in sitemap.sitemaps(entries, edition.site).items():
        yield Page(path, content=partial(str, text), source="the sitemap")
