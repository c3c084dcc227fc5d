"""The pages of dates: what they lead to, and which of them a story touches."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from newsarchive.build import sources, standstill

Build = Callable[..., Path]
Site = Callable[[dict[str, str]], list[str]]


def posts(*dates: str) -> dict[str, str]:
    """Write a story for each date, whose slug is the date."""
    return {
        f"articles/{number}-{date}.md": (
            f"Title: Story {number} of {date}\nDate: {date}\nSlug: s{number}-{date}\n\nIt sailed.\n"
        )
        for number, date in enumerate(dates)
    }


@pytest.fixture
def written(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[dict[str, str]], set[str]]:
    """Build with some more stories, and tell which pages of lists that wrote."""
    for module in (sources, standstill):
        monkeypatch.setattr(module, "GRAIN", 0)
    output = tmp_path / "output"

    def inodes() -> dict[str, int]:
        return {
            path.parent.relative_to(output).as_posix(): path.stat().st_ino
            for path in output.rglob("index.html")
        }

    def built(files: dict[str, str]) -> set[str]:
        before = inodes()
        build(files)
        return {
            path
            for path, inode in inodes().items()
            if before.get(path) != inode and re.fullmatch(r"[\d/]+|archives|on-this-day.*", path)
        }

    return built


def links(output: Path, url: str, where: str = "//main") -> dict[str, str]:
    """The links of a page by what they are called."""
    page = html.fromstring((output / url / "index.html").read_text("utf-8"))
    return {
        link.get("aria-label") or " ".join(link.text_content().split()): link.get("href")
        for link in page.xpath(f"{where}//a[@href]")
    }


STEPS = '//*[@class="steps"]'


def test_periods_lead_to_those_before_and_after(build: Build) -> None:
    """To the nearest that has a story, across months and years; the first and last to one."""
    output = build(posts("2019-12-31", "2021-01-05", "2021-03-01"))
    assert links(output, "2021", STEPS) == {"2019": "/2019/"}
    assert links(output, "2019", STEPS) == {"2021": "/2021/"}
    assert links(output, "2021/01", STEPS) == {
        "December 2019": "/2019/12/",
        "March 2021": "/2021/03/",
    }
    assert links(output, "2021/01/05", STEPS) == {
        "31 December 2019": "/2019/12/31/",
        "1 March 2021": "/2021/03/01/",
    }


def test_numbered_pages_of_a_day_lead_nowhere_else(build: Build) -> None:
    """They are as they are for good, whatever day comes next."""
    days = ["2021-01-05"] * 4 + ["2021-03-01"]
    output = build(posts(*days), DEFAULT_PAGINATION=2)
    assert links(output, "2021/01/05", STEPS) == {"1 March 2021": "/2021/03/01/"}
    assert links(output, "2021/01/05/page/1", STEPS) == {}


def test_any_date_is_two_clicks_from_the_index(build: Build) -> None:
    """The index leads to each month and year, these to each day."""
    dates = ("1890-05-06", "1990-01-01", "1999-12-31", "2024-02-29")
    output = build(posts(*dates))
    index = links(output, "archives", "//table")
    days: set[str] = set()
    for url in index.values():
        days |= set(links(output, url.strip("/"), "//table").values())
    assert {f"/{date.replace('-', '/')}/" for date in dates} <= days
    assert links(output, "archives", STEPS) == {
        name: f"#{name}" for name in ("2020s", "1990s", "1890s")
    }


def test_calendars_say_the_number_of_stories_in_words(build: Build) -> None:
    """What a shade shows is in the name of the link."""
    output = build(posts("2024-02-28", "2024-02-29", "2024-02-29"))
    year = links(output, "2024", "//tbody")
    assert list(year) == ["28 February 2024, 1 story", "29 February 2024, 2 stories"]
    month = links(output, "2024/02", "//tbody")
    assert list(month) == ["28 February 2024, 1 story", "29 February 2024, 2 stories"]
    assert list(links(output, "archives", "//td")) == ["Feb 2024, 3 stories"]


def test_on_this_day(build: Build) -> None:
    """A day that more than one year has stories of has a page, to which each of these leads."""
    output = build(posts("2016-02-29", "2024-02-29", "2023-09-30", *["2024-09-30"] * 8))
    leap = links(output, "on-this-day/02-29", '//*[@class="timeline"]')
    assert list(leap.values()) == [
        *("/2024/02/29/", "/2024/02/29/s1-2024-02-29/"),
        *("/2016/02/29/", "/2016/02/29/s0-2016-02-29/"),
    ]
    for day in ("2016/02/29", "2024/02/29"):
        name = "29 February in other years"
        assert links(output, day)[name] == "/on-this-day/02-29/"
    index = links(output, "on-this-day", '//*[@class="month__days"]')
    assert index == {
        "29 February": "/on-this-day/02-29/",
        "30 September": "/on-this-day/09-30/",
    }
    assert "/on-this-day/" in links(output, "archives").values()
    crowded = links(output, "on-this-day/09-30", '//*[@class="timeline"]')
    assert crowded["All 8 stories of 30 September 2024"] == "/2024/09/30/"
    assert len(crowded) == 2 + 6 + 1 + 1  # heads, stories, and the one that leads to all


def test_no_day_of_two_years(build: Build) -> None:
    """There is then nothing to be found on a day in other years, nor a word of it."""
    output = build(posts("2023-09-30", "2024-10-01"))
    assert not (output / "on-this-day").exists()
    assert "on-this-day" not in (output / "archives/index.html").read_text("utf-8")
    assert "other years" not in (output / "2023/09/30/index.html").read_text("utf-8")


def test_a_newest_story_touches_the_last_period_before(
    written: Callable[[dict[str, str]], set[str]],
) -> None:
    """Of older years and months only the one that now leads on to it."""
    days = ("2019-05-01", "2020-05-01", "2021-05-01", "2022-03-01", "2022-04-01")
    written(posts(*days))
    assert written(posts(*days, "2023-01-01")) == {
        *("2023", "2023/01", "2023/01/01"),
        *("2022", "2022/04", "2022/04/01", "archives"),
    }


def test_another_story_of_a_day_touches_that_day_in_all_years_and_no_other(
    written: Callable[[dict[str, str]], set[str]],
) -> None:
    """The page of the day and year, and that of the day in all years; no other year's."""
    days = ("2019-05-01", "2019-06-01", "2020-06-01", "2021-05-01", "2021-06-01")
    written(posts(*days))
    assert written(posts(*days, "2021-06-01")) == {
        *("2021", "2021/06", "2021/06/01", "archives", "on-this-day/06-01"),
    }
