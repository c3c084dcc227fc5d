"""What a topic's file may say of the topic."""

from typing import Any

import pytest

from newsarchive.article import header, metadata
from newsarchive.article.coordinates import Coordinates
from newsarchive.errors import Faults
from newsarchive.settings import Site


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """What a topic's header says below its title, and the faults as an editor reads them."""
    faults = Faults()
    lines, _ = header.split(f"Title: Port Ada\n{text}", "x.md", faults)
    values = metadata.read(lines, "topic", "x.md", Site("The Test"), faults)
    return values, list(map(str, faults.found))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Kind: place", "place"),
        ("Kind: Organisation", "organisation"),
        ("Broader: The coast, Harbours", ("The coast", "Harbours")),
        ("Related: Ferries; Quays, old and new", ("Ferries", "Quays, old and new")),
        ("Media_topic: medtop:20000639", "20000639"),
        ("Media_topic: 20000639", "20000639"),
        ("Media_topic: medtop:11000000", "11000000"),
        ("Wikidata: Q423", "Q423"),
    ],
)
def test_what_is_said_of_a_topic(line: str, value: object) -> None:
    """What it is, which topics lie near, and what others call it."""
    values, faults = read(line)
    assert values[line.partition(":")[0].lower()] == value
    assert faults == []


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("39.03, 125.75", (39.03, 125.75)),
        ("-33.9,18.4", (-33.9, 18.4)),
        ("90, -180", (90, -180)),
    ],
)
def test_where_a_place_is(text: str, point: tuple[float, float]) -> None:
    """Degrees north and east; south and west are below zero."""
    values, faults = read(f"Kind: place\nCoordinates: {text}")
    assert values["coordinates"] == Coordinates(*point)
    assert faults == []


@pytest.mark.parametrize(
    ("line", "problem", "cure"),
    [
        (
            "Kind: town",
            "is not what a topic may be",
            "write one of place, person, organisation, subject",
        ),
        (
            "Wikidata: North Korea",
            "is not an item of Wikidata",
            "write its number, such as Q423",
        ),
        *(
            (
                f"Media_topic: {code}",
                "is not an IPTC Media Topic",
                "write its code, such as medtop:20000639, or leave it out",
            )
            for code in ("639", "medtop:2000063", "subj:11000000", "99000000", "٢٠٠٠٠٦٣٩")
        ),
    ],
)
def test_what_nobody_could_follow(line: str, problem: str, cure: str) -> None:
    """A kind or an identifier of another form is refused, and the right form shown."""
    key, _, value = line.partition(": ")
    assert read(line)[1] == [f'x.md:2: {key} "{value}" {problem}; {cure}']


@pytest.mark.parametrize("text", ["39.03", "39.03 125.75", "39°N, 125°E", "1, 2, 3", "x, y"])
def test_what_is_no_place(text: str) -> None:
    """Coordinates are two numbers."""
    cure = "write latitude and longitude in degrees, such as 39.03, 125.75"
    fault = f'x.md:3: Coordinates "{text}" is no place; {cure}'
    assert read(f"Kind: place\nCoordinates: {text}")[1] == [fault]


@pytest.mark.parametrize("text", ["90.1, 0", "125.75, 39.03", "0, 180.5", "nan, 0", "0, inf"])
def test_what_is_not_on_the_earth(text: str) -> None:
    """Latitude comes first, and ends at the poles."""
    cure = "latitude goes from -90 to 90, longitude from -180 to 180, south and west below 0"
    fault = f'x.md:3: Coordinates "{text}" is not on the earth; {cure}'
    assert read(f"Kind: place\nCoordinates: {text}")[1] == [fault]


@pytest.mark.parametrize("kind", ["", "Kind: person\n"])
def test_coordinates_of_what_is_no_place(kind: str) -> None:
    """Only a place is somewhere."""
    line = 2 + bool(kind)
    problem = "Coordinates are given, but the topic is no place"
    fault = f"x.md:{line}: {problem}; write Kind: place, or take them out"
    assert read(f"{kind}Coordinates: 1, 2")[1] == [fault]
