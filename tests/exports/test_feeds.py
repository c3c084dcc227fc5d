"""Feeds, read by somebody else's readers."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree

from newsarchive.article.article import Article, Picture
from newsarchive.catalog.group import Entry, Group, Topic
from newsarchive.exports.feeds import Feed, atom, feed_of, json_feed, paths, permanent_id, rss
from newsarchive.moment import Moment
from newsarchive.settings import Site

NAMESPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
AFTERNOON = Moment(datetime(2024, 9, 30, 14, 5, tzinfo=timezone(timedelta(hours=-4))))
CORRECTED = Moment(datetime(2024, 10, 1, 9, 30, tzinfo=UTC))


@pytest.fixture(scope="session")
def feed(story: Callable[..., Article], site: Site) -> Feed:
    """The feed of a topic with one story, which was corrected the day after."""
    return Feed(
        id=permanent_id("topic", "north-korea"),
        title="North Korea — The News Archive",
        url="tag/north-korea/",
        base="tag/north-korea",
        articles=(story(date=AFTERNOON, modified=CORRECTED),),
        site=site,
    )


def xpath(text: str, path: str) -> list[Any]:
    """What an XPath finds in a feed."""
    return etree.fromstring(text.encode()).xpath(path, namespaces=NAMESPACES)


def test_a_feed_has_three_files() -> None:
    """A feed's files share a stem under feeds/."""
    assert paths("tag/north-korea") == (
        "feeds/tag/north-korea.atom.xml",
        "feeds/tag/north-korea.rss.xml",
        "feeds/tag/north-korea.json",
    )


def test_the_id_of_a_feed_is_permanent() -> None:
    """A feed's id comes from its kind and slug alone, and never changes."""
    assert permanent_id("topic", "north-korea") == "urn:uuid:103a0288-3ef0-5e83-8cee-0ebf96a87d2c"
    assert permanent_id("section", "north-korea") != permanent_id("topic", "north-korea")


def test_a_group_becomes_a_feed_of_its_newest_stories(
    story: Callable[..., Article], site: Site, topics: tuple[Topic, ...]
) -> None:
    """Groups stand oldest first, feeds newest first, and no longer than the site says."""
    stories = [story(id=f"urn:uuid:{number}") for number in range(3)]
    group = Group(
        "topic",
        "North Korea",
        "north-korea",
        "tag/north-korea/",
        tuple(map(Entry, stories)),
        (replace(topics[0], summary="News of the DPRK."),),
    )
    feed = feed_of(group, replace(site, feed_items=2))
    assert [article.id for article in feed.articles] == ["urn:uuid:2", "urn:uuid:1"]
    assert feed.title == "North Korea — The News Archive"
    assert feed.base == "tag/north-korea"
    assert feed.description == "News of the DPRK."


def test_the_feed_of_the_whole_archive_bears_its_name(
    story: Callable[..., Article], site: Site
) -> None:
    """The whole archive's feed is called as the site is."""
    feed = feed_of(Group("archive", "", "", "", (Entry(story()),)), site)
    assert (feed.title, feed.base, feed.description) == (site.name, "all", site.subtitle)
    assert feedparser.parse(atom(feed)).feed.link == "https://example.org/archive/"


def test_atom_as_a_reader_reads_it(feed: Feed) -> None:
    """An Atom reader finds everything that the story says of itself."""
    parsed = feedparser.parse(atom(feed))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.id == feed.id
    assert parsed.feed.title == "North Korea — The News Archive"
    assert parsed.feed.author == "The Archive’s Library"
    assert {link.rel: link.href for link in parsed.feed.links} == {
        "alternate": "https://example.org/archive/tag/north-korea/",
        "self": "https://example.org/archive/feeds/tag/north-korea.atom.xml",
    }
    (entry,) = parsed.entries
    article = feed.articles[0]
    assert entry.id == article.id
    assert entry.title == article.headline
    assert entry.link == "https://example.org/archive/2024/09/30/north-korea-personal-diplomacy/"
    assert entry.published == "2024-09-30T14:05:00-04:00"
    assert entry.updated == parsed.feed.updated == "2024-10-01T09:30:00+00:00"
    assert [author.name for author in entry.authors] == ["Michelle Nichols", "David Brunnstrom"]
    assert [tag.term for tag in entry.tags] == ["World", "North Korea", "U.S. diplomacy"]
    assert entry.summary == article.standfirst
    assert entry.summary_detail.type == "text/plain"
    assert entry.content[0].type == "text/html"
    assert entry.content[0].language == "en"
    assert entry.rights == "Reuters"


def test_rss_as_a_reader_reads_it(feed: Feed) -> None:
    """An RSS reader finds the same."""
    parsed = feedparser.parse(rss(feed))
    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert parsed.feed.link == "https://example.org/archive/tag/north-korea/"
    assert parsed.feed.description == feed.title
    assert parsed.feed.language == "en"
    assert parsed.feed.updated == "Tue, 01 Oct 2024 09:30:00 +0000"
    (entry,) = parsed.entries
    article = feed.articles[0]
    assert (entry.id, entry.guidislink) == (article.id, False)
    assert entry.published == "Mon, 30 Sep 2024 14:05:00 -0400"
    assert entry.summary == article.standfirst
    assert entry.content[0].value == article.html
    assert [tag.term for tag in entry.tags] == ["World", "North Korea", "U.S. diplomacy"]


def test_rss_by_its_elements(feed: Feed) -> None:
    """A story has an id that is no link and one creator per author; the feed knows its address."""
    text = rss(feed)
    assert xpath(text, "//guid/@isPermaLink") == ["false"]
    assert xpath(text, "//item/dc:creator/text()") == ["Michelle Nichols", "David Brunnstrom"]
    assert xpath(text, "/rss/channel/a:link[@rel='self']/@href") == [
        "https://example.org/archive/feeds/tag/north-korea.rss.xml"
    ]


def test_json_feed(feed: Feed) -> None:
    """JSON Feed has the keys that its specification requires, with what they are for."""
    text = json_feed(feed)
    document = json.loads(text)
    (item,) = document["items"]
    article = feed.articles[0]
    assert text.endswith("}\n")
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"] == feed.title
    assert document["home_page_url"] == "https://example.org/archive/tag/north-korea/"
    assert document["feed_url"] == "https://example.org/archive/feeds/tag/north-korea.json"
    assert document["language"] == "en"
    assert "description" not in document
    assert item == {
        "id": article.id,
        "url": "https://example.org/archive/2024/09/30/north-korea-personal-diplomacy/",
        "title": article.headline,
        "content_html": article.html,
        "summary": article.standfirst,
        "date_published": "2024-09-30T14:05:00-04:00",
        "date_modified": "2024-10-01T09:30:00Z",
        "authors": [{"name": "Michelle Nichols"}, {"name": "David Brunnstrom"}],
        "tags": ["World", "North Korea", "U.S. diplomacy"],
        "language": "en",
    }


def test_json_feed_of_a_bare_story(feed: Feed, story: Callable[..., Article]) -> None:
    """A story of which little is known has no empty keys, but always its text."""
    bare = story(html="", lead="", section="", tags=(), authors=(), source="")
    (item,) = json.loads(json_feed(replace(feed, articles=(bare,))))["items"]
    assert item["content_html"] == ""
    assert item["date_published"] == "2024-09-30T00:00:00Z"
    assert not {"summary", "authors", "tags", "date_modified", "image"} & set(item)


def test_a_picture_is_the_image_of_its_item(feed: Feed, story: Callable[..., Article]) -> None:
    """JSON Feed has a place for a story's picture."""
    picture = Picture("images/un.jpg", "The hall", width=1200, height=800, key="0123456789")
    pictured = replace(feed, articles=(story(picture=picture),))
    (item,) = json.loads(json_feed(pictured))["items"]
    assert item["image"] == "https://example.org/archive/pictures/un-01234567-960.jpg"


def test_an_unsigned_story_has_its_source_for_author(
    feed: Feed, story: Callable[..., Article]
) -> None:
    """Where nobody signed the story, its source did."""
    unsigned = replace(feed, articles=(story(authors=()),))
    assert xpath(atom(unsigned), "//a:entry/a:author/a:name/text()") == ["Reuters"]
    assert xpath(rss(unsigned), "//dc:creator/text()") == ["Reuters"]


def test_an_empty_feed_knows_no_clock(feed: Feed) -> None:
    """A feed without stories is dated by a fixed day and has the same bytes tomorrow."""
    empty = replace(feed, articles=())
    assert feedparser.parse(atom(empty)).feed.updated == "1970-01-01T00:00:00+00:00"
    assert feedparser.parse(rss(empty)).feed.updated == "Thu, 01 Jan 1970 00:00:00 +0000"
    assert json.loads(json_feed(empty))["items"] == []


def test_links_within_the_site_are_made_whole(feed: Feed, story: Callable[..., Article]) -> None:
    """A reader elsewhere can follow links and see pictures that start at the site's root."""
    text = (
        '<p>See <a href="/archive/tag/seoul/" rel="x">Seoul</a>, <a href="//cdn.example/">a</a>, '
        '<a href="https://a.example/?q=&quot;/">b</a>: <img alt="a > b" src="/archive/i.jpg"></p>'
    )
    content = etree.fromstring(atom(replace(feed, articles=(story(html=text),))).encode())
    assert content.findtext(".//a:content", namespaces=NAMESPACES) == (
        '<p>See <a href="https://example.org/archive/tag/seoul/" rel="x">Seoul</a>, '
        '<a href="//cdn.example/">a</a>, <a href="https://a.example/?q=&quot;/">b</a>: '
        '<img alt="a > b" src="https://example.org/archive/i.jpg"></p>'
    )


def test_markup_that_a_story_quotes_is_no_link(feed: Feed, story: Callable[..., Article]) -> None:
    """Text about a link is text, and stays as it came."""
    text = '<p>He typed &lt;a href="/archive/"&gt; and x src="/archive/y".</p>'
    (item,) = json.loads(json_feed(replace(feed, articles=(story(html=text),))))["items"]
    assert item["content_html"] == text


def test_a_local_site_keeps_its_links(
    feed: Feed, story: Callable[..., Article], local: Site
) -> None:
    """A site without an address has only links within itself."""
    text = '<p><a href="/tag/seoul/">Seoul</a></p>'
    (item,) = json.loads(json_feed(replace(feed, articles=(story(html=text),), site=local)))[
        "items"
    ]
    assert item["content_html"] == text
    assert item["url"] == "/2024/09/30/north-korea-personal-diplomacy/"


def test_addresses_are_uris(feed: Feed, story: Callable[..., Article]) -> None:
    """An address in another script is encoded, as every one of the formats demands."""
    korean = replace(feed, articles=(story(url="2024/09/30/북한/"),))
    encoded = "https://example.org/archive/2024/09/30/%EB%B6%81%ED%95%9C/"
    assert xpath(atom(korean), "//a:entry/a:link/@href") == [encoded]
    assert xpath(rss(korean), "//item/link/text()") == [encoded]
    assert json.loads(json_feed(korean))["items"][0]["url"] == encoded


@settings(max_examples=40)
@given(data=st.data())
def test_hostile_words_arrive_as_they_were(
    data: st.DataObject, feed: Feed, hostile_stories: SearchStrategy[Article]
) -> None:
    """Whatever a story says stands in every format word for word, and breaks none."""
    article = data.draw(hostile_stories)
    words = article.headline
    one = replace(feed, articles=(article,))
    for path in ("title", "summary", "author/a:name", "rights", "category/@term"):
        found = xpath(atom(one), f"//a:entry/a:{path}")
        assert [getattr(node, "text", node) for node in found] == [words]
    for path in ("title", "dc:creator", "category"):
        assert [node.text for node in xpath(rss(one), f"//item/{path}")] == [words]
    (item,) = json.loads(json_feed(one))["items"]
    assert (
        item["title"] == item["summary"] == item["tags"][0] == item["authors"][0]["name"] == words
    )


def test_a_description_in_rss_is_plain_text_for_readers_of_html(
    feed: Feed, story: Callable[..., Article]
) -> None:
    """A company's code in the first sentence is not taken for markup."""
    code = story(lead="Shares of AT&T <T> rose.")
    (entry,) = feedparser.parse(rss(replace(feed, articles=(code,)))).entries
    assert entry.summary == "Shares of AT&amp;T &lt;T&gt; rose."
