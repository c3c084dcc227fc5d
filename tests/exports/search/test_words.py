"""One rule for words, in Python and in the browser; tests/browser/search has its half."""

import json
from html import escape
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.exports.search.words import key, plain, words

CASES = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words(text: str, expected: list[str]) -> None:
    """The rule by examples."""
    assert words(text) == [normalize("NFKD", word) for word in expected]


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_is_the_long_one(text: str) -> None:
    """A letter of another script beside it changes nothing."""
    assert words(f"{text} ж") == [*words(text), "ж"]


@given(TEXTS, TEXTS)
def test_a_blank_parts_words(first: str, second: str) -> None:
    """So a query may be cut at its blanks first."""
    assert words(f"{first} {second}") == words(first) + words(second)


@given(TEXTS)
def test_words_of_words_are_themselves(text: str) -> None:
    """A name's words, joined, tell it from others."""
    assert key(key(text)) == key(text)


@given(TEXTS)
def test_no_word_is_a_filter_or_has_a_blank(text: str) -> None:
    """What begins with # is a filter."""
    assert all(word and "#" not in word and word == word.strip() for word in words(text))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It sailed.</p>\n<p>It came.</p>", " It sailed. \n It came. "),
        ("<p>A <em>fer</em>ry &amp; a <a href='/x y/'>qu</a>ay</p>", " A ferry & a quay "),
        ("<p>One<br>two<sup id='x'>1</sup></p>", " One two 1  "),
        ("<p>&lt;AFG&gt;</p>", " <AFG> "),
    ],
)
def test_plain(html: str, text: str) -> None:
    """Marks within a word part nothing, blocks do."""
    assert plain(html) == text


@given(TEXTS)
def test_plain_keeps_what_is_said(text: str) -> None:
    """Whatever is escaped comes back."""
    assert plain(f"<p>{escape(text)}</p>") == f" {text} "
