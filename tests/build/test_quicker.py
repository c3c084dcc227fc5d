"""Pelican's functions, quicker, give what Pelican's give."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican import utils
from pelican.utils import SafeDatetime

from newsarchive.build.stock import quicker

PIECES = (
    *("<p>", "</p>", "<P>", "<em>", "</em>", "<br>", "<br/>", "<", ">", "<!--", "-->"),
    *("&", "&amp;", "&lt;", "&gt;", "&quot;", "&eacute;", "&#39;", "&#x27;", "&bogus;"),
    *("a", "b-c", "d'", "é", "1", "_", "漢", "字", "-", "'", ".", " ", "\n"),
)
FORMATS = (
    *("%a %d %B %Y", "%-d.%-m.%y", "%", "%%", "%-", "%-%", "%Y%", "x%Qy", "%-Q", "%d %", "é%Y"),
    *("%Y-%m-%d %H:%M:%S", "%-Y %-m %-H %-M %-S", "%z %Z", "%c", ""),
)
DATES = (
    *(SafeDatetime(2020, 1, 2, 3, 4, 5), SafeDatetime(999, 1, 2), SafeDatetime(9, 9, 9)),
    *(datetime(2020, 11, 12, tzinfo=UTC), SafeDatetime(1000, 12, 31, 23, 59, 59, tzinfo=UTC)),
)


def outcome(function: Callable[..., Any], *given: object) -> tuple[object, ...]:
    """What a function gives, or raises."""
    try:
        result = function(*given)
    except Exception as error:  # noqa: BLE001  # whatever it is, both are to raise it
        return type(error), str(error)
    return type(result), result, getattr(result, "tzinfo", None)


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.integers(min_value=-1, max_value=6),
    st.sampled_from(["…", "", " more"]),
)
def test_first_words(html: str, number: int, end: str) -> None:
    """They end where Pelican's parser ends them."""
    theirs = utils.truncate_html_words(html, number, end)
    assert quicker.truncate_html_words(html, number, end) == theirs


@pytest.mark.parametrize("date_format", FORMATS)
@pytest.mark.parametrize("date", DATES, ids=str)
def test_dates_in_words(date: datetime, date_format: str) -> None:
    """They are written as Pelican writes them."""
    theirs = outcome(utils.strftime, date, date_format)
    assert outcome(quicker.strftime, date, date_format) == theirs


@given(
    st.from_regex(
        r"[0-9]{4}-[0-3][0-9]-[0-3][0-9]( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?", fullmatch=True
    )
)
def test_moments_in_numbers(text: str) -> None:
    """They are what dateutil takes them for."""
    assert outcome(quicker.get_date, text) == outcome(utils.get_date, text)


@pytest.mark.parametrize("text", ["2024-03-01", " 2024-03-01", "2024-03-01T10:00Z", "1 May 2024"])
def test_moments_in_other_forms(text: str) -> None:
    """They are left to dateutil."""
    assert outcome(quicker.get_date, text) == outcome(utils.get_date, text)


@pytest.mark.parametrize(
    "parts", [("a.html",), ("a", "b.html"), ("../out/a",), ("../x",), ("/etc/x",), (".",), ("",)]
)
@pytest.mark.parametrize("base", ["/tmp/out", "/tmp/out/", "out"])  # noqa: S108  # nothing is written
def test_paths_below_a_folder(base: str, parts: tuple[str, ...]) -> None:
    """They are joined, or refused, as by Pelican."""
    assert outcome(quicker.sanitised_join, base, *parts) == outcome(
        utils.sanitised_join, base, *parts
    )
