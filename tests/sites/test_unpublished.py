"""Drafts, embargoed stories, withdrawn ones and hidden ones."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exports.search import reading as index

Build = Callable[..., Path]

CANARY = "canary"  # in every word of a story that must not be seen
GOOD = """\
    Title: A ferry sails
    Date: 2024-09-30
    Category: World

    The ferry sailed.
    """
UNSEEN = """\
    Title: canary one
    Date: 2024-10-01
    Category: Canary section
    Tags: Canary topic
    Byline: By Canary Roe
    Summary: canary summary
    Credits: (Editing by Canary Doe)
    Status: published

    A canary sang.
    """
LIVE = {"SITEURL": "https://example.org"}


def seen(output: Path, word: str) -> list[str]:
    """The files whose name or contents, packed or not, have a word, whatever its case."""
    return [
        str(path.relative_to(output))
        for path in sorted(output.rglob("*"))
        if word in str(path.relative_to(output)).lower()
        or (path.is_file() and word.encode() in unpacked(path).lower())
    ]


def unpacked(path: Path) -> bytes:
    """What a file says, decompressed where it is packed."""
    if path.suffix == ".idx":
        return index.said(path).encode()
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


@pytest.mark.parametrize("settings", [{}, LIVE])
def test_draft_is_in_no_output(build: Build, settings: dict[str, str]) -> None:
    """Not one byte of a draft is written, neither its words nor the names of its groups."""
    output = build(
        {"articles/a.md": GOOD, "articles/b.md": UNSEEN.replace("published", "draft")}, **settings
    )
    assert seen(output, CANARY) == []
    assert seen(output, "ferry")


@pytest.mark.parametrize("settings", [{}, LIVE])
@pytest.mark.parametrize("date", ["9999-12-31", "9999-12-30T23:59-05:00"])
@pytest.mark.parametrize("status", ["published", "hidden"])
def test_embargoed_story_is_in_no_output(
    build: Build, settings: dict[str, str], date: str, status: str
) -> None:
    """Nor is one byte of a story that is dated ahead, whatever its status."""
    embargoed = UNSEEN.replace("2024-10-01", date).replace("published", status)
    output = build({"articles/a.md": GOOD, "articles/b.md": embargoed}, **settings)
    assert seen(output, CANARY) == []
    assert seen(output, "9999") == []


def test_draft_of_a_page(build: Build) -> None:
    """A page that is a draft is in no output either."""
    output = build({"articles/a.md": GOOD, "pages/b.md": "Title: canary\nStatus: draft\n\ncanary"})
    assert seen(output, CANARY) == []


def test_hidden_story_has_a_page_and_stands_in_no_list(build: Build) -> None:
    """A hidden story can be read by whoever knows its address; nothing leads there."""
    hidden = "Title: canary two\nDate: 2024-09-30\nCategory: World\nStatus: hidden\n\nHush."
    output = build({"articles/a.md": GOOD, "articles/b.md": hidden})
    page = Path("2024/09/30/canary-two")
    assert seen(output, CANARY) == [str(page), str(page / "index.html")]
    assert "hush" not in index.said(output / "search/1.idx")
    assert "Hush." in (output / page / "index.html").read_text("utf-8")


def test_hidden_page(build: Build) -> None:
    """A hidden page is there, and no other page leads to it."""
    output = build({"articles/a.md": GOOD, "pages/b.md": "Title: canary\nStatus: hidden\n\nHush."})
    assert seen(output, CANARY) == ["canary", "canary/index.html"]
