"""When a story was published: a day, or a day and a time, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed

FORMS = "2024-09-30, 2024-09-30 14:05 or 2024-09-30T14:05-04:00"

_FORM = re.compile(
    r"\d{4}-\d{2}-\d{2}(?P<time>[T ]\d{2}:\d{2}(:\d{2})?)?(?P<offset>Z|[+-]\d{2}:\d{2})?"
)

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A date as precise as it was given; ``value`` always knows its offset from UTC.

    A bare date is precise to the day: ``value`` is then midnight in the archive's time zone and
    ``day_only`` is true, and it is shown and exported without a time.
    """

    value: datetime
    day_only: bool = False

    @property
    def iso(self) -> str:
        """``2024-09-30`` or ``2024-09-30T14:05:00-04:00``."""
        return self.value.date().isoformat() if self.day_only else self.value.isoformat()

    @property
    def timestamp(self) -> str:
        """The instant in full, for formats that know no bare date: ``2024-09-30T00:00:00Z``."""
        return self.value.isoformat().replace("+00:00", "Z")

    @property
    def day(self) -> str:
        """The day in words: ``30 September 2024``; months are English whatever the locale."""
        return f"{self.value.day} {MONTHS[self.value.month - 1]} {self.value.year}"

    @property
    def words(self) -> str:
        """The day and, where it is known, the time: ``30 September 2024, 14:05 UTC−04:00``."""
        return self.day if self.day_only else f"{self.day}, {self.clock}"

    @property
    def clock(self) -> str:
        """The time with its offset, ``14:05 UTC−04:00``, or nothing for a bare date."""
        if self.day_only:
            return ""
        zone = self.value.isoformat()[-6:].replace("-", "−") if self.value.utcoffset() else ""
        return f"{self.value.hour:02}:{self.value.minute:02} UTC{zone}"


def span(moments: Iterable[Moment]) -> str:
    """Say from when to when moments reach: ``1987``, ``1987–2024`` or nothing."""
    years = [moment.value.year for moment in moments]
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def parse(text: str, timezone: tzinfo = UTC) -> Moment:
    """Read a date in one of the archive's forms; ``timezone`` holds where it names no offset.

    Raises ValueError, saying which forms there are, for anything else, a guessable date included.
    """
    form = _FORM.fullmatch(text)
    if form is None or (form["offset"] and not form["time"]):
        raise ValueError(f'"{text}" is not a date of the archive; write it as {FORMS}')
    try:
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'"{text}" is not on the calendar: {error}; correct it') from None
    if value.tzinfo is None:
        value = _in_whole_minutes(value.replace(tzinfo=timezone))
    return Moment(value, day_only=form["time"] is None)


def _in_whole_minutes(value: datetime) -> datetime:
    """Round an offset of the days before standard time, which no format of the web can write."""
    offset = value.utcoffset() or timedelta()
    if not offset % _MINUTE:
        return value
    return value.replace(tzinfo=fixed(round(offset / _MINUTE) * _MINUTE))
