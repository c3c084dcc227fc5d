"""The dateline: the run-in leader that says where, and sometimes when, a story was filed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline verbatim, and what can be read off it.

    ``text`` is the whole leader as sent, agency and dash included, without the blank that
    follows: ``UNITED NATIONS (Reuters) –``. ``places`` are the places in the copy's own case
    (``("SEOUL", "UNITED NATIONS")``; ``("WAUKEE, Iowa",)``), ``agency`` is ``"Reuters"`` or ``""``,
    ``day`` the copy's own words for the day (``"Dec 13"``) or ``""``.
    """

    text: str
    places: tuple[str, ...] = ()
    agency: str = ""
    day: str = ""


def parse(text: str) -> Dateline:
    """Read the parts off a dateline that stands alone, as in ``Dateline:`` metadata."""
    raise NotImplementedError


def split(paragraph: str) -> tuple[str, str]:
    """Split a first paragraph into its dateline and the rest; ``("", paragraph)`` without one.

    ``dateline + rest == paragraph`` holds for every paragraph: the blank after the dash, if any,
    opens the rest.
    """
    raise NotImplementedError
