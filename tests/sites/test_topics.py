"""Topics above, below and beside one another, as their pages show them."""

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

from lxml import html

from newsarchive.catalog.pairs import ENOUGH

from .newsroom import Newsroom, story, written

Build = Callable[..., Path]

ARK = "2024/09/30/an-ark-sails/index.html"
FILES = {
    "articles/a.md": story("An ark sails", "2024-09-30", tags="Arks", more="Slug: an-ark-sails"),
    "articles/b.md": story("A ferry sails", "2024-10-01", tags="Ferries, Arks"),
    "articles/c.md": story("The sea rises", "2024-10-02", tags="Sea"),
    "topics/arks.md": "Title: Arks\nBroader: Ships\nRelated: Floods\n\nThey float.\n",
    "topics/ferries.md": "Title: Ferries\nBroader: Ships\n",
    "topics/floods.md": "Title: Floods\n",
    "topics/sea.md": "Title: Sea\nKind: place\nWikidata: Q8\n",
    "topics/ships.md": "Title: Ships\nBroader: Sea\n",
}


def lines(output: Path, slug: str) -> list[str]:
    """What a topic's page says above its stories."""
    page = html.fromstring((output / f"tag/{slug}/index.html").read_text("utf-8"))
    found = page.xpath('//main//p[@class="kicker" or (ancestor::header and not(@class="feeds"))]')
    return [" ".join(line.text_content().split()) for line in found]


def headlines(output: Path, slug: str) -> list[str]:
    """The stories on a topic's page."""
    page = html.fromstring((output / f"tag/{slug}/index.html").read_text("utf-8"))
    return [found.text_content() for found in page.xpath('//*[@class="teaser__headline"]')]


def test_page_of_a_broader_topic(build: Build) -> None:
    """It has all stories of the topics below it, however far, and says how many each has."""
    output = build(FILES)
    assert headlines(output, "ships") == ["A ferry sails", "An ark sails"]
    assert headlines(output, "sea") == ["The sea rises", "A ferry sails", "An ark sails"]
    assert lines(output, "ships") == [
        "Part of Sea",
        "2 stories, 2024.",
        "Narrower: Arks 2; Ferries 1",
    ]
    assert lines(output, "sea") == ["3 stories, 2024.", "Narrower: Ships 2"]
    assert "An ark sails" in (output / "feeds/tag/sea.atom.xml").read_text("utf-8")


def test_pages_of_related_topics(build: Build) -> None:
    """Both name each other, though one file alone says so, and no number."""
    output = build(FILES)
    assert lines(output, "floods") == ["No story yet.", "Related: Arks"]
    assert lines(output, "arks") == [
        "Part of Ships",
        "They float.",
        "2 stories, 2024.",
        "Related: Floods",
    ]


def test_story_names_its_own_topics_alone(build: Build) -> None:
    """What gathers it from above does not stand on its page."""
    page = html.fromstring((build(FILES) / ARK).read_text("utf-8"))
    assert page.xpath('//*[@class="topics"]//a/text()') == ["Arks"]


def test_topic_in_structured_data(build: Build) -> None:
    """What a topic is, and is called elsewhere, machines read on its page and its stories'."""
    output = build(FILES)
    for path in ("tag/sea/index.html", "2024/10/02/the-sea-rises/index.html"):
        assert re.search(
            r'"about":\[?\{"@type":"Place","name":"Sea","url":"/tag/sea/",'
            r'"sameAs":\["https://www.wikidata.org/entity/Q8"\]\}',
            (output / path).read_text("utf-8"),
        )


def test_page_of_two_topics_that_meet_often(build: Build) -> None:
    """It stands below both, says how many stories it has, and has no feed of its own."""
    files = {
        f"articles/{number}.md": story(f"Story {number}", "2024-09-30", tags="Quays, Arks")
        for number in range(ENOUGH)
    }
    output = build(files)
    says = ["Stories about Arks and Quays together.", f"{ENOUGH} stories, 2024."]
    assert lines(output, "arks/quays") == says
    page = (output / "tag/quays/index.html").read_text("utf-8")
    link = f'href="/tag/arks/quays/" aria-label="{ENOUGH} together with Arks">{ENOUGH} together</a>'
    assert link in page
    assert "url=/tag/arks/quays/" in (output / "tag/quays/arks/index.html").read_text("utf-8")
    assert not list((output / "feeds").rglob("*quays/*")) + list((output / "feeds").rglob("arks/*"))
    assert "arks/quays" not in (output / "feeds/index.html").read_text("utf-8")


def test_new_story_of_a_narrower_topic(room: Newsroom) -> None:
    """It touches the newest pages of its topic and those above; none beside it, and no old page."""
    room.say("content/topics/ferries.md", "Broader", "Sea")
    room.say("content/topics/ferries.md", "Related", "Quays")
    room.write("content/topics/sea.md", "Title: Sea\nBroader: Water\n")
    room.write("content/topics/water.md", "Title: Water\n")
    room.build()
    assert (room.output / "tag/water/page/1/index.html").is_file()
    room.write("content/articles/i.md", dedent(story("India sails", "2024-03-04", tags="Boats")))
    room.write("content/articles/j.md", dedent(story("Juliet sails", "2024-03-05", tags="Boats")))
    pages = [page for page in written(room) if page.startswith("tag/")]
    assert pages == [
        "tag/ferries/index.html",
        "tag/ferries/page/2/index.html",  # full now
        "tag/index.html",
        "tag/sea/index.html",
        "tag/sea/page/2/index.html",
        "tag/water/index.html",
        "tag/water/page/2/index.html",
    ]


def test_what_a_topic_is_beside(room: Newsroom) -> None:
    """A topic's place among others is no story's business; what it is, its stories say."""
    room.say("content/topics/ferries.md", "Related", "Quays")
    room.say("content/topics/ferries.md", "Summary", "Whatever crosses.")
    assert not [page for page in written(room) if page.startswith("2024")]
    room.say("content/topics/ferries.md", "Wikidata", "Q7")
    assert "2024/02/01/charlie-sails/index.html" in written(room)
