"""Names that may be one, but for a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from newsarchive.catalog import spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S. diplomacy", "US diplomacy"),
        ("Nuclear weapons", "nuclear-weapons"),
        ("Sanctions", "Sanctons"),
        ("Sanctions", "Sanctiions"),
        ("Sanctions", "Sanctoins"),
        ("Sanctions", "Sanktions"),
        ("Harbour", "Harbor"),
        ("Orbán", "Orban"),
    ],
)
def test_near(one: str, other: str) -> None:
    """Case, accents, punctuation and one letter may be a slip."""
    assert spelling.near([one, other, "Weather"]) == {one: [other], other: [one]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Election 2020", "Election 2024"),
        ("Iran", "Iraq"),
        ("EU", "UK"),
        ("Sanctions", "Sections"),
        ("Ferries", "Ferry"),
        ("!!!", "…"),
    ],
)
def test_far(one: str, other: str) -> None:
    """Years, short names and two letters are told apart."""
    assert spelling.near([one, other]) == {}


@given(some.lists(some.text("abé.", min_size=1, max_size=7), max_size=12))
def test_near_either_way(names: list[str]) -> None:
    """What is near a name has it near itself; nothing is near itself."""
    found = spelling.near(names)
    for name, alike in found.items():
        assert alike
        assert name not in alike
        assert all(name in found[other] for other in alike)
