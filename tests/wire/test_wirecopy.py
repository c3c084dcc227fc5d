"""Copy comes apart in document order, and nothing of it is lost."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.wire import wirecopy
from newsarchive.wire.wirecopy import WireCopy, control_characters, decode


def read(text: str) -> WireCopy:
    """Read copy that is indented as the test is."""
    return wirecopy.read(dedent(text))


def test_first_story(story: str) -> None:
    """Its byline, dateline, paragraphs and credits make up the copy again."""
    copy = wirecopy.read(story)
    paragraphs = "\n".join(copy.paragraphs)
    assert f"{copy.byline}\n{copy.dateline} {paragraphs}\n{copy.credits}" == story
    assert copy.dateline == "UNITED NATIONS (Reuters) \u2013"
    assert len(copy.paragraphs) == 12
    assert (copy.slugline, copy.headline, copy.advisory) == ("", "", "")


def test_every_part() -> None:
    """Each part stands where it belongs."""
    assert read("""\
        USA-NORTHKOREA/

        Pyongyang dismisses talks

        (Corrects spelling of name in paragraph 3)

        By A and B

        SEOUL, Dec 13 (Reuters) - North Korea dismissed
        talks on Monday.

            It said so twice.

        (Reporting by A and B;
        Editing by C)

        nL3N1234AB
    """) == WireCopy(
        slugline="USA-NORTHKOREA/",
        headline="Pyongyang dismisses talks",
        advisory="(Corrects spelling of name in paragraph 3)",
        byline="By A and B",
        dateline="SEOUL, Dec 13 (Reuters) -",
        paragraphs=("North Korea dismissed\ntalks on Monday.", "It said so twice."),
        credits="(Reporting by A and B;\nEditing by C)\nnL3N1234AB",
    )


def test_copy_without_blank_lines() -> None:
    """Each line is a paragraph; a part may still be told by what it is."""
    copy = read("""\
        Pyongyang dismisses talks
        By A
        Associated Press Writer
        SEOUL (AP) -- One.
        Two.
        Editing by C
    """)
    assert copy.headline == "Pyongyang dismisses talks"
    assert copy.byline == "By A\nAssociated Press Writer"
    assert copy.paragraphs == ("One.", "Two.")
    assert copy.credits == "Editing by C"


def test_long_lines_are_paragraphs_in_spite_of_blank_lines() -> None:
    """A blank line below the headline does not join paragraphs that nobody wrapped."""
    long = "The text goes on. " * 8
    copy = wirecopy.read(f"Headline\n\nBy A\nSEOUL (AP) - {long}\n{long}\n")
    assert copy.paragraphs == (long.strip(), long.strip())


def test_part_out_of_order_stays_in_the_text() -> None:
    """A byline below the first paragraph is a paragraph."""
    copy = read("""\
        It began on Monday and went on for days and days.

        It went on.

        By A

        SEOUL (AP) - It ended.
    """)
    assert copy == WireCopy(
        paragraphs=(
            "It began on Monday and went on for days and days.",
            "It went on.",
            "By A",
            "SEOUL (AP) - It ended.",
        )
    )


def test_credits_amid_the_text_stay_there() -> None:
    """Only what ends the copy is credits."""
    assert read("One.\n(Reporting by A)\nTwo.").paragraphs == ("One.", "(Reporting by A)", "Two.")


@pytest.mark.parametrize("gap", ["", "  ", "\n"])
def test_odd_gap_keeps_the_dateline_in_the_text(gap: str) -> None:
    """What could not be put together again is not taken apart."""
    copy = wirecopy.read(f"SEOUL (Reuters) -{gap}One.\n\nTwo.")
    assert copy.dateline == "SEOUL (Reuters) -"
    assert copy.paragraphs == (f"SEOUL (Reuters) -{gap}One.", "Two.")


def test_wire_headers() -> None:
    """Header lines of several agencies are sluglines."""
    for line in ("USA-NORTHKOREA/ (UPDATE 2)", "BC-keyword,", "u f BC-COCOA-REVIEW   02-26 0105"):
        assert wirecopy.read(f"{line}\nBy A\nText.").slugline == line


def test_wrapped_last_paragraph_gives_up_its_credits() -> None:
    """Credits need no blank line above them."""
    copy = read("""\
        One.

        Two goes
        on.
        (Editing by C)
    """)
    assert copy.paragraphs == ("One.", "Two goes\non.")
    assert copy.credits == "(Editing by C)"


def test_empty_copy() -> None:
    """Nothing comes of nothing."""
    assert wirecopy.read("\n \n") == WireCopy()


LINES = st.sampled_from(
    [
        *("", "", "  ", "USA-NORTHKOREA/", "BC-keyword,", "Headline", "(Adds quote)", "By A and B"),
        *("SEOUL (Reuters) - One.", "SEOUL (Reuters) -Two.", "    Three,", "four.", "REUTER"),
        *("Associated Press Writer", "(Editing by C)", "Editing by", "C)", "nL3N1234AB", "x " * 60),
    ]
)


@given(st.lists(LINES).map("\n".join))
def test_nothing_is_lost_or_moved(text: str) -> None:
    """The parts hold every word of the copy, in its order."""
    copy = wirecopy.read(text)
    first = "\n".join(copy.paragraphs[:1])
    leader = "" if first.startswith(copy.dateline) else copy.dateline
    parts = (copy.slugline, copy.headline, copy.advisory, copy.byline, leader, *copy.paragraphs)
    assert " ".join((*parts, copy.credits)).split() == text.split()


@pytest.mark.parametrize(
    "data",
    [
        "\u201cYes\u201d \u2013 caf\u00e9".encode(),
        "\ufeff\u201cYes\u201d \u2013 caf\u00e9".encode(),
        "\u201cYes\u201d \u2013 caf\u00e9".encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    """UTF-8 with and without mark and Windows-1252 give the same text."""
    assert decode(data) == "\u201cYes\u201d \u2013 caf\u00e9"


def test_bytes_that_windows_lacks_are_latin() -> None:
    """A byte that Windows-1252 leaves open makes the copy Latin-1."""
    assert decode(b"caf\xe9 \x81") == "caf\u00e9 \x81"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends(end: bytes) -> None:
    """Every kind of line end becomes LF."""
    assert decode(b"One." + end + b"Two." + end) == "One.\nTwo.\n"


def test_control_characters_have_lines() -> None:
    """Each is listed with its line; tabs and newlines are none."""
    assert control_characters("a\tb\nc\0\n\x02") == ((2, "\0"), (3, "\x02"))
