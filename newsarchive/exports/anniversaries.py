"""On this day: the same day in every year of the archive."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from newsarchive.build.plan import Page
from newsarchive.catalog.group import Count, Entry, Group, Key
from newsarchive.exports import structured
from newsarchive.exports.edition import Crumb, Edition, House
from newsarchive.exports.head import page_head
from newsarchive.moment import MONTHS, Moment

MOST = 6  # stories of one year; its day's page has the others
LEAP_YEAR = 2000  # any would do


class Day(NamedTuple):
    """A day of one year, and its newest stories."""

    group: Count
    entries: tuple[Entry, ...]


def crumb(house: House, slug: str) -> Crumb:
    """The name and the address of the page of a day such as ``09-30``."""
    month, day = map(int, slug.split("-"))
    return f"{day} {MONTHS[month - 1]}", f"{house.indexes.anniversaries}{slug}/"


def pages(
    edition: Edition,
    repeated: Mapping[str, tuple[Group, ...]],
    only: Collection[Key] | None = None,
) -> Iterator[tuple[Page, Moment | None]]:
    """Plan the pages of days, ``repeated`` as ``dates.anniversaries`` finds them, and their index.

    Where ``only`` some days are wanted, the pages on which they stand, or stood. Without such a day
    there is no index.
    """
    house = edition.house
    wanted = repeated if only is None else {key[-5:] for key in only if key.startswith("day ")}
    for slug, years in repeated.items():
        if slug not in wanted:
            continue
        days = tuple(Day(year.count, year.entries[: -MOST - 1 : -1]) for year in years)
        name, url = crumb(house, slug)
        values = partial(_values, house, name, url, days)
        page = Page(f"{url}index.html", values, "anniversary", f"the page of {name} in all years")
        yield page, edition.changed(entry.article for year in years for entry in year.entries)
    if repeated:
        path = f"{house.indexes.anniversaries}index.html"
        values = partial(_index_values, house, tuple(repeated))
        yield Page(path, values, "anniversaries", "the index of days in all years"), None


def _values(house: House, name: str, url: str, days: tuple[Day, ...]) -> Mapping[str, Any]:
    trail = house.trail(*_above(house), (name, url))
    description = f"Stories of {name} in {house.site.name}, year by year."
    articles = [entry.article for day in days for entry in day.entries]
    head = page_head(
        f"On this day: {name} — {house.site.name}",
        url,
        description,
        house,
        trail=trail,
        data=(structured.collection_page(name, url, "", house.site, articles=articles),),
    )
    return {"head": head, "trail": trail, "name": name, "days": days}


def _index_values(house: House, repeated: tuple[str, ...]) -> Mapping[str, Any]:
    above = _above(house)
    trail = house.trail(*above)
    description = f"Days of which {house.site.name} has stories of more than one year."
    title = f"On this day — {house.site.name}"
    return {
        "head": page_head(title, house.indexes.anniversaries, description, house, trail=trail),
        "trail": trail,
        "months": tuple(_month(house, number, frozenset(repeated)) for number in range(1, 13)),
    }


def _above(house: House) -> tuple[Crumb, ...]:
    indexes = house.indexes
    return ("Dates", indexes.dates), ("On this day", indexes.anniversaries)


def _month(
    house: House, number: int, repeated: frozenset[str]
) -> tuple[str, tuple[Crumb | None, ...]]:
    """The name of a month, and for each of its days the page, if there is one."""
    _, most = monthrange(LEAP_YEAR, number)
    slugs = (f"{number:02}-{day:02}" for day in range(1, most + 1))
    days = (crumb(house, slug) if slug in repeated else None for slug in slugs)
    return MONTHS[number - 1], tuple(days)
