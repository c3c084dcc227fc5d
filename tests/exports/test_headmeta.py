"""What a page's head says, read by somebody else's readers."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from urllib.parse import parse_qs, parse_qsl

import pytest
from extruct.dublincore import DublinCoreExtractor
from extruct.opengraph import OpenGraphExtractor
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import html

from newsarchive.article.article import Article
from newsarchive.exports.feeds import Feed
from newsarchive.exports.headmeta import (
    DUBLIN_CORE,
    Link,
    Meta,
    article_meta,
    canonical,
    coins,
    feed_links,
    page_meta,
    touch_icon,
)
from newsarchive.exports.pictures import Image
from newsarchive.moment import Moment
from newsarchive.settings import Site

STORY_URL = "https://example.org/archive/2024/09/30/north-korea-personal-diplomacy/"
TAGS = ("North Korea", "U.S. diplomacy")


def page(metas: Iterable[Meta]) -> str:
    """A page with these in its head, as a template writes it."""
    rows = [
        f'<meta {attribute}="{key}" content="{escape(content)}">'
        for attribute, key, content in metas
    ]
    link = f'<link rel="{DUBLIN_CORE.rel}" href="{DUBLIN_CORE.href}">'
    return f"<!doctype html><html><head>{link}{''.join(rows)}</head><body><p>x</body></html>"


def values(metas: Iterable[Meta], key: str) -> list[str]:
    """What is said under a key, in order."""
    return [content for _, other, content in metas if other == key]


def test_open_graph_of_a_story(story: Callable[..., Article], site: Site) -> None:
    """Open Graph's readers find the story and each of its authors and tags."""
    article = story(modified=Moment(datetime(2024, 10, 1, 9, 30, tzinfo=UTC)))
    (found,) = OpenGraphExtractor().extract(page(article_meta(article, TAGS, site)))
    assert found["properties"] == [
        ("og:title", article.headline),
        ("og:type", "article"),
        ("og:url", STORY_URL),
        ("og:site_name", "The News Archive"),
        ("og:description", article.lead),
        ("article:published_time", "2024-09-30"),
        ("article:modified_time", "2024-10-01T09:30:00+00:00"),
        ("article:section", "World"),
        ("article:author", "Michelle Nichols"),
        ("article:author", "David Brunnstrom"),
        ("article:tag", "North Korea"),
        ("article:tag", "U.S. diplomacy"),
    ]


def test_dublin_core_of_a_story(story: Callable[..., Article], site: Site) -> None:
    """Dublin Core's readers find the story, by the schema that the head links to."""
    article = story()
    (found,) = DublinCoreExtractor().extract(page(article_meta(article, TAGS, site)))
    assert found["namespaces"] == {"DC": "http://purl.org/dc/elements/1.1/"}
    assert [(row["name"], row["content"]) for row in found["elements"]] == [
        ("description", article.lead),
        ("DC.title", article.headline),
        ("DC.creator", "Michelle Nichols"),
        ("DC.creator", "David Brunnstrom"),
        ("DC.date", "2024-09-30"),
        ("DC.type", "newspaperArticle"),
        ("DC.publisher", "The Archive’s Library"),
        ("DC.source", "Reuters"),
        ("DC.language", "en"),
        ("DC.identifier", article.id),
        ("DC.rights", "Reuters"),
    ]


def test_highwire_and_plain_names(story: Callable[..., Article], site: Site) -> None:
    """Reference managers find title, authors and date, and no journal."""
    metas = article_meta(story(), TAGS, site)
    assert values(metas, "citation_title") == [story().headline]
    assert values(metas, "citation_author") == ["Michelle Nichols", "David Brunnstrom"]
    assert values(metas, "citation_publication_date") == ["2024/09/30"]
    assert values(metas, "citation_journal_title") == []
    assert values(metas, "author") == ["Michelle Nichols", "David Brunnstrom"]
    assert values(metas, "description") == [story().lead]
    assert values(metas, "twitter:card") == ["summary"]


def test_names_and_properties_are_told_apart(story: Callable[..., Article], site: Site) -> None:
    """Open Graph stands in ``property``, everything else in ``name``."""
    for attribute, key, _ in article_meta(story(), TAGS, site):
        open_graph = key.startswith(("og:", "article:"))
        assert attribute == ("property" if open_graph else "name")


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", []),
        ("en-US", ["en_US"]),
        ("pt-br", ["pt_BR"]),
        ("zh-Hant-TW", ["zh_TW"]),
        ("es-419", []),
    ],
)
def test_a_locale_needs_a_region(
    story: Callable[..., Article], site: Site, language: str, locale: list[str]
) -> None:
    """Open Graph's locale is a language and a territory; no territory is guessed."""
    assert values(article_meta(story(language=language), (), site), "og:locale") == locale
    about = page_meta("About", "", "about/", replace(site, language=language))
    assert values(about, "og:locale") == locale


def test_a_story_of_which_little_is_known(story: Callable[..., Article], local: Site) -> None:
    """Nothing is said with empty words."""
    bare = story(lead="", section="", authors=(), source="")
    metas = article_meta(bare, (), local)
    assert all(content for _, _, content in metas)
    assert {key for _, key, _ in metas} == {
        "og:title",
        "og:type",
        "og:site_name",
        "twitter:card",
        "article:published_time",
        "DC.title",
        "DC.date",
        "DC.type",
        "DC.publisher",
        "DC.language",
        "DC.identifier",
        "citation_title",
        "citation_publication_date",
    }


def test_full_addresses_only(story: Callable[..., Article], site: Site, local: Site) -> None:
    """A site without an address names none; relative ones would mean nothing elsewhere."""
    image = Image("pictures/un.jpg", 960, 640, "A hall")
    whole, bare = (article_meta(story(), (), where, image) for where in (site, local))
    assert values(whole, "og:image") == ["https://example.org/archive/pictures/un.jpg"]
    assert values(bare, "twitter:card") == ["summary"]
    assert not [meta for meta in bare if meta[1].startswith(("og:url", "og:image"))]
    assert canonical("tag/seoul/", site) == (
        Link("canonical", "https://example.org/archive/tag/seoul/"),
    )
    assert canonical("tag/seoul/", local) == ()


@pytest.mark.parametrize(
    ("width", "height", "shown"),
    [(1200, 630, "summary_large_image"), (300, 157, "summary_large_image"), (299, 400, "summary")],
)
def test_picture_where_a_page_is_shared(site: Site, width: int, height: int, shown: str) -> None:
    """A page is shared with a picture, its size and what it shows; large where it is large."""
    metas = page_meta("About", "", "about/", site, Image("a b.png", width, height, "A hall"))
    assert values(metas, "og:image") == ["https://example.org/archive/a%20b.png"]
    assert values(metas, "og:image:width") == [str(width)]
    assert values(metas, "og:image:height") == [str(height)]
    assert values(metas, "og:image:alt") == ["A hall"]
    assert values(metas, "twitter:card") == [shown]


def test_touch_icon(site: Site) -> None:
    """The icon is linked from below the site's own path."""
    assert touch_icon(site) == Link("apple-touch-icon", "/archive/theme/touch-icon.png")


def test_any_other_page(site: Site) -> None:
    """A page that is no story is a part of the website."""
    metas = page_meta("About the archive", "Who keeps it.", "about/", site)
    (found,) = OpenGraphExtractor().extract(page(metas))
    assert dict(found["properties"]) == {
        "og:title": "About the archive",
        "og:type": "website",
        "og:url": "https://example.org/archive/about/",
        "og:site_name": "The News Archive",
        "og:description": "Who keeps it.",
    }


def test_a_page_names_its_feeds(site: Site) -> None:
    """Each format of a feed is linked by its type, within the site."""
    links = feed_links(Feed("urn:uuid:1", "World", "section/world/", "section/world", (), site))
    assert [(link.rel, link.href, link.type, link.title) for link in links] == [
        ("alternate", "/archive/feeds/section/world.atom.xml", "application/atom+xml", "World"),
        ("alternate", "/archive/feeds/section/world.rss.xml", "application/rss+xml", "World"),
        ("alternate", "/archive/feeds/section/world.json", "application/feed+json", "World"),
    ]


def test_coins(story: Callable[..., Article], site: Site, local: Site) -> None:
    """The OpenURL says newspaper article, and all that a citation needs."""
    article = story()
    value = coins(article, site)
    assert parse_qs(value, strict_parsing=True) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["newspaperArticle"],
        "rft.title": [article.headline],
        "rft.creator": ["Michelle Nichols", "David Brunnstrom"],
        "rft.date": ["2024-09-30"],
        "rft.source": ["Reuters"],
        "rft.publisher": ["The Archive’s Library"],
        "rft.description": [article.lead],
        "rft.language": ["en"],
        "rft.rights": ["Reuters"],
        "rft.identifier": [STORY_URL],
    }
    assert parse_qs(coins(article, local))["rft.identifier"] == [article.id]


@settings(max_examples=40)
@given(data=st.data())
def test_hostile_words_arrive_as_they_were(
    data: st.DataObject, hostile_stories: SearchStrategy[Article], site: Site
) -> None:
    """Whatever a story says comes out of head and span word for word."""
    article = data.draw(hostile_stories)
    words = article.headline
    metas = article_meta(article, (words,), site)
    read = html.fromstring(page(metas)).xpath("//meta/@content")
    assert read == [content for _, _, content in metas]
    spoken = dict(parse_qsl(coins(article, site), strict_parsing=True))
    assert spoken["rft.title"] == spoken["rft.creator"] == spoken["rft.description"] == words
