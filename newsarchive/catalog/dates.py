"""Years, months and days, and the stories of each."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from newsarchive.catalog.group import Entry, Group
from newsarchive.moment import MONTHS

Address = Callable[[str, date], str]  # of a period ("year", "month", "day") with a date in it


def years(stories: Iterable[Entry], address: Address) -> tuple[Group, ...]:
    """Group stories, oldest first, by year; a year's parts are its months, theirs its days."""
    entries: dict[date, list[Entry]] = {}
    for entry in stories:
        entries.setdefault(entry.article.date.value.date(), []).append(entry)
    months: dict[date, list[Group]] = {}
    for day in sorted(entries):
        name = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        group = Group("day", name, day.isoformat(), address("day", day), tuple(entries[day]))
        months.setdefault(day.replace(day=1), []).append(group)
    by_year: dict[date, list[Group]] = {}
    for month, days in months.items():
        name = f"{MONTHS[month.month - 1]} {month.year}"
        slug = month.isoformat()[:-3]
        group = _period("month", name, slug, address("month", month), days)
        by_year.setdefault(month.replace(month=1), []).append(group)
    return tuple(
        _period("year", str(year.year), year.isoformat()[:-6], address("year", year), parts)
        for year, parts in by_year.items()
    )


def _period(kind: str, name: str, slug: str, url: str, parts: list[Group]) -> Group:
    entries = tuple(chain.from_iterable(part.entries for part in parts))
    return Group(kind, name, slug, url, entries, parts=tuple(parts))


def anniversaries(years: Iterable[Group]) -> dict[str, tuple[Group, ...]]:
    """The days of which more than one year has stories, as ``09-30``, with those of each year.

    They stand in the order of the calendar, the days of each in that of the years, newest first.
    """
    found: dict[str, list[Group]] = {}
    for year in years:
        for day in chain.from_iterable(month.parts for month in year.parts):
            found.setdefault(day.slug[-5:], []).append(day)
    return {slug: tuple(days[::-1]) for slug, days in sorted(found.items()) if len(days) > 1}
