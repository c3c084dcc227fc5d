"""A list of stories under date heads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from newsarchive.catalog.group import Entry
from newsarchive.moment import MONTHS

CROWDED = 2  # stories a day above which a month splits into days


@dataclass(frozen=True, slots=True)
class Head:
    """The stories of a month, or of a day where the month is crowded, newest first.

    ``date`` is ``2024-09`` or ``2024-09-30``, ``name`` the same in words.
    """

    name: str
    date: str
    entries: tuple[Entry, ...]


def heads(entries: Iterable[Entry]) -> tuple[Head, ...]:
    """Put entries, newest first, under heads.

    A month is crowded when the days it spans in this list, first to last story, hold more than two
    stories each on average; so the heads depend on the listed stories alone.
    """
    return tuple(
        head for _, month in groupby(entries, _month) for head in _month_heads(tuple(month))
    )


def _month(entry: Entry) -> tuple[int, int]:
    date = entry.article.date.value
    return date.year, date.month


def _day(entry: Entry) -> int:
    return entry.article.date.value.day


def _month_heads(entries: tuple[Entry, ...]) -> Iterator[Head]:
    year, month = _month(entries[0])
    name, date = f"{MONTHS[month - 1]} {year}", f"{year:04}-{month:02}"
    span = _day(entries[0]) - _day(entries[-1]) + 1
    if len(entries) <= CROWDED * span:
        yield Head(name, date, entries)
        return
    for day, stories in groupby(entries, _day):
        yield Head(f"{day} {name}", f"{date}-{day:02}", tuple(stories))
