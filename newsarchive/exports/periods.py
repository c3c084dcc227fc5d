"""The pages of years, months and days, of a day in all years, and the index of dates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from newsarchive.build.plan import Page
from newsarchive.catalog import calendars, dates
from newsarchive.catalog.calendars import OF_A_DAY, OF_A_MONTH
from newsarchive.catalog.group import Count, Group, Key
from newsarchive.catalog.listing import Listing, listings
from newsarchive.exports import anniversaries, lists
from newsarchive.exports.edition import Crumb, Edition, House
from newsarchive.exports.lists import Listed


class Around(NamedTuple):
    """Where a period's newest page leads: to those before and after, to the day in other years."""

    earlier: Crumb | None = None
    later: Crumb | None = None
    anniversary: Crumb | None = None


def pages(edition: Edition, only: Mapping[Key, int] | None = None) -> Iterator[Listed]:
    """Plan all pages of dates, each with when it last changed.

    Where ``only`` some periods are wanted, it has the first of the full pages of each.
    """
    years, house = edition.catalog.years, edition.house
    above: dict[str, tuple[Crumb, ...]] = {"": (("Dates", house.indexes.dates),)}
    for period, around in surroundings(edition):
        path = above[period.slug.rpartition("-")[0]]
        above[period.slug] = (*path, (period.name, period.url))
        if only is None or period.key in only:
            first = (only or {}).get(period.key, 1)
            yield from _period(edition, period, first, path, around)
    repeated = dates.anniversaries(years)
    yield from anniversaries.pages(edition, repeated, only)
    values = partial(_index_values, house, _by_month(years), bool(repeated))
    yield Page(f"{house.indexes.dates}index.html", values, "archives", "the index of dates"), None


def surroundings(edition: Edition) -> Iterator[tuple[Group, Around]]:
    """All years, then months, then days, and where each leads."""
    years = edition.catalog.years
    months = tuple(chain.from_iterable(year.parts for year in years))
    days = tuple(chain.from_iterable(month.parts for month in months))
    repeated = dates.anniversaries(years)
    for periods in (years, months, days):
        crumbs = [(period.name, period.url) for period in periods]
        rows = zip(periods, (None, *crumbs), (*crumbs[1:], None), strict=False)
        for period, earlier, later in rows:
            slug = period.slug[-5:] if period.kind == "day" else ""
            anniversary = anniversaries.crumb(edition.house, slug) if slug in repeated else None
            yield period, Around(earlier, later, anniversary)


def _period(
    edition: Edition, group: Group, first: int, above: tuple[Crumb, ...], around: Around
) -> Iterator[Listed]:
    """Plan a period's pages; a year or a month of too many stories for one shows its days alone."""
    heading, per_page = group.heading, edition.site.per_page
    if group.parts and len(group.entries) >= 2 * per_page:
        pages: Iterable[Listing] = [Listing(group.url, (), group.url, total=len(group.entries))]
    else:
        pages = listings(group, per_page, first)
    for listing in pages:
        values = partial(
            _values,
            edition.house,
            heading,
            listing,
            above,
            "" if listing.number else lists.about(group),
            None if listing.number else group.count,
            Around() if listing.number else around,
        )
        path = f"{listing.url}index.html"
        page = Page(path, values, "period_archives", lists.source_of(group))
        yield page, edition.changed(entry.article for entry in listing.entries)


def _values(  # noqa: PLR0913, PLR0917  # all that a period's page is made from
    house: House,
    group: Group,
    listing: Listing,
    above: tuple[Crumb, ...],
    about: str,
    count: Count | None,
    around: Around,
) -> Mapping[str, Any]:
    shown: tuple[calendars.Month, ...] = ()
    if count and group.kind == "year":
        shown = calendars.months(count)
    if count and group.kind == "month":
        shown = (calendars.month(count),)
    return {
        **lists.values(house, group, listing, above, {}, about),
        "months": shown,
        "key_of_shades": calendars.key(OF_A_DAY),
        "around": around,
    }


def _by_month(years: Sequence[Group]) -> tuple[Count, ...]:
    """The years with their months, the newest first; the days have no place in the index."""
    return tuple(
        year.counting(month.counting() for month in year.parts) for year in reversed(years)
    )


def _index_values(house: House, years: tuple[Count, ...], repeated: bool) -> Mapping[str, Any]:  # noqa: FBT001
    return {
        **lists.index_values(house, "Dates", house.indexes.dates, ()),
        "decades": calendars.decades(years),
        "key_of_shades": calendars.key(OF_A_MONTH),
        "anniversaries": house.indexes.anniversaries if repeated else "",
    }
