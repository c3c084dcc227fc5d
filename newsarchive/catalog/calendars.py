"""Months, years and decades as calendars, in which each square is shaded by its stories."""

import calendar
from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import NamedTuple

from newsarchive.catalog.group import Count
from newsarchive.moment import MONTHS

# The fewest stories of each shade: numbers, so that a story never shades another day anew.
OF_A_DAY = (1, 2, 5, 20, 100)
OF_A_MONTH = (1, 10, 50, 200, 1_000)

_ISO = calendar.Calendar()  # whose weeks begin on Monday


class Square(NamedTuple):
    """A day or a month where it stands in a calendar; one without stories has no page."""

    label: str
    group: Count | None = None
    shade: int = 0


class Month(NamedTuple):
    """A month's weeks from Monday to Sunday, None where a day is another month's."""

    name: str
    group: Count | None
    weeks: tuple[tuple[Square | None, ...], ...]


class Year(NamedTuple):
    """A year's twelve months."""

    group: Count
    months: tuple[Square, ...]


class Decade(NamedTuple):
    """The years of a decade that have stories, the newest first."""

    name: str
    years: tuple[Year, ...]


class Shade(NamedTuple):
    """What a shade stands for: ``2–4``."""

    number: int
    stories: str


def month(count: Count) -> Month:
    """Lay out the days of a month that has stories."""
    year, number = map(int, count.slug.split("-"))
    return _month(year, number, count)


def months(count: Count) -> tuple[Month, ...]:
    """Lay out the days of a year."""
    known = _by_number(count.parts)
    return tuple(_month(int(count.slug), number, known.get(number)) for number in range(1, 13))


def _month(year: int, number: int, count: Count | None) -> Month:
    days = _by_number(count.parts) if count else {}
    weeks = (
        tuple(_square(str(day), days.get(day), OF_A_DAY) if day else None for day in week)
        for week in _ISO.monthdayscalendar(year, number)
    )
    return Month(MONTHS[number - 1], count, tuple(weeks))


def decades(years: Iterable[Count]) -> tuple[Decade, ...]:
    """Lay out the months of years that stand newest first."""
    return tuple(
        Decade(f"{decade}0s", tuple(map(_year, those)))
        for decade, those in groupby(years, key=_decade)
    )


def _decade(year: Count) -> int:
    return int(year.slug) // 10


def _year(count: Count) -> Year:
    known = _by_number(count.parts)
    squares = (
        _square(name[:3], known.get(number), OF_A_MONTH) for number, name in enumerate(MONTHS, 1)
    )
    return Year(count, tuple(squares))


def _by_number(parts: Iterable[Count]) -> dict[int, Count]:
    """Find the months of a year or the days of a month by their number."""
    return {int(part.slug.rpartition("-")[2]): part for part in parts}


def _square(label: str, count: Count | None, scale: tuple[int, ...]) -> Square:
    return Square(label, count, bisect_right(scale, count.stories) if count else 0)


def key(scale: tuple[int, ...]) -> tuple[Shade, ...]:
    """Say in figures what each shade stands for."""
    ends = (f"–{end - 1:,}" if end - 1 > start else "" for start, end in pairwise(scale))
    words = zip(scale, (*ends, " and more"), strict=True)
    return tuple(Shade(number, f"{start:,}{end}") for number, (start, end) in enumerate(words, 1))
