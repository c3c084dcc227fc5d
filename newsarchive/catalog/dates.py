"""Years, months and days, and the stories of each."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain

from newsarchive.catalog.group import Entries, Group, Listed
from newsarchive.catalog.roll import Roll
from newsarchive.moment import MONTHS

Address = Callable[[str, date], str]  # of a period ("year", "month", "day") with a date in it


def years(stories: Listed, roll: Roll, address: Address) -> tuple[Group, ...]:
    """Group stories by year; a year's parts are its months, theirs its days."""
    places: dict[date, list[int]] = {}
    for place, moment in enumerate(roll.dates[: roll.listed]):
        places.setdefault(moment.value.date(), []).append(place)
    months: dict[date, list[Group]] = {}
    for day in sorted(places):
        name = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        entries = Entries(stories, [places[day]])
        group = Group("day", name, day.isoformat(), address("day", day), entries)
        months.setdefault(day.replace(day=1), []).append(group)
    by_year: dict[date, list[Group]] = {}
    for month, days in months.items():
        name = f"{MONTHS[month.month - 1]} {month.year}"
        entries = _together(stories, days)
        url = address("month", month)
        group = Group("month", name, month.isoformat()[:-3], url, entries, parts=tuple(days))
        by_year.setdefault(month.replace(month=1), []).append(group)
    return tuple(
        Group(
            "year",
            str(year.year),
            year.isoformat()[:-6],
            address("year", year),
            _together(stories, parts),
            parts=tuple(parts),
        )
        for year, parts in by_year.items()
    )


def _together(stories: Listed, parts: Iterable[Group]) -> Entries:
    """The stories of some periods, which stand by their days, whatever the hour elsewhere."""
    return Entries(stories, [[*chain.from_iterable(part.entries.places for part in parts)]])


def anniversaries(years: Iterable[Group]) -> dict[str, tuple[Group, ...]]:
    """The days of which more than one year has stories, as ``09-30``, with those of each year.

    They stand in the order of the calendar, the days of each in that of the years, newest first.
    """
    found: dict[str, list[Group]] = {}
    for year in years:
        for day in chain.from_iterable(month.parts for month in year.parts):
            found.setdefault(day.slug[-5:], []).append(day)
    return {slug: tuple(days[::-1]) for slug, days in sorted(found.items()) if len(days) > 1}
