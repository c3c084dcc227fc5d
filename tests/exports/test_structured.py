"""Structured data, found in a page by somebody else's reader."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from extruct.jsonld import JsonLdExtractor
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import html

from newsarchive.article.article import Article, Picture
from newsarchive.catalog.group import Person, Topic
from newsarchive.exports.structured import (
    breadcrumbs,
    collection_page,
    news_article,
    script_text,
    website,
)
from newsarchive.moment import Moment
from newsarchive.settings import Site
from newsarchive.wire.contribution import Contribution

STORY_URL = "https://example.org/archive/2024/09/30/north-korea-personal-diplomacy/"


def extracted(*objects: dict[str, Any]) -> list[dict[str, Any]]:
    """The graph that a reader of the page finds."""
    page = f'<script type="application/ld+json">{script_text(*objects)}</script><p id="after">'
    assert html.fromstring(f"<div>{page}</div>").xpath("count(//script)") == 1
    (data,) = JsonLdExtractor().extract(f"<html><body>{page}</body></html>")
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def test_the_story(
    story: Callable[..., Article],
    topics: tuple[Topic, ...],
    people: Mapping[str, Person],
    site: Site,
) -> None:
    """Everything that is known of the story is said, and nothing else."""
    article = story()
    (found,) = extracted(news_article(article, topics, people, {}, site))
    assert found == {
        "@type": "NewsArticle",
        "headline": article.headline,
        "url": STORY_URL,
        "mainEntityOfPage": {"@type": "WebPage", "@id": STORY_URL},
        "identifier": article.id,
        "datePublished": "2024-09-30",
        "author": [
            {
                "@type": "Person",
                "name": "Michelle Nichols",
                "url": "https://example.org/archive/people/michelle-nichols/",
            },
            {"@type": "Person", "name": "David Brunnstrom"},
        ],
        "editor": [{"@type": "Person", "name": "Howard Goller"}],
        "publisher": {"@type": "Organization", "name": "The Archive’s Library"},
        "sourceOrganization": {"@type": "Organization", "name": "Reuters"},
        "copyrightHolder": {"@type": "Organization", "name": "Reuters"},
        "creditText": article.credits,
        "dateline": "UNITED NATIONS (Reuters) –",
        "locationCreated": [{"@type": "Place", "name": "UNITED NATIONS"}],
        "articleSection": "World",
        "keywords": ["North Korea", "U.S. diplomacy"],
        "about": [
            {
                "@type": "Thing",
                "name": "North Korea",
                "url": "https://example.org/archive/tag/north-korea/",
            },
            {
                "@type": "Thing",
                "name": "U.S. diplomacy",
                "url": "https://example.org/archive/tag/us-diplomacy/",
            },
        ],
        "description": article.lead,
        "inLanguage": "en",
        "isAccessibleForFree": True,
    }


def test_times_have_their_offset(
    story: Callable[..., Article], people: Mapping[str, Person], site: Site
) -> None:
    """A story whose time is known says it with its offset from UTC."""
    article = story(
        date=Moment(datetime(2024, 9, 30, 14, 5, tzinfo=timezone(timedelta(hours=-4)))),
        modified=Moment(datetime(2024, 10, 1, 9, 30, tzinfo=UTC)),
    )
    found = news_article(article, (), people, {}, site)
    assert found["datePublished"] == "2024-09-30T14:05:00-04:00"
    assert found["dateModified"] == "2024-10-01T09:30:00+00:00"


def test_a_story_of_which_little_is_known(story: Callable[..., Article], local: Site) -> None:
    """What is not known has no key; addresses start at the root where the site has none."""
    bare = story(
        lead="",
        section="",
        tags=(),
        authors=(),
        credits="",
        contributions=(),
        dateline=None,
        source="",
    )
    found = news_article(bare, (), {}, {}, local)
    assert set(found) == {
        "@type",
        "headline",
        "url",
        "mainEntityOfPage",
        "identifier",
        "datePublished",
        "publisher",
        "inLanguage",
        "isAccessibleForFree",
    }
    assert found["url"] == "/2024/09/30/north-korea-personal-diplomacy/"


@pytest.mark.parametrize("authors", [("Reuters",), ()])
def test_the_agency_is_an_organization(
    story: Callable[..., Article],
    people: Mapping[str, Person],
    site: Site,
    authors: tuple[str, ...],
) -> None:
    """A story by its source, or by nobody named, is an organisation's."""
    found = news_article(story(authors=authors), (), people, {}, site)
    assert found["author"] == [{"@type": "Organization", "name": "Reuters"}]


def test_two_spellings_are_two_people_until_the_archive_says_otherwise(
    story: Callable[..., Article], people: Mapping[str, Person], site: Site
) -> None:
    """The copy's other spelling is kept unless a person's file lists it."""
    unknown = news_article(story(), (), {}, {}, site)
    assert unknown["contributor"] == [{"@type": "Person", "name": "Michelle Nicholls"}]
    assert "contributor" not in news_article(story(), (), people, {}, site)


def test_contributors_and_editors(story: Callable[..., Article], site: Site) -> None:
    """Credits tell those who edited from those who helped; each is named once."""
    credits_ = (
        Contribution("Josh Smith", "Additional reporting", "Seoul"),
        Contribution("Josh Smith", "Writing"),
        Contribution("Howard Goller", "Editing"),
    )
    found = news_article(story(contributions=credits_), (), {}, {}, site)
    assert found["contributor"] == [{"@type": "Person", "name": "Josh Smith"}]
    assert found["editor"] == [{"@type": "Person", "name": "Howard Goller"}]


def test_an_author_may_hold_the_rights(story: Callable[..., Article], site: Site) -> None:
    """Rights that an author kept are a person's."""
    found = news_article(story(rights="David Brunnstrom"), (), {}, {}, site)
    assert found["copyrightHolder"] == {"@type": "Person", "name": "David Brunnstrom"}


def test_a_corrected_version_says_so(story: Callable[..., Article], site: Site) -> None:
    """A note to editors that tells of a correction is one; any other is not."""
    note = "(Corrects spelling in paragraph 3)"
    found = news_article(story(advisory=note), (), {}, {}, site)
    assert found["correction"] == {"@type": "CorrectionComment", "text": note}
    assert "correction" not in news_article(story(advisory="(Adds quote)"), (), {}, {}, site)


def test_where_it_was_first_published(story: Callable[..., Article], site: Site) -> None:
    """What the archive keeps is based on what was published elsewhere."""
    found = news_article(story(source_url="https://news.example/1"), (), {}, {}, site)
    assert found["isBasedOn"] == "https://news.example/1"


def test_a_summary_that_came_with_the_story_is_its_abstract(
    story: Callable[..., Article], site: Site
) -> None:
    """The first paragraph describes a story; only a summary is an abstract."""
    found = news_article(story(summary="Pyongyang will deal with any president."), (), {}, {}, site)
    assert found["abstract"] == found["description"] == "Pyongyang will deal with any president."


def test_the_picture(story: Callable[..., Article], site: Site) -> None:
    """A picture says where it is, what it shows and whose it is."""
    words = ("A hall", "The General Assembly", "Reuters/A. Photographer")
    picture = Picture("images/un.jpg", *words, width=1200, height=800, key="0123456789")
    assert news_article(story(picture=picture), (), {}, {}, site)["image"] == {
        "@type": "ImageObject",
        "url": "https://example.org/archive/pictures/un-01234567-960.jpg",
        "width": 960,
        "height": 640,
        "description": "A hall",
        "caption": "The General Assembly",
        "creditText": "Reuters/A. Photographer",
    }


def test_breadcrumbs(site: Site) -> None:
    """The way from the front, numbered from one."""
    found = breadcrumbs([("The News Archive", ""), ("World", "section/world/")], site)
    assert found["@type"] == "BreadcrumbList"
    assert found["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "The News Archive",
            "item": "https://example.org/archive/",
        },
        {
            "@type": "ListItem",
            "position": 2,
            "name": "World",
            "item": "https://example.org/archive/section/world/",
        },
    ]


def test_a_collection_page(
    story: Callable[..., Article], topics: tuple[Topic, ...], site: Site
) -> None:
    """A topic's page says what it is about, what it lists and what it belongs to."""
    found = collection_page(
        "North Korea", "tag/north-korea/", "", site, about=topics[0], articles=[story()]
    )
    assert found["@type"] == "CollectionPage"
    assert found["about"]["name"] == found["name"] == "North Korea"
    assert found["isPartOf"] == website(site)
    assert found["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": story().headline, "url": STORY_URL}
    ]
    assert "description" not in found
    assert "mainEntity" not in collection_page("2024", "2024/", "", site)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("place", "Place"),
        ("person", "Person"),
        ("organisation", "Organization"),
        ("subject", "Thing"),
    ],
)
def test_what_a_topic_is(
    kind: str, type_: str, story: Callable[..., Article], site: Site, topics: tuple[Topic, ...]
) -> None:
    """Its kind is told in schema.org's words, its identifiers as the addresses they stand for."""
    topic = replace(topics[0], kind=kind, wikidata="Q423", media_topic="20000639")
    for found in (
        news_article(story(), [topic], {}, {}, site)["about"][0],
        collection_page(topic.name, topic.url, "", site, about=topic)["about"],
    ):
        assert found == {
            "@type": type_,
            "name": topic.name,
            "url": f"https://example.org/archive/{topic.url}",
            "sameAs": [
                "https://www.wikidata.org/entity/Q423",
                "http://cv.iptc.org/newscodes/mediatopic/20000639",
            ],
        }


def test_several_objects_are_one_graph(story: Callable[..., Article], site: Site) -> None:
    """A page has one script with all that is said of it."""
    objects = (news_article(story(), (), {}, {}, site), breadcrumbs([("Front", "")], site))
    assert [found["@type"] for found in extracted(*objects)] == ["NewsArticle", "BreadcrumbList"]


def test_script_text_is_safe_in_a_script() -> None:
    """No sign that ends a script, opens a comment or breaks a line stands in it."""
    words = "</script> <!-- ]]> & \u2028 \u2029"
    text = script_text({"name": words})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"] == [{"name": words}]


@settings(max_examples=40)
@given(data=st.data())
def test_hostile_words_arrive_as_they_were(
    data: st.DataObject,
    hostile_stories: SearchStrategy[Article],
    site: Site,
    topics: tuple[Topic, ...],
) -> None:
    """Whatever a story says stays data, and comes out word for word."""
    article = data.draw(hostile_stories)
    words = article.headline
    topic = replace(topics[0], name=words)
    (found,) = extracted(news_article(article, [topic], {}, {}, site))
    for key in ("headline", "description", "articleSection", "creditText", "dateline"):
        assert found[key] == words
    assert found["about"][0]["name"] == found["author"][0]["name"] == found["keywords"][0] == words
