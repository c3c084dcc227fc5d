"""A header in YAML, between lines of three hyphens."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from newsarchive.article import header
from newsarchive.article.header import Value
from newsarchive.errors import ContentFaults, Faults

Build = Callable[..., Path]
NOT_YAML = "the metadata is not YAML ({}); put the value in quotes, or correct it"
NOT_PLAIN = "the metadata is no plain key with its value; write Key: value, a list of texts at most"

Split = tuple[dict[str, Value], str, list[str]]


def split(text: str) -> Split:
    """What a post splits into, and the faults as an editor reads them."""
    faults = Faults()
    values, body = header.split(dedent(text), "x.md", faults)
    return values, body, list(map(str, faults.found))


def test_quotes_lists_and_lines() -> None:
    """Quotes are not part of a value, a list is names, and each key knows its line."""
    values, body, faults = split("""\
        ---
        title: "A ferry: 'sails'"
        # A comment.
        Date: 2024-09-30
        tags: [North Korea, 'Washington, D.C.']
        authors:
          - Ada Roe
          - Bo Doe
        Credits: |
          (Reporting by Ada Roe)
          (Editing by Bo Doe)
        Summary:
        ---

        The ferry sailed.

        ---
        """)
    assert values == {
        "title": Value("A ferry: 'sails'", 2),
        "date": Value("2024-09-30", 4),
        "tags": Value("North Korea; Washington, D.C.;", 5, listed=True),
        "authors": Value("Ada Roe; Bo Doe;", 6, listed=True),
        "credits": Value("(Reporting by Ada Roe)\n(Editing by Bo Doe)", 9),
        "summary": Value("", 12),
    }
    assert body == "The ferry sailed.\n\n---\n"
    assert faults == []


@pytest.mark.parametrize("word", ["yes", "2024", "1e3", "0x10", "2024-09-30 14:05", "Null"])
def test_values_stay_as_they_were_written(word: str) -> None:
    """No value becomes a truth, a number or a date on its way."""
    values, _, faults = split(f"---\nTitle: {word}\n---\nText.")
    assert values == {"title": Value(word, 2)}
    assert faults == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Title: A", "x.md:1: the metadata between --- has no end; close it with a line of ---"),
        (
            "Title: A\nSummary: In short: yes\n---\n",
            f"x.md:3: {NOT_YAML.format('mapping values are not allowed in this context')}",
        ),
        (
            'Title: A\nSummary: "In short\nDate: 2024\n---\n',
            f"x.md:3: {NOT_YAML.format('found unexpected end of stream')}",
        ),
        ("Title: A\ntitle: B\n---\n", "x.md:3: title stands twice, first on line 2; keep one"),
        *(
            (f"Title: A\n{line}\n---\n", f"x.md:3: {NOT_PLAIN}")
            for line in (
                "Tags: {a: b}",
                "Tags: [[a]]",
                "Tags: [a;b]",
                "? [a]",
                "Tags: &a [b, *a]",
                "Tags: *a",
            )
        ),
    ],
)
def test_what_is_not_understood(text: str, fault: str) -> None:
    """A header that is more or less than keys and values is a fault on its line."""
    assert split(f"---\n{text}")[2] == [fault]


def test_empty_header() -> None:
    """Between two fences there may be nothing."""
    assert split("---\n---\nText.") == ({}, "Text.", [])


def test_text_behind_the_header_is_all_of_it() -> None:
    """One blank line may stand above the text; the rest is the text."""
    assert split("---\nTitle: A\n---\nText.")[1] == "Text."
    assert split("---\nTitle: A\n---\n\n\nText.")[1] == "\nText."


def test_page_of_a_post_in_yaml(build: Build) -> None:
    """Its page shows a title without quotes, and a topic for each name in the list."""
    post = """\
        ---
        title: "A ferry: it sails"
        date: 2024-09-30
        slug: ferry
        tags: [Ferries, "Washington, D.C."]
        ---

        The ferry sailed.
        """
    output = build({"articles/a.md": post})
    page = (output / "2024/09/30/ferry/index.html").read_text("utf-8")
    assert "A ferry: it sails</h1>" in page
    assert sorted(path.name for path in (output / "tag").iterdir()) == [
        "ferries",
        "index.html",
        "washington-dc",
    ]


def test_faults_of_a_post_in_yaml(build: Build) -> None:
    """Its keys are as strict as any, and a value that may not be a list is none."""
    post = "---\ntitle: [A, B]\ndate: Friday\nmood: calm\n---\n\nText."
    with pytest.raises(ContentFaults) as error:
        build({"articles/a.md": post})
    found = [(fault.line, fault.problem.partition(";")[0]) for fault in error.value.faults]
    assert found == [
        (2, "Title is a list"),
        (3, 'Date "Friday" is not a date of the archive'),
        (4, '"mood" is not a metadata key'),
    ]
