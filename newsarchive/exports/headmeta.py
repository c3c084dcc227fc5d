"""What a page's head says to machines: Open Graph, Dublin Core, Highwire; and the COinS span.

Zotero takes a story for a newspaper article by ``DC.type``. Open Graph's ``article`` and
Highwire's ``citation_title`` alone make it guess a journal article, and ``citation_journal_title``
makes it sure of one, so that is never given: the publication's name comes from ``DC.source``.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from newsarchive.article.article import Article
from newsarchive.exports.address import address
from newsarchive.exports.authors import authors_of
from newsarchive.exports.card import TOUCH_ICON
from newsarchive.exports.feeds import Feed, paths
from newsarchive.exports.pictures import Image
from newsarchive.settings import Site

NEWSPAPER_ARTICLE = "newspaperArticle"  # Zotero's word
LEAST_LARGE = (300, 157)  # pixels of a picture that is to be shown large


class Meta(NamedTuple):
    """One ``<meta>``: ``attribute`` (``"name"`` or ``"property"``) is where the key stands."""

    attribute: str
    key: str
    content: str


class Link(NamedTuple):
    """One ``<link>``; ``type`` and ``title`` may be empty."""

    rel: str
    href: str
    type: str = ""
    title: str = ""


# What the prefix of ``DC.title`` means; stands in the head of every story.
DUBLIN_CORE = Link("schema.DC", "http://purl.org/dc/elements/1.1/")


def article_meta(
    article: Article, tag_names: Iterable[str], site: Site, image: Image | None = None
) -> tuple[Meta, ...]:
    """All that a story's head says; ``tag_names`` are its topics and tags as readers see them.

    ``image`` is what those who share the page show of it.
    """
    return (
        *_names(("description", article.standfirst)),
        *_names(*(("author", name) for name in authors_of(article))),
        *_open_graph("article", article.headline, article.standfirst, article.url, site),
        *_shown(image, site),
        *_properties(("og:locale", _locale(article.language))),
        *_properties(*_article_properties(article, tag_names)),
        *_names(*_dublin_core(article, site)),
        *_names(*_highwire(article)),
    )


def page_meta(
    title: str, description: str, url: str, site: Site, image: Image | None = None
) -> tuple[Meta, ...]:
    """What the head of any other page says."""
    return (
        *_names(("description", description)),
        *_open_graph("website", title, description, url, site),
        *_shown(image, site),
        *_properties(("og:locale", _locale(site.language))),
    )


def canonical(url: str, site: Site) -> tuple[Link, ...]:
    """The page's one true address; none for a site without an address."""
    return (Link("canonical", address(url, site)),) if site.address else ()


def touch_icon(site: Site) -> Link:
    """The sign of the archive on a telephone's first screen."""
    return Link("apple-touch-icon", site.link(TOUCH_ICON))


def feed_links(feed: Feed) -> tuple[Link, ...]:
    """Where a page's feed is, in each of its formats."""
    files = paths(feed.base)
    return (
        Link("alternate", feed.site.link(files.atom), "application/atom+xml", feed.title),
        Link("alternate", feed.site.link(files.rss), "application/rss+xml", feed.title),
        Link("alternate", feed.site.link(files.json), "application/feed+json", feed.title),
    )


def coins(article: Article, site: Site) -> str:
    """The story as an OpenURL, for the ``title`` of an empty ``<span class="Z3988">``.

    Its tags are left out: Zotero fails on ``rft.subject``, having made no list to put it in.
    """
    url = address(article.url, site) if site.address else ""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", NEWSPAPER_ARTICLE),
        ("rft.title", article.headline),
        *(("rft.creator", name) for name in authors_of(article)),
        ("rft.date", article.date.iso),
        ("rft.source", article.source or site.name),
        ("rft.publisher", site.keeper),
        ("rft.description", article.standfirst),
        ("rft.language", article.language),
        ("rft.rights", article.rights_holder),
        ("rft.identifier", url or article.id),
    ]
    return "&".join(f"{key}={_quoted(value)}" for key, value in fields if value)


@lru_cache(maxsize=1024)  # most fields say the same of many stories
def _quoted(value: str) -> str:
    return value.translate(_QUOTED) if value.isascii() else quote(value, safe="")


_QUOTED = {number: quote(chr(number), safe="") for number in range(128)}


def _names(*rows: tuple[str, str]) -> Iterator[Meta]:
    return (Meta("name", key, content) for key, content in rows if content)


def _properties(*rows: tuple[str, str]) -> Iterator[Meta]:
    return (Meta("property", key, content) for key, content in rows if content)


def _open_graph(kind: str, title: str, description: str, url: str, site: Site) -> Iterator[Meta]:
    yield from _properties(
        ("og:title", title),
        ("og:type", kind),
        ("og:url", address(url, site) if site.address else ""),
        ("og:site_name", site.name),
        ("og:description", description),
    )


def _locale(language: str) -> str:
    """Open Graph's ``en_US`` for ``en-US``; nothing where no region is known, as for ``en``."""
    main, *subtags = language.split("-")
    regions = [tag.upper() for tag in subtags if len(tag) == 2 and tag.isalpha()]  # noqa: PLR2004
    return f"{main.lower()}_{regions[0]}" if regions else ""


def _shown(image: Image | None, site: Site) -> Iterator[Meta]:
    if image is None or not site.address:  # Open Graph knows full addresses only
        yield Meta("name", "twitter:card", "summary")
        return
    yield from _properties(
        ("og:image", address(image.path, site)),
        ("og:image:width", str(image.width)),
        ("og:image:height", str(image.height)),
        ("og:image:alt", image.alternative),
    )
    large = image.width >= LEAST_LARGE[0] and image.height >= LEAST_LARGE[1]
    yield Meta("name", "twitter:card", "summary_large_image" if large else "summary")


def _article_properties(article: Article, tag_names: Iterable[str]) -> list[tuple[str, str]]:
    return [
        ("article:published_time", article.date.iso),
        ("article:modified_time", article.modified.iso if article.modified else ""),
        ("article:section", article.section),
        *(("article:author", name) for name in authors_of(article)),
        *(("article:tag", name) for name in tag_names),
    ]


def _dublin_core(article: Article, site: Site) -> list[tuple[str, str]]:
    return [
        ("DC.title", article.headline),
        *(("DC.creator", name) for name in authors_of(article)),
        ("DC.date", article.date.iso),
        ("DC.type", NEWSPAPER_ARTICLE),
        ("DC.publisher", site.keeper),
        ("DC.source", article.source),
        ("DC.language", article.language),
        ("DC.identifier", article.id),
        ("DC.rights", article.rights_holder),
    ]


def _highwire(article: Article) -> list[tuple[str, str]]:
    return [
        ("citation_title", article.headline),
        *(("citation_author", name) for name in authors_of(article)),
        ("citation_publication_date", article.date.value.date().isoformat().replace("-", "/")),
    ]
