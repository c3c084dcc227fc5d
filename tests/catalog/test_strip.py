"""When a group was news, at a glance."""

from collections.abc import Callable

from newsarchive.catalog import strip
from newsarchive.catalog.group import Group
from newsarchive.catalog.listing import listings
from newsarchive.catalog.strip import Cell, Row
from newsarchive.catalog.timeline import heads

Make = Callable[..., Group]


def rows_of(group: Group, per_page: int = 50) -> tuple[Row, ...]:
    """A group's strip."""
    months = [strip.month_of(entry.article.date) for entry in group.entries]
    return strip.strip(group.url, months, per_page)


def test_months_of_each_year(group: Make) -> None:
    """Few years stand month by month, those without a story too."""
    rows = rows_of(group(["1987-03-01", "1987-03-02", "1989-12-31"]))
    assert [row.name for row in rows] == ["1987", "1988", "1989"]
    assert rows[0].cells[2] == Cell("March 1987", 2, 5, "tag/ferries/#1987-03")
    assert rows[0].cells[3] == Cell("April 1987")
    assert rows[2].cells[11] == Cell("December 1989", 1, 4, "tag/ferries/#1989-12")


def test_years_of_each_decade(group: Make) -> None:
    """Many years stand year by year; each leads to the newest of its months."""
    rows = rows_of(group(["1878-01-01", "1878-05-01", "1902-12-31"]))
    assert [row.name for row in rows] == ["1870s", "1880s", "1890s", "1900s"]
    assert rows[0].cells[8] == Cell("1878", 2, 5, "tag/ferries/#1878-05")


def test_one_month_needs_no_strip(group: Make) -> None:
    """Where all stories are of one month there is nothing to see, nor where there is none."""
    assert rows_of(group(["2024-09-01", "2024-09-30"])) == ()
    assert rows_of(group(0)) == ()


def test_shades(group: Make) -> None:
    """The busiest month is darkest, and one with a single story is not blank."""
    dates = [*["2024-01-01"] * 100, *["2024-02-01"] * 25, "2024-03-01"]
    (row,) = rows_of(group(dates), 1000)
    assert [cell.shade for cell in row.cells[:4]] == [5, 3, 1, 0]


def test_where_a_month_is_listed(group: Make) -> None:
    """Each month leads to the page that lists its newest story, at a place that is there."""
    dates = [f"{year}-{month:02}-15" for year in (2001, 2002) for month in range(1, 13)]
    made = group(dates)
    places = {
        f"{listing.url}#{head.month}"
        for listing in listings(made, 5)
        for head in heads(listing.entries)
        if head.month
    }
    found = [cell.url for row in rows_of(made, 5) for cell in row.cells]
    assert len(found) == len(places)
    assert set(found) == places
