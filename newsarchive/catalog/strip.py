"""The strip: when a group was news, month by month or year by year, at a glance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from newsarchive.catalog.listing import page_of
from newsarchive.moment import MONTHS, Moment

SHADES = 5
MONTHLY = 15  # years, above which a row has the years of a decade, not the months of a year


@dataclass(frozen=True, slots=True)
class Cell:
    """A month or a year: how many stories it has, and where the newest of them are listed.

    ``shade`` is 1 to 5, by the busiest cell; 0 where there is no story, and then no ``url``.
    """

    name: str
    stories: int = 0
    shade: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The months of a year, or the years of a decade."""

    name: str
    cells: tuple[Cell, ...]


def strip(url: str, months: Sequence[int], per_page: int) -> tuple[Row, ...]:
    """Lay out the stories of the group at an address by time; nothing, where all are of one month.

    ``months`` are those of the stories, oldest first, as ``month_of`` counts them.
    """
    if len({*months}) <= 1:
        return ()
    monthly = (max(months) - min(months)) // 12 < MONTHLY
    times = months if monthly else [month // 12 for month in months]
    counts = Counter(times)
    newest = dict(zip(times, range(len(times)), strict=True))  # the last story of each, by place
    busiest = max(counts.values())
    cells = {
        time: Cell(
            _name(time, monthly=monthly),
            count,
            ceil(SHADES * sqrt(count / busiest)),
            _listed(url, newest[time], months, per_page),
        )
        for time, count in counts.items()
    }
    per_row = 12 if monthly else 10
    return tuple(
        Row(
            str(start // 12) if monthly else f"{start}s",
            tuple(
                cells.get(time) or Cell(_name(time, monthly=monthly))
                for time in range(start, start + per_row)
            ),
        )
        for start in range(min(counts) // per_row * per_row, max(counts) + 1, per_row)
    )


def month_of(date: Moment) -> int:
    """The month of a story's date, counted from the year 0."""
    return date.value.year * 12 + date.value.month - 1


def _name(time: int, *, monthly: bool) -> str:
    return f"{MONTHS[time % 12]} {time // 12}" if monthly else str(time)


def _listed(url: str, place: int, months: Sequence[int], per_page: int) -> str:
    """Where on a group's pages the month begins that the story in a place is of."""
    year, month = divmod(months[place], 12)
    return f"{page_of(url, place, len(months), per_page)}#{year:04}-{month + 1:02}"
