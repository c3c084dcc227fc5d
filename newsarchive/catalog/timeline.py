"""A list of stories under date heads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from newsarchive.catalog.group import Entry
from newsarchive.moment import MONTHS

CROWDED = 2  # stories a day above which a month splits into days


@dataclass(frozen=True, slots=True)
class Head:
    """The stories of a month, or of a day where the month is crowded, newest first.

    ``date`` is ``2024-09`` or ``2024-09-30``, ``name`` the same in words; ``month`` is ``2024-09``
    where the month begins in the list, else nothing.
    """

    name: str
    date: str
    entries: tuple[Entry, ...]
    month: str = ""


def heads(entries: Iterable[Entry]) -> tuple[Head, ...]:
    """Put entries, newest first, under heads.

    A month is crowded when the days it spans in this list, first to last story, hold more than two
    stories each on average; so the heads depend on the listed stories alone.
    """
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.article.date.value.date(), []).append(entry)
    months: dict[date, list[date]] = {}
    for day in sorted(days, reverse=True):
        months.setdefault(day.replace(day=1), []).append(day)
    return tuple(chain.from_iterable(_of_month(spread, days) for spread in months.values()))


def _of_month(spread: list[date], days: dict[date, list[Entry]]) -> Iterator[Head]:
    """Make one head for a month, or one for each day of ``spread``, its days, newest first."""
    entries = tuple(chain.from_iterable(days[day] for day in spread))
    month = f"{MONTHS[spread[0].month - 1]} {spread[0].year}"
    iso = spread[0].isoformat()[:7]
    if len(entries) <= CROWDED * (spread[0].day - spread[-1].day + 1):
        yield Head(month, iso, entries, iso)
        return
    for day in spread:
        opened = iso if day is spread[0] else ""
        yield Head(f"{day.day} {month}", day.isoformat(), tuple(days[day]), opened)
