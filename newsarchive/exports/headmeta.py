"""What a page's head says to machines: Open Graph, Dublin Core, Highwire; and the COinS span.

Zotero takes a story for a newspaper article by ``DC.type``. Open Graph's ``article`` and
Highwire's ``citation_title`` alone make it guess a journal article, and ``citation_journal_title``
makes it sure of one, so that is never given: the publication's name comes from ``DC.source``.
"""

from collections.abc import Iterable
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


# One ``<meta>``: where its key stands (``"name"`` or ``"property"``), the key, the content.
Meta = tuple[str, str, str]


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
    authors, published, standfirst = authors_of(article), article.date.iso, article.standfirst
    return _said(
        ("name", "description", standfirst),
        *[("name", "author", name) for name in authors],
        *_open_graph("article", article.headline, standfirst, article.url, site),
        *_shown(image, site),
        ("property", "og:locale", _locale(article.language)),
        ("property", "article:published_time", published),
        ("property", "article:modified_time", article.modified.iso if article.modified else ""),
        ("property", "article:section", article.section),
        *[("property", "article:author", name) for name in authors],
        *[("property", "article:tag", name) for name in tag_names],
        ("name", "DC.title", article.headline),
        *[("name", "DC.creator", name) for name in authors],
        ("name", "DC.date", published),
        ("name", "DC.type", NEWSPAPER_ARTICLE),
        ("name", "DC.publisher", site.keeper),
        ("name", "DC.source", article.source),
        ("name", "DC.language", article.language),
        ("name", "DC.identifier", article.id),
        ("name", "DC.rights", article.rights_holder),
        ("name", "citation_title", article.headline),
        *[("name", "citation_author", name) for name in authors],
        ("name", "citation_publication_date", published[:10].replace("-", "/")),
    )


def page_meta(
    title: str, description: str, url: str, site: Site, image: Image | None = None
) -> tuple[Meta, ...]:
    """What the head of any other page says."""
    return _said(
        ("name", "description", description),
        *_open_graph("website", title, description, url, site),
        *_shown(image, site),
        ("property", "og:locale", _locale(site.language)),
    )


def _said(*metas: Meta) -> tuple[Meta, ...]:
    """Leave out those that say nothing."""
    return tuple([meta for meta in metas if meta[2]])


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


def _open_graph(kind: str, title: str, description: str, url: str, site: Site) -> tuple[Meta, ...]:
    return (
        ("property", "og:title", title),
        ("property", "og:type", kind),
        ("property", "og:url", address(url, site) if site.address else ""),
        ("property", "og:site_name", site.name),
        ("property", "og:description", description),
    )


@lru_cache
def _locale(language: str) -> str:
    """Open Graph's ``en_US`` for ``en-US``; nothing where no region is known, as for ``en``."""
    main, *subtags = language.split("-")
    regions = [tag.upper() for tag in subtags if len(tag) == 2 and tag.isalpha()]  # noqa: PLR2004
    return f"{main.lower()}_{regions[0]}" if regions else ""


def _shown(image: Image | None, site: Site) -> tuple[Meta, ...]:
    if image is None or not site.address:  # Open Graph knows full addresses only
        return (("name", "twitter:card", "summary"),)
    large = image.width >= LEAST_LARGE[0] and image.height >= LEAST_LARGE[1]
    return (
        ("property", "og:image", address(image.path, site)),
        ("property", "og:image:width", str(image.width)),
        ("property", "og:image:height", str(image.height)),
        ("property", "og:image:alt", image.alternative),
        ("name", "twitter:card", "summary_large_image" if large else "summary"),
    )
