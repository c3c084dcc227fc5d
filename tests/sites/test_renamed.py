"""Topics that were renamed or merged: every address and feed that they had leads on."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import feedparser
import pytest

from newsarchive import registry

from .newsroom import Newsroom, differences, story, tree

Build = Callable[..., Path]
Release = Callable[[Mapping[str, str]], Path]

BOATS = "Title: Boats\nPairs: Quays\n"
QUAYS = "Title: Quays\n"
STORIES = {
    f"articles/{number}.md": story(f"Story {number}", f"2024-09-0{number}", tags=tags)
    for number, tags in enumerate(("Boats, Quays", "Boats, Quays", "Boats", "Boats", "Tides"), 1)
}
FERRIES = "Title: Ferries\nAliases: Boats\nPairs: Quays\n"
RENAMED = {**STORIES, "topics/ferries.md": FERRIES, "topics/quays.md": QUAYS}
FORMS = ("atom.xml", "rss.xml", "json")


@pytest.fixture
def release(build: Build, tmp_path: Path) -> Release:
    """Build a release after the one before, of these files and no others."""

    def released(files: Mapping[str, str]) -> Path:
        for path in (tmp_path / "content").rglob("*.md"):
            path.unlink()
        register = tmp_path / "register.json"
        former = {"NEWSARCHIVE_FORMER": register.name} if register.exists() else {}
        before = registry.read(register) if former else registry.Register()
        output = build(
            files,
            DEFAULT_PAGINATION=1,
            SITEURL="https://example.org",
            NEWSARCHIVE_REGISTER=register.name,
            **former,
        )
        assert registry.losses(before, registry.read(register)) == registry.Losses([], [])
        return output

    return released


def leads_to(output: Path, path: str) -> str:
    """Where a page leads on to; nothing if it is another kind of page."""
    text = (output / path / "index.html").read_text("utf-8")
    refresh = re.search(r'http-equiv="refresh" content="0; url=/([^"]*)"', text)
    return refresh[1] if refresh else ""


def feed(output: Path, name: str) -> tuple[str, str, list[str]]:
    """What a feed says: its id, its own address, and the ids of its stories."""
    found = feedparser.parse((output / f"feeds/tag/{name}.atom.xml").read_bytes())
    return found.feed.id, found.feed.links[1].href, [entry.id for entry in found.entries]


def test_renamed_topic(release: Release) -> None:
    """Its page, its numbered pages, its pairs either way round: each leads to what it was."""
    release({**STORIES, "topics/boats.md": BOATS, "topics/quays.md": QUAYS})
    output = release(RENAMED)
    for former, now in (
        ("boats/", "ferries/"),
        ("boats/page/2/", "ferries/page/2/"),
        ("boats/quays/", "ferries/quays/"),
        ("boats/quays/page/1/", "ferries/quays/page/1/"),
        ("quays/boats/", "ferries/quays/"),
        ("quays/ferries/", "ferries/quays/"),
    ):
        assert leads_to(output, f"tag/{former}") == f"tag/{now}"
    again = release(RENAMED)
    assert leads_to(again, "tag/boats/page/2/") == "tag/ferries/page/2/"


def test_feeds_of_a_renamed_topic_go_on(release: Release) -> None:
    """Where readers ask for them, under the id that they had, with the new address in them."""
    before = release({**STORIES, "topics/boats.md": BOATS, "topics/quays.md": QUAYS})
    ids = {name: feed(before, name)[0] for name in ("boats", "boats/quays")}
    release(RENAMED)
    output = release(RENAMED)
    for former, now in (("boats", "ferries"), ("boats/quays", "ferries/quays")):
        _, there, stories = feed(output, now)
        assert feed(output, former) == (ids[former], there, stories)
        assert there == f"https://example.org/feeds/tag/{now}.atom.xml"
        assert all((output / f"feeds/tag/{former}.{form}").is_file() for form in FORMS)
        told = [
            json.loads((output / f"feeds/tag/{name}.json").read_text("utf-8"))
            for name in (former, now)
        ]
        assert told[0] == told[1]


def test_merged_topics(release: Release) -> None:
    """One takes in the other: its pages are numbered anew, so old numbers lead to the newest."""
    release({**STORIES, "topics/boats.md": BOATS, "topics/quays.md": QUAYS})
    merged = {**STORIES, "topics/quays.md": "Title: Quays\nAliases: Boats\n"}
    output = release(merged)
    for former in ("boats/", "boats/page/1/", "boats/quays/", "quays/boats/"):
        assert leads_to(output, f"tag/{former}") == "tag/quays/"
    assert feed(output, "boats")[2] == feed(output, "boats/quays")[2] == feed(output, "quays")[2]
    assert leads_to(release(merged), "tag/boats/page/1/") == "tag/quays/"


def test_renamed_twice_and_the_alias_taken_out(release: Release) -> None:
    """What earlier releases led on, later ones do, straight to where it is."""
    release({**STORIES, "topics/boats.md": BOATS, "topics/quays.md": QUAYS})
    release(RENAMED)
    stories = {name: text.replace("Boats", "Ferries") for name, text in STORIES.items()}
    ships = "Title: Ships\nAliases: Ferries\nPairs: Quays\n"
    last = {**stories, "topics/ships.md": ships, "topics/quays.md": QUAYS}
    output = release(last)
    output = release({name: text.replace("Ferries", "Ships") for name, text in last.items()})
    for former in ("boats/", "ferries/"):
        assert leads_to(output, f"tag/{former}") == "tag/ships/"
    assert leads_to(output, "tag/boats/page/1/") == "tag/ships/page/1/"
    assert leads_to(output, "tag/quays/boats/") == "tag/quays/ships/"
    assert feed(output, "boats")[2] == feed(output, "ferries")[2] == feed(output, "ships")[2]


def test_pair_that_nobody_asks_for_any_more(release: Release) -> None:
    """Its page leads to the first of the two topics, and so does its feed."""
    release({**STORIES, "topics/boats.md": BOATS, "topics/quays.md": QUAYS})
    output = release({**STORIES, "topics/boats.md": "Title: Boats\n", "topics/quays.md": QUAYS})
    assert leads_to(output, "tag/boats/quays/") == "tag/boats/"
    assert feed(output, "boats/quays")[2] == feed(output, "boats")[2]


def test_address_that_a_topic_has_again(release: Release) -> None:
    """A page comes before what was."""
    release({**STORIES, "topics/boats.md": BOATS, "topics/quays.md": QUAYS})
    release(RENAMED)
    again = {**RENAMED, "topics/ferries.md": "Title: Ferries\nPairs: Quays\n"}
    output = release(again)
    assert leads_to(output, "tag/boats/") == ""
    assert feed(output, "boats")[1] == "https://example.org/feeds/tag/boats.atom.xml"


def test_text_edited_of_a_story_in_a_feed_that_goes_on(room: Newsroom) -> None:
    """The feed has the new text at both of its addresses."""
    room.settings["NEWSARCHIVE_REGISTER"] = "register.json"
    room.build()
    room.settings["NEWSARCHIVE_FORMER"] = "former.json"
    room.write("former.json", room.read("register.json"))
    (room.content / "topics/quays.md").rename(room.content / "topics/piers.md")
    room.write("content/topics/piers.md", "Title: Piers\nAliases: Quays\n")
    room.say("content/topics/ferries.md", "Pairs", "Piers")
    room.build()
    room.write(
        "content/articles/2024/02/d.md", f"{room.read('content/articles/2024/02/d.md')} And sank.\n"
    )
    room.build()
    assert "And sank." in (room.output / "feeds/tag/quays.json").read_text("utf-8")
    assert differences(tree(room.output), tree(room.build_cold())) == []
