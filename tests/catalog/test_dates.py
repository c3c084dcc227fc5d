"""Years, months and days."""

from collections.abc import Callable

from newsarchive.article.article import Article
from newsarchive.catalog import dates
from newsarchive.catalog.addresses import Addresses
from newsarchive.catalog.group import Group, Listed
from newsarchive.catalog.roll import Roll

Story = Callable[..., Article]


def years(stories: list[Article], addresses: Addresses) -> tuple[Group, ...]:
    """Group stories by their dates."""
    return dates.years(Listed.of(stories), Roll.of(stories), addresses.period)


def row(group: Group) -> tuple[str, str, str, str, list[str]]:
    """What a period is called, where it stands, and its stories."""
    slugs = [entry.article.slug for entry in group.entries]
    return group.kind, group.name, group.slug, group.url, slugs


def test_years_hold_months_hold_days(story: Story, addresses: Addresses) -> None:
    """Each period holds the stories of its parts, oldest first, and no part is empty."""
    stories = [
        story("a", "2023-12-31"),
        story("b", "2024-02-29"),
        story("c", "2024-02-29 10:00"),
        story("d", "2024-03-01"),
    ]
    before, year = years(stories, addresses)
    assert row(before) == ("year", "2023", "2023", "2023/", ["a"])
    assert row(year) == ("year", "2024", "2024", "2024/", ["b", "c", "d"])
    february, march = year.parts
    assert row(february) == ("month", "February 2024", "2024-02", "2024/02/", ["b", "c"])
    assert row(march) == ("month", "March 2024", "2024-03", "2024/03/", ["d"])
    assert [row(day) for day in february.parts] == [
        ("day", "29 February 2024", "2024-02-29", "2024/02/29/", ["b", "c"])
    ]
    assert february.parts[0].parts == ()


def test_story_stands_on_the_day_that_it_names(story: Story, addresses: Addresses) -> None:
    """The day is that of the story's own clock, whatever day it was elsewhere."""
    stories = [story("a", "2024-09-30T23:30-10:00"), story("b", "2024-10-01T00:30+14:00")]
    (year,) = years(stories, addresses)
    assert [month.name for month in year.parts] == ["September 2024", "October 2024"]


def test_no_stories(addresses: Addresses) -> None:
    """An empty archive has no years."""
    assert years([], addresses) == ()


def test_a_day_of_more_than_one_year_is_repeated(story: Story, addresses: Addresses) -> None:
    """Days stand as in the calendar, the newest year first; a leap day is a day like others."""
    days = (
        "2020-02-29",
        "2023-09-30",
        "2024-02-29",
        "2024-03-01",
        "2024-09-30",
        "2024-09-30 10:00",
    )
    stories = [story(f"s{number}", day) for number, day in enumerate(days)]
    repeated = dates.anniversaries(years(stories, addresses))
    assert [(slug, [day.slug for day in days]) for slug, days in repeated.items()] == [
        ("02-29", ["2024-02-29", "2020-02-29"]),
        ("09-30", ["2024-09-30", "2023-09-30"]),
    ]


def test_a_year_of_three_figures_sorts_and_parses_as_others(
    story: Story, addresses: Addresses
) -> None:
    """Slugs of periods have four figures for the year on every system."""
    (year,) = years([story("a", "0987-01-02")], addresses)
    assert (year.slug, year.parts[0].slug) == ("0987", "0987-01")
