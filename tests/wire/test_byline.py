"""Bylines name people, each spelled as printed."""

import pytest

from newsarchive.wire import byline
from newsarchive.wire.contribution import Contribution


def people(line: str) -> list[tuple[str, str]]:
    """Give the names and places of a byline."""
    return [(part.name, part.place) for part in byline.parse(line)]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("By Michelle Nichols", [("Michelle Nichols", "")]),
        ("By A and B", [("A", ""), ("B", "")]),
        ("By A, B and C", [("A", ""), ("B", ""), ("C", "")]),
        ("By A, B, and C", [("A", ""), ("B", ""), ("C", "")]),
        ("By A in Seoul and B in New York", [("A", "Seoul"), ("B", "New York")]),
        ("By A and B in Seoul", [("A", "Seoul"), ("B", "Seoul")]),
        ("By A in Austin, Texas, and B", [("A", "Austin, Texas"), ("B", "")]),
        ("By A in Washington, D.C.", [("A", "Washington, D.C.")]),
        ("By Martin Luther King Jr.", [("Martin Luther King Jr.", "")]),
        ("By A B, Jr. and C D III", [("A B, Jr.", ""), ("C D III", "")]),
        ("By Dr. A B", [("Dr. A B", "")]),
        ("BY A B AND C D", [("A B", ""), ("C D", "")]),
        ("By A B, Associated Press Writer", [("A B", "")]),
        ("By A B\nAssociated Press Writer", [("A B", "")]),
        ("By Reuters", [("Reuters", "")]),
        ("By Abby A and Byron B", [("Abby A", ""), ("Byron B", "")]),
        ("Byron B", [("Byron B", "")]),
        ("By \uae40\ucca0\uc218", [("\uae40\ucca0\uc218", "")]),
        ("By A van den B and al-C", [("A van den B", ""), ("al-C", "")]),
        ("", []),
    ],
)
def test_byline(line: str, named: list[tuple[str, str]]) -> None:
    """Everyone named is read, with the place where the line gives one."""
    assert people(line) == named
    assert all(part.role == "Byline" for part in byline.parse(line))


def test_byline_of_the_first_story(story: str) -> None:
    """The first story's byline stands on its first line."""
    line = story.partition("\n")[0]
    assert byline.is_byline(line)
    assert byline.parse(line) == (
        Contribution("Michelle Nichols", "Byline"),
        Contribution("David Brunnstrom", "Byline"),
    )


@pytest.mark.parametrize(
    "line", ["By Michelle Nichols and David Brunnstrom", "BY A B", "By Reuters"]
)
def test_line_is_a_byline(line: str) -> None:
    """A byline opens with By as a word and holds nothing but people."""
    assert byline.is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By",
        "Byron B and Abby A",
        "By Monday the army had taken the town.",
        "By the end of the day, 12 ships had left.",
        "By contrast, Seoul was calm.",
        "Michelle Nichols",
        "By " + "A, " * 100,
    ],
)
def test_line_is_no_byline(line: str) -> None:
    """Prose and bare names are no bylines."""
    assert not byline.is_byline(line)
