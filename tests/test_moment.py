"""Dates of stories: the archive's forms, and nothing that would have to be guessed."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.moment import FORMS, Moment, parse

NEW_YORK = ZoneInfo("America/New_York")
MINUTES_OF_OFFSET = st.integers(-14 * 60, 14 * 60)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-09-30 14:05", "2024-09-30T14:05:00-04:00"),
        ("2024-09-30T14:05", "2024-09-30T14:05:00-04:00"),
        ("2024-01-30 14:05:09", "2024-01-30T14:05:09-05:00"),
        ("2024-09-30T14:05Z", "2024-09-30T14:05:00+00:00"),
        ("2024-09-30 14:05:09Z", "2024-09-30T14:05:09+00:00"),
        ("2024-09-30 14:05+09:00", "2024-09-30T14:05:00+09:00"),
        ("2024-09-30T14:05:09-04:00", "2024-09-30T14:05:09-04:00"),
    ],
)
def test_day_and_time(text: str, iso: str) -> None:
    """A time keeps its offset; without one the archive's time zone holds."""
    moment = parse(text, NEW_YORK)
    assert moment.iso == iso
    assert not moment.day_only


def test_bare_date_stays_precise_to_the_day() -> None:
    """A bare date is shown and exported without a time, and is midnight to what needs one."""
    moment = parse("2024-09-30", NEW_YORK)
    assert moment.day_only
    assert moment.iso == "2024-09-30"
    assert moment.clock == ""
    assert moment.timestamp == "2024-09-30T00:00:00-04:00"


@pytest.mark.parametrize(
    "text",
    [
        *("2024", "2024-09", "Friday", "10:30", "03/04/2024", "12/11/10", "10:00 KST"),
        *("2024-09-30 10:00 KST", "2024-09-30T10:00 EST", "30 September 2024", "Sept. 30, 2024"),
        *("31 Foobar", "Feb 30", "20240930", "2024-9-30", "2024-09-30T14", "2024-09-30Z"),
        *("2024-09-30+09:00", "2024-09-30T14:05+0900", "2024-09-30T14:05z", "2024-09-30t14:05"),
        *("2024-09-30  14:05", "2024-09-30T14:05:09.5Z", " 2024-09-30", "2024-W40-1", "today", ""),
    ],
)
def test_what_would_have_to_be_guessed(text: str) -> None:
    """A date in any other form is refused, with the forms that there are."""
    with pytest.raises(ValueError, match="is not a date of the archive; write it as") as error:
        parse(text)
    assert str(error.value) == f'"{text}" is not a date of the archive; write it as {FORMS}'


@pytest.mark.parametrize(
    "text",
    [
        *("2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "0000-01-01"),
        *("2024-09-30 24:05", "2024-09-30T14:60", "2024-09-30T14:05:61Z", "2024-09-30T14:05+25:00"),
        "٢٠٢٤-٠٩-٣٠",
    ],
)
def test_not_on_the_calendar(text: str) -> None:
    """A date of the right form that no calendar or clock has is refused too."""
    with pytest.raises(ValueError, match=r"is not on the calendar: .*; correct it") as error:
        parse(text)
    assert str(error.value).startswith(f'"{text}"')


def test_the_forms_that_a_message_names_are_forms() -> None:
    """What the cure tells people to write can be read."""
    for text in FORMS.replace(" or ", ", ").split(", "):
        assert parse(text).iso.startswith("2024-09-30")


@given(st.dates())
def test_any_day_there_and_back(day: date) -> None:
    """A day is exported as it was written."""
    assert parse(day.isoformat(), NEW_YORK).iso == day.isoformat()


@given(st.datetimes(), MINUTES_OF_OFFSET, st.sampled_from("T "))
def test_any_time_there_and_back(value: datetime, offset: int, separator: str) -> None:
    """A time with an offset is exported as it was written, to the second."""
    zone = timezone(timedelta(minutes=offset))
    written = value.replace(microsecond=0, tzinfo=zone).isoformat(separator)
    moment = parse(written)
    assert moment.iso == written.replace(" ", "T")
    assert parse(moment.iso) == moment


@given(st.datetimes(), MINUTES_OF_OFFSET)
def test_times_sort_as_they_follow(value: datetime, offset: int) -> None:
    """The earlier of two instants comes first, wherever the clocks stood."""
    here = Moment(value.replace(tzinfo=UTC))
    there = Moment(value.replace(tzinfo=timezone(timedelta(minutes=offset))))
    assert (there < here) == (offset > 0)


def test_words_are_english_in_every_locale() -> None:
    """Month names come from the archive, not from the machine."""
    assert parse("2024-03-01").day == "1 March 2024"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2024-09-30T14:05Z", "14:05 UTC"),
        ("2024-09-30T14:05-04:00", "14:05 UTC−04:00"),
        ("2024-09-30T09:05+05:30", "09:05 UTC+05:30"),
    ],
)
def test_clock_names_its_offset(text: str, clock: str) -> None:
    """A time is shown with how far it is from UTC."""
    assert parse(text).clock == clock


def test_timestamp_in_utc() -> None:
    """UTC is written Z where a full instant is asked for."""
    assert parse("2024-09-30").timestamp == "2024-09-30T00:00:00Z"
