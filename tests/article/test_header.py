"""The lines above a post's text."""

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.article import header
from newsarchive.article.header import Value
from newsarchive.errors import Faults

CURE = "write it as Key: value, or put a blank line above the text"

Split = tuple[dict[str, Value], str, list[str]]

LINES = st.lists(st.sampled_from(["Title: a", "Date: b", "    more", "prose", ""]))


def split(text: str) -> Split:
    """What a post splits into, and the faults as an editor reads them."""
    faults = Faults()
    values, body = header.split(dedent(text), "x.md", faults)
    return values, body, list(map(str, faults.found))


def test_keys_and_text() -> None:
    """Keys are taken in lower case, with the line that they stand on; the text begins below."""
    values, body, faults = split("""\
        Title: A ferry sails
        DATE:2024-09-30
        Source_url: https://example.org/a: b

        The ferry sailed.

        It came back.
        """)
    assert values == {
        "title": Value("A ferry sails", 1),
        "date": Value("2024-09-30", 2),
        "source_url": Value("https://example.org/a: b", 3),
    }
    assert body == "The ferry sailed.\n\nIt came back.\n"
    assert faults == []


def test_value_over_several_lines() -> None:
    """A value goes on where the next lines are indented, and its lines stay lines."""
    values, body, faults = split("""\
        Title: A
        Credits: (Reporting by Ada Roe;
            Editing by Bo Doe)
        \t(Writing by Cy Poe)
        Date: 2024-09-30

        Text.
        """)
    assert values["credits"] == Value(
        "(Reporting by Ada Roe;\nEditing by Bo Doe)\n(Writing by Cy Poe)", 2
    )
    assert values["date"].line == 5
    assert body == "Text.\n"
    assert faults == []


def test_key_without_a_value() -> None:
    """An empty value is a value, of no text."""
    values, _, faults = split("Title: A\nSummary:\nTags:  \n\nText.")
    assert values["summary"] == Value("", 2)
    assert values["tags"] == Value("", 3)
    assert faults == []


def test_blank_in_a_line_ends_the_header() -> None:
    """A line of blanks is a blank line."""
    values, body, faults = split("Title: A\n  \nText: not metadata.")
    assert list(values) == ["title"]
    assert body == "Text: not metadata."
    assert faults == []


def test_header_alone() -> None:
    """A post may end with its header."""
    for text in ("Title: A", "Title: A\n", "Title: A\n\n"):
        values, body, faults = split(text)
        assert values == {"title": Value("A", 1)}
        assert body == ""
        assert faults == []


def test_key_twice() -> None:
    """A key that stands twice is a fault on its second line, naming the first."""
    _, _, faults = split("Title: A\nTags: ferries\nTITLE: B\n\nText.")
    assert faults == ["x.md:3: TITLE stands twice, first on line 1; keep one"]


def test_text_straight_under_the_header() -> None:
    """Prose under the last key is a fault, and stays out of the metadata."""
    values, _, faults = split("Title: A\nThe ferry sailed on Monday, carrying 30 passengers.\n")
    assert list(values) == ["title"]
    problem = '"The ferry sailed on Monday, carrying 30 " is not metadata'
    assert faults == [f"x.md:2: {problem}; {CURE}"]


def test_blank_first_line() -> None:
    """A post that opens with a blank line has no metadata, and that is a fault."""
    values, _, faults = split("\nTitle: A\nDate: 2024-09-30\n\nText.")
    assert values == {}
    assert faults == ["x.md:1: the post opens without metadata; begin with Title: and Date: lines"]


def test_empty_file() -> None:
    """An empty file is a fault."""
    assert split("") == (
        {},
        "",
        ["x.md:1: the post opens without metadata; begin with Title: and Date: lines"],
    )


def test_indented_first_line() -> None:
    """There is nothing yet that an indented line could go on with."""
    _, _, faults = split("\tA\n\nText.")
    assert faults[0] == f'x.md:1: "\tA" is not metadata; {CURE}'


@given(LINES)
def test_no_line_vanishes(lines: list[str]) -> None:
    """Where there is no fault, the text is what the lines of the header leave over."""
    values, body, faults = split("\n".join(lines))
    if not faults:
        in_header = sum(value.text.count("\n") + 1 for value in values.values())
        assert not any(line.strip() for line in lines[in_header : in_header + 1])
        assert body.split("\n") == (lines[in_header + 1 :] or [""])
