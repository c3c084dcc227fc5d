"""Months, years and decades as calendars."""

from collections.abc import Iterable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from newsarchive.catalog import calendars
from newsarchive.catalog.calendars import OF_A_DAY, OF_A_MONTH
from newsarchive.catalog.group import Count


def period(slug: str, stories: int, parts: Iterable[Count] = ()) -> Count:
    """Count the stories of a year, month or day."""
    return Count(slug, f"{slug.replace('-', '/')}/", stories, slug, tuple(parts))


def test_weeks_begin_on_monday() -> None:
    """September 2024 began on a Sunday and ended on a Monday."""
    month = calendars.month(period("2024-09", 3, [period("2024-09-30", 3)]))
    first, *_, last = month.weeks
    assert [day.label if day else "" for day in first] == ["", "", "", "", "", "", "1"]
    assert [day.label if day else "" for day in last] == ["30", "", "", "", "", "", ""]
    assert last[0] == calendars.Square("30", period("2024-09-30", 3), 2)


@given(st.dates())
def test_every_day_stands_below_its_weekday(day: date) -> None:
    """Whatever the year, each day stands once, in the column of its weekday."""
    slug = day.isoformat()
    month = calendars.month(period(slug[:7], 1, [period(slug, 1)]))
    found = [
        (square.label, column)
        for week in month.weeks
        for column, square in enumerate(week)
        if square and square.group
    ]
    assert found == [(str(day.day), day.weekday())]


def test_a_year_has_twelve_months() -> None:
    """One without stories has its days all the same, and no page."""
    months = calendars.months(period("2023", 1, [period("2023-02", 1, [period("2023-02-28", 1)])]))
    assert [month.name for month in months if month.group] == ["February"]
    sizes = [sum(day is not None for week in month.weeks for day in week) for month in months]
    assert sizes == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_decades_hold_the_years_that_have_stories() -> None:
    """They stand newest first, each year with twelve months."""
    years = [period("2001", 1), period("1999", 20, [period("1999-03", 20)]), period("1990", 1)]
    decades = calendars.decades(years)
    assert [(one.name, [year.group.slug for year in one.years]) for one in decades] == [
        ("2000s", ["2001"]),
        ("1990s", ["1999", "1990"]),
    ]
    march = decades[1].years[0].months[2]
    assert (march.label, march.shade) == ("Mar", 2)


def test_shades_go_by_fixed_numbers() -> None:
    """A day is shaded by its own stories, however many another has."""

    def shades(*stories: int) -> list[int]:
        days = [period(f"2024-01-{day:02}", count) for day, count in enumerate(stories, 1)]
        month = calendars.month(period("2024-01", sum(stories), days))
        return [day.shade for week in month.weeks for day in week if day and day.group]

    assert shades(1, 2, 4, 5, 19, 20, 99, 100, 5000) == [1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_the_key_says_what_shades_mean() -> None:
    """One number, from one to another, or from one on."""
    assert [shade.stories for shade in calendars.key(OF_A_DAY)] == [
        *("1", "2–4", "5–19", "20–99", "100 and more")
    ]
    assert calendars.key(OF_A_MONTH)[-1] == calendars.Shade(5, "1,000 and more")
