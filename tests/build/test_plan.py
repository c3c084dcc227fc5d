"""Pages that would be one file on some disk."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.build.plan import Clash, Page, clashes

WORD = st.text("abcçé", min_size=1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/index.html", "a/index.html"),
        ("Ferry/index.html", "ferry/index.html"),
        ("STRASSE/index.html", "straße/index.html"),
        (unicodedata.normalize("NFC", "é.html"), unicodedata.normalize("NFD", "é.html")),
        (unicodedata.normalize("NFC", "É.html"), unicodedata.normalize("NFD", "é.html")),
    ],
)
def test_two_paths_that_are_one_file(first: str, second: str) -> None:
    """Paths that differ by case or by the form of their accents clash."""
    pages = [Page(first, source="a.md"), Page("other.html"), Page(second, source="b.md")]
    assert clashes(pages) == [Clash(second, pages[0], pages[2])]


def test_every_clash_is_found() -> None:
    """Each page that comes too late is told, with the first of its path."""
    pages = [Page("a"), Page("b"), Page("A"), Page("B"), Page("a")]
    assert [(clash.first, clash.second) for clash in clashes(pages)] == [
        (pages[0], pages[2]),
        (pages[1], pages[3]),
        (pages[0], pages[4]),
    ]


@given(st.sets(WORD))
def test_paths_that_differ_do_not_clash(paths: set[str]) -> None:
    """Nothing else is a clash."""
    assert clashes(map(Page, paths)) == []


def test_message_names_both_sources() -> None:
    """A clash says whose pages they are, what they want, and the cure."""
    clash = Clash(
        "a/index.html", Page("a/index.html", source="a.md"), Page("a/index.html", template="tags")
    )
    assert str(clash) == (
        "a.md and tags both want to be a/index.html; give one of them another address"
    )
