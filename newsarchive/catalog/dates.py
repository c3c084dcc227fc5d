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
        url = address("day", day)
        group = Group("day", name, day.isoformat(), url, tuple(entries[day]), label=str(day.day))
        months.setdefault(day.replace(day=1), []).append(group)
    by_year: dict[date, list[Group]] = {}
    for month, days in months.items():
        label = MONTHS[month.month - 1]
        name, slug = f"{label} {month.year}", f"{month:%Y-%m}"
        group = _period("month", name, slug, address("month", month), days, label)
        by_year.setdefault(month.replace(month=1), []).append(group)
    return tuple(
        _period("year", str(year.year), f"{year:%Y}", address("year", year), parts)
        for year, parts in by_year.items()
    )


def _period(  # noqa: PLR0913, PLR0917  # what a group says
    kind: str, name: str, slug: str, url: str, parts: list[Group], label: str = ""
) -> Group:
    entries = tuple(chain.from_iterable(part.entries for part in parts))
    return Group(kind, name, slug, url, entries, parts=tuple(parts), label=label)
