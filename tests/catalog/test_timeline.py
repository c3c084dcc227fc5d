"""Stories under date heads."""

from collections.abc import Callable

import pytest

from newsarchive.catalog.group import Group
from newsarchive.catalog.timeline import heads

Make = Callable[..., Group]


def table(group: Group) -> list[tuple[str, str, int]]:
    """Each head's name, its date and how many stories it has."""
    found = heads(reversed(group.entries))
    return [(head.name, head.date, len(head.entries)) for head in found]


def test_months(group: Make) -> None:
    """Months stand newest first."""
    dates = ["2023-12-31", "2024-08-01", "2024-08-30", "2024-09-02"]
    assert table(group(dates)) == [
        ("September 2024", "2024-09", 1),
        ("August 2024", "2024-08", 2),
        ("December 2023", "2023-12", 1),
    ]


@pytest.mark.parametrize(
    ("dates", "split"),
    [
        (["2024-09-30"] * 2, False),
        (["2024-09-30"] * 3, True),
        (["2024-09-29", "2024-09-30", "2024-09-30", "2024-09-30"], False),
        (["2024-09-29", "2024-09-30", "2024-09-30", "2024-09-30", "2024-09-30"], True),
        (["2024-09-01", *["2024-09-30"] * 59], False),
        (["2024-09-01", *["2024-09-30"] * 60], True),
    ],
)
def test_crowded_month_splits_into_days(dates: list[str], *, split: bool, group: Make) -> None:
    """More than two stories a day, from the month's first listed to its last, split it."""
    assert (table(group(dates))[0][0] == "30 September 2024") is split


def test_days_of_a_crowded_month(group: Make) -> None:
    """Only the crowded month splits, and days without stories have no head."""
    dates = ["2024-08-01", *["2024-09-05"] * 4, *["2024-09-07"] * 5]
    assert table(group(dates)) == [
        ("7 September 2024", "2024-09-07", 5),
        ("5 September 2024", "2024-09-05", 4),
        ("August 2024", "2024-08", 1),
    ]


def test_no_stories(group: Make) -> None:
    """An empty list has no heads."""
    assert table(group(0)) == []
