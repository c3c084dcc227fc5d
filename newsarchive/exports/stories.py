"""The pages of stories."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from newsarchive.article import markup
from newsarchive.article.article import Article
from newsarchive.build.plan import Page
from newsarchive.build.state import Text
from newsarchive.catalog.addresses import period_address
from newsarchive.catalog.group import Person, Place, Section, Topic
from newsarchive.catalog.people import runs
from newsarchive.catalog.thread import Reason, Thread
from newsarchive.exports import headmeta, pictures, structured
from newsarchive.exports.edition import Edition, House
from newsarchive.exports.head import Head
from newsarchive.exports.lists import Listed
from newsarchive.exports.pictures import Image
from newsarchive.settings import Site


class Citation(NamedTuple):
    """How to cite a story: its headline, and what stands before and after it.

    What the archive supplied stands in square brackets, as in a library's catalogue.
    """

    headline: str
    before: str
    after: str


def pages(edition: Edition, places: Iterable[int] | None = None) -> Iterator[Listed]:
    """Plan the pages of all stories in the lists, or of those in some places among all."""
    articles, threads = edition.catalog.articles, edition.catalog.threads
    last = len(articles) - 1
    for place in range(len(articles)) if places is None else places:
        article = articles[place]
        earlier = articles[place - 1] if place else None
        later = articles[place + 1] if place < last else None
        page = _page(edition, article, earlier, later, threads.of(place, articles))
        yield page, edition.changed((article,))


def hidden(edition: Edition, article: Article) -> Page:
    """Plan the page of a story in no list."""
    return _page(edition, article)


def _page(
    edition: Edition,
    article: Article,
    earlier: Article | None = None,
    later: Article | None = None,
    thread: Thread[Article] | None = None,
) -> Page:
    values = partial(
        _values,
        edition.house,
        article,
        edition.texts[article.source_path],
        edition.catalog.section_of[article.section],
        edition.topics_of(article),
        edition.people_of(article),
        edition.places_of(article),
        edition.image_of(article),
        earlier,
        later,
        *(thread.flat if thread else ()),
    )
    return Page(article.save_as, values, article.template, article.source_path)


def _values(  # noqa: PLR0913, PLR0917  # all that a story's page is made from
    house: House,
    article: Article,
    text: Text,
    section: Section,
    topics: tuple[Topic, ...],
    named: tuple[tuple[str, Person], ...],
    filed: tuple[tuple[str, Place], ...],
    image: Image | None,
    earlier: Article | None,
    later: Article | None,
    *thread: Article | Reason | None,
) -> Mapping[str, Any]:
    people = dict(named)
    byline = [part for part in article.contributions if part.role == "Byline"]
    signed = [part for part in article.contributions if part.role != "Byline"]
    day = article.date.value.date()
    return {
        "head": partial(_head, house, article, section, topics, people, dict(filed), image),
        "article": article,
        "rendition": pictures.rendition(article.picture, house.site) if article.picture else None,
        "text": partial(_anchored, text),
        "section": section,
        "topics": topics,
        "places": tuple({place.slug: place for _, place in filed}.values()),
        "day_url": "" if article.status == "hidden" else period_address(house.indexes.day, day),
        "byline": runs(_signature(article), byline, people),
        "credits": runs(article.credits, signed, people),
        "citation": partial(_citation, house.site, article),
        "coins": partial(headmeta.coins, article, house.site),
        "earlier": earlier,
        "later": later,
        "thread": Thread.unfolded(thread) if thread else None,
    }


def _anchored(text: Text) -> str:
    return markup.anchored(text.text)


def _signature(article: Article) -> str:
    """The byline as sent; of a story that came without one, its authors."""
    if article.byline or article.authors == (article.source,):
        return article.byline
    return ", ".join(article.authors)


def _head(  # noqa: PLR0913, PLR0917  # all that a story's head says
    house: House,
    article: Article,
    section: Section,
    topics: tuple[Topic, ...],
    people: Mapping[str, Person],
    places: Mapping[str, Place],
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
            structured.news_article(article, topics, people, places, site),
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
