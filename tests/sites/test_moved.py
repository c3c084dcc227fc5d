"""Addresses that stories had: they lead on for good, to the story and to nothing else."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from newsarchive.errors import ContentFaults

Build = Callable[..., Path]

ID = "urn:uuid:00000000-0000-4000-8000-00000000000{}"
HOME = "2024/09/{:02}/{}/index.html"


def post(number: int, slug: str, day: int = 30, more: str = "") -> str:
    """Write a story that stands at ``/2024/09/day/slug/``."""
    lines = [f"Title: Story {number}", f"Date: 2024-09-{day:02}", f"Slug: {slug}"]
    return "\n".join([*lines, f"Id: {ID.format(number)}", more]).strip() + "\n\nIt sailed.\n"


@pytest.fixture
def release(build: Build, tmp_path: Path) -> Build:
    """Build a release after the one before: the stories by their numbers, and nothing else."""

    def released(*posts: str) -> Path:
        for path in (tmp_path / "content").rglob("*.md"):
            path.unlink()
        last = tmp_path / "register.json"
        former = {"NEWSARCHIVE_FORMER": "register.json"} if last.exists() else {}
        files = {f"articles/{number}.md": text for number, text in enumerate(posts)}
        return build(files, NEWSARCHIVE_REGISTER="register.json", **former)

    return released


def leads_to(output: Path, path: str) -> str:
    """Where a page leads on to; nothing if it is another kind of page, or none."""
    if not (output / path).is_file():
        return ""
    text = (output / path).read_text("utf-8")
    refresh = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', text)
    return refresh[1] if refresh else ""


def test_aliases_lead_to_the_story(build: Build) -> None:
    """A former slug leads on from the story's day, a former address from where it was."""
    aliases = "Aliases: older, /2023/1/oldest.html"
    output = build({"articles/a.md": post(1, "new", more=aliases)}, SITEURL="https://example.org")
    for path in (HOME.format(30, "older"), "2023/1/oldest.html"):
        assert leads_to(output, path) == "/2024/09/30/new/"
        text = (output / path).read_text("utf-8")
        assert '<link rel="canonical" href="https://example.org/2024/09/30/new/">' in text
    assert "old" not in (output / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize("status", ["draft", "published\nEmbargo: 9999-01-01"])
def test_no_alias_leads_to_what_is_not_seen(build: Build, status: str) -> None:
    """A story that is not on the site has no address, and none that leads there."""
    more = f"Aliases: older\nStatus: {status}"
    output = build({"articles/a.md": post(1, "new"), "articles/b.md": post(2, "b", more=more)})
    assert not (output / HOME.format(30, "older")).exists()


def test_alias_that_is_another_page(build: Build) -> None:
    """Both are named, every one of them, and nothing is written."""
    files = {
        "articles/a.md": post(1, "a", more="Aliases: b, /tag/ferries/, a"),
        "articles/b.md": post(2, "b", more="Aliases: c, /C/"),
        "articles/c.md": post(3, "d", more="Tags: Ferries\nAliases: c"),
    }
    with pytest.raises(ContentFaults) as error:
        build(files)
    told = [str(fault).rpartition("articles/")[0] and str(fault) for fault in error.value.faults]
    said = [re.sub(r"^.*content/", "", line) for line in told]
    cure = "already; take it out of Aliases"
    assert said == [
        f"articles/a.md:5: /2024/09/30/a/ is the address of articles/a.md {cure}",
        f"articles/a.md:5: /2024/09/30/b/ is the address of articles/b.md {cure}",
        f'articles/a.md:5: /tag/ferries/ is the address of the page of the topic "Ferries" {cure}',
        f"articles/c.md:6: /2024/09/30/c/ is the address of articles/b.md {cure}",
    ]


def test_a_changed_address_leads_on(release: Build) -> None:
    """From what the last release had, through any number of moves, each in one step."""
    release(post(1, "first"))
    release(post(1, "second"))
    output = release(post(1, "third", day=29))
    assert leads_to(output, HOME.format(30, "first")) == "/2024/09/29/third/"
    assert leads_to(output, HOME.format(30, "second")) == "/2024/09/29/third/"
    output = release(post(1, "first"))
    assert leads_to(output, HOME.format(30, "first")) == ""
    assert leads_to(output, HOME.format(30, "second")) == "/2024/09/30/first/"
    assert leads_to(output, HOME.format(29, "third")) == "/2024/09/30/first/"


def test_an_alias_that_was_taken_out_leads_on(release: Build) -> None:
    """An address that was published once is for good."""
    release(post(1, "a", more="Aliases: older"))
    assert leads_to(release(post(1, "a")), HOME.format(30, "older")) == "/2024/09/30/a/"


def test_an_address_that_another_story_has_now(release: Build) -> None:
    """It is the other's for good: when that moves too, the address leads to it."""
    release(post(1, "a"))
    release(post(1, "b"))
    output = release(post(1, "b"), post(2, "a"))
    assert "Story 2" in (output / HOME.format(30, "a")).read_text("utf-8")
    output = release(post(1, "b"), post(2, "c"))
    assert leads_to(output, HOME.format(30, "a")) == "/2024/09/30/c/"


def test_an_alias_comes_before_what_was(release: Build) -> None:
    """Whoever writes an alias knows better than the last release."""
    release(post(1, "a"))
    output = release(post(1, "b"), post(2, "c", more="Aliases: a"))
    assert leads_to(output, HOME.format(30, "a")) == "/2024/09/30/c/"


@pytest.mark.parametrize("status", ["draft", "published\nEmbargo: 9999-01-01"])
def test_what_is_not_seen_any_more(release: Build, status: str) -> None:
    """No former address tells of it; once it is seen again, they all lead there."""
    release(post(1, "a"), post(2, "x"))
    output = release(post(1, "b", more=f"Status: {status}"), post(2, "x"))
    assert not (output / HOME.format(30, "a")).exists()
    release(post(2, "x"))
    assert leads_to(release(post(1, "b")), HOME.format(30, "a")) == "/2024/09/30/b/"


def test_a_withdrawn_story_that_had_moved(release: Build, tmp_path: Path) -> None:
    """There is the same tombstone at every address that it has had."""
    release(post(1, "a", more="Aliases: older"))
    release(post(1, "b"))
    output = release(post(1, "b", more="Status: withdrawn\nWithdrawn: 2024-10-02"))
    places = [HOME.format(30, slug) for slug in ("a", "b", "older")]
    assert len({(output / path).read_bytes() for path in places}) == 1
    assert "2 October 2024" in (output / places[0]).read_text("utf-8")
    found = json.loads((tmp_path / "register.json").read_text("utf-8"))
    assert found["withdrawn"] == dict.fromkeys(places, ID.format(1))
    assert ID.format(1) not in found["pages"].values()
    output = release(post(1, "b"))
    assert leads_to(output, places[0]) == leads_to(output, places[2]) == "/2024/09/30/b/"
