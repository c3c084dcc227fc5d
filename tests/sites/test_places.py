"""The pages of places, from the dateline to the map."""

import json
from collections.abc import Callable
from pathlib import Path

from lxml import html

from .newsroom import Newsroom, differences, tree, written

Build = Callable[..., Path]


def post(number: int, dateline: str, more: str = "") -> str:
    """Write a story filed from somewhere."""
    lines = [f"Title: Story {number}", f"Date: 2024-09-{number:02}", f"Slug: s{number}"]
    return "\n".join([*lines, f"Dateline: {dateline}", more]).strip() + "\n\nIt sailed.\n"


LONDON = "Title: London\nKind: place\nAliases: LDN\nCoordinates: 51.5, -0.13\n\nA *city*.\n"
FILES = {
    "articles/1.md": post(1, "LONDON (Reuters) -"),
    "articles/2.md": post(2, "LDN/GARY, Ind. (Reuters) -", "Tags: London"),
    "topics/london.md": LONDON,
}


def page(output: Path, url: str) -> html.HtmlElement:
    """Read a page."""
    return html.fromstring((output / url / "index.html").read_text("utf-8"))


def test_from_the_story_to_the_place_and_back(build: Build) -> None:
    """The story's facts lead to the places, in prose; the dateline in its text stays as sent."""
    output = build(FILES)
    story = page(output, "2024/09/02/s2")
    links = story.xpath('//section[@aria-labelledby="places"]//a')
    assert {link.text: link.get("href") for link in links} == {
        "London": "/places/london/",
        "Gary, Indiana": "/places/gary-indiana/",
    }
    assert "LDN/GARY, Ind. (Reuters) -" in story.xpath('string(//*[@class="article__text"])')
    london = page(output, "places/london")
    assert london.xpath('//*[@class="teaser__headline"]/a/@href') == [
        *("/2024/09/02/s2/", "/2024/09/01/s1/")
    ]


def test_place_and_topic_lead_to_one_another(build: Build) -> None:
    """What is filed from a place and what is about it are two pages."""
    output = build(FILES)
    assert "/tag/london/" in page(output, "places/london").xpath("//main//a/@href")
    assert "/places/london/" in page(output, "tag/london").xpath("//main//a/@href")


def test_index_and_map(build: Build) -> None:
    """Every place is in the list, those with coordinates on the map besides."""
    index = page(build(FILES), "places")
    names = index.xpath('//*[@class="names"]//a')
    assert [link.text for link in names] == ["Gary, Indiana", "London"]
    (link,) = index.xpath('//*[@class="map"]//a')
    assert (link.get("href"), link.get("aria-label")) == ("/places/london/", "London, 2 stories")


def test_a_place_on_the_map(build: Build) -> None:
    """Its page shows where it is, if that is known."""
    output = build(FILES)
    (drawing,) = page(output, "places/london").xpath("//svg")
    assert drawing.get("aria-label") == "London on the map"
    assert page(output, "places/gary-indiana").xpath("//svg") == []


def test_no_coordinates_no_map(build: Build) -> None:
    """There is then no map, nor a word of one."""
    index = page(build({"articles/1.md": post(1, "LONDON (Reuters) -")}), "places")
    assert index.xpath("//svg") == []
    assert "map" not in index.xpath("string(//main)")
    assert page(build({"articles/1.md": post(1, "")}), "places").xpath('//*[@class="names"]') == []


def test_structured_data_names_the_place_as_sent(build: Build) -> None:
    """And says where its page is."""
    story = page(build(FILES, SITEURL="https://example.org"), "2024/09/01/s1")
    graph = json.loads(story.xpath('string(//script[@type="application/ld+json"])'))["@graph"]
    assert graph[0]["locationCreated"] == [
        {"@type": "Place", "name": "LONDON", "url": "https://example.org/places/london/"}
    ]


def test_former_names_lead_on(build: Build) -> None:
    """Where a place would stand under an alias of its topic file, one is led to its page."""
    text = (build(FILES) / "places/ldn/index.html").read_text("utf-8")
    assert 'http-equiv="refresh" content="0; url=/places/london/"' in text


def test_feeds_of_a_place_with_a_file(build: Build) -> None:
    """It can be followed; a place that is but named in datelines cannot."""
    output = build(FILES)
    assert (output / "feeds/places/london.atom.xml").is_file()
    assert not (output / "feeds/places/gary-indiana.atom.xml").exists()
    rows = page(output, "feeds").xpath('//*[@class="feedlist__name"]')
    assert "London" in [row.text for row in rows]


def test_a_story_touches_its_own_place(room: Newsroom) -> None:
    """Another place's page stays; the index, which counts, does not."""
    for number, place in enumerate(("LONDON", "PARIS"), 1):
        room.write(f"content/articles/p{number}.md", post(number, f"{place} (Reuters) -"))
    room.build()
    room.epoch += 400 * 86_400
    room.build()
    room.write("content/articles/p3.md", post(3, "PARIS (Reuters) -"))
    pages = [path for path in written(room) if path.startswith("places")]
    assert pages == ["places/index.html", "places/paris/index.html"]


def test_text_of_a_story_whose_place_an_older_one_spells_otherwise(room: Newsroom) -> None:
    """What is told of few stories is called as all of them would have it called."""
    room.write("content/articles/p1.md", post(1, "DeKalb, Ill. (Reuters) -"))
    room.write("content/articles/p2.md", post(2, "DEKALB, Ill. (Reuters) -"))
    topic = "Title: Dekalb, IL\nKind: place\nAliases: DeKalb Illinois\n\nA town.\n"
    room.write("content/topics/dekalb.md", topic)
    room.epoch += 400 * 86_400
    room.build()
    room.write("content/articles/p2.md", post(2, "DEKALB, Ill. (Reuters) -") + "\n\nIt rang.\n")
    room.build()
    assert differences(tree(room.output), tree(room.build_cold())) == []
