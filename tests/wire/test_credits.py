"""Credits say who did what, in their own words and order."""

import pytest

from newsarchive.wire import credits as sign_off


def parts(line: str) -> list[tuple[str, str, str]]:
    """Give the roles, names and places of a credits line."""
    return [(part.role, part.name, part.place) for part in sign_off.parse(line)]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (
            "(Reporting by A and B; Editing by C)",
            [("Reporting", "A", ""), ("Reporting", "B", ""), ("Editing", "C", "")],
        ),
        (
            (
                "Reporting by A aboard Air Force One and B in Washington; "
                "Additional reporting by C; Writing by D; Editing by E, F and G"
            ),
            [
                ("Reporting", "A", "aboard Air Force One"),
                ("Reporting", "B", "Washington"),
                ("Additional reporting", "C", ""),
                ("Writing", "D", ""),
                ("Editing", "E", ""),
                ("Editing", "F", ""),
                ("Editing", "G", ""),
            ],
        ),
        (
            "Reporting by A Writing by B Editing by C",
            [("Reporting", "A", ""), ("Writing", "B", ""), ("Editing", "C", "")],
        ),
        ("(reporting by A; editing by B)", [("Reporting", "A", ""), ("Editing", "B", "")]),
        ("Reporting by Reuters", [("Reporting", "Reuters", "")]),
        ("Compiled by A", [("Compiled", "A", "")]),
        ("(Reporting and writing by A)", [("Reporting and writing", "A", "")]),
        ("Writing, editing by A", [("Writing, editing", "A", "")]),
        ("ADDITIONAL REPORTING BY A", [("Additional reporting", "A", "")]),
        ("Editing by Howard Goller.", [("Editing", "Howard Goller", "")]),
        (
            (
                "(Reporting by A;\nEditing by B)\nnL3N1234AB\n"
                "Our Standards: The Thomson Reuters Trust Principles."
            ),
            [("Reporting", "A", ""), ("Editing", "B", "")],
        ),
        ("(Reporting by A)\n(Editing by B)", [("Reporting", "A", ""), ("Editing", "B", "")]),
        ("REUTER", []),
        ("", []),
    ],
)
def test_credits(line: str, named: list[tuple[str, str, str]]) -> None:
    """Every form of credits yields its people in order."""
    assert parts(line) == named


def test_credits_keep_the_spelling_of_the_first_story(story: str) -> None:
    """A name spelled otherwise than in the byline stays so."""
    line = story.rpartition("\n")[2]
    assert sign_off.is_credits(line)
    assert parts(line) == [
        ("Reporting", "Michelle Nicholls", ""),
        ("Reporting", "David Brunnstrom", ""),
        ("Editing", "Howard Goller", ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by A; Editing by B)",
        "Reporting by A Editing by B",
        "editing by A",
        "(Reporting by Beijing newsroom; Editing by A)",
    ],
)
def test_line_is_credits(line: str) -> None:
    """A line of roles and people is credits, bracketed or not."""
    assert sign_off.is_credits(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Reporting by Reuters found that the town was empty.",
        "He was reporting by phone.",
        "REUTER",
    ],
)
def test_line_is_no_credits(line: str) -> None:
    """Prose that opens like credits is prose."""
    assert not sign_off.is_credits(line)


@pytest.mark.parametrize(
    "line",
    [
        "REUTER",
        "Reuter",
        "nL3N1234AB",
        "Our Standards: The Thomson Reuters Trust Principles.",
        "((desk@example.org; +44 20 0000 0000))",
    ],
)
def test_line_is_a_sign_off(line: str) -> None:
    """What only ends the copy names nobody."""
    assert sign_off.is_sign_off(line)


def test_prose_is_no_sign_off() -> None:
    """A sentence about the agency is no sign-off."""
    assert not sign_off.is_sign_off("Reuters said so.")


def test_long_runs_of_credit_words_name_nobody_new() -> None:
    """A line of nothing but hazards is read through, and what it names stands in it."""
    for hazard in ("reporting and ", "reporting by ", " ", "A and ", "(", "A in "):
        line = hazard * 20_000
        assert all(part.name in line for part in sign_off.parse(line))
