"""The dateline: the run-in leader that says where, and sometimes when, a story was filed.

A paragraph's opening words up to a dash are a dateline when they read
``PLACE[/PLACE…][, DAY][ (AGENCY)]`` and one of these vouches for them:

- a known agency, ``GENEVA(Reuters) -``: the places need only begin with capitals, or be missing;
- a day, ``CHARLOTTE, N.C., March 23 -``: the city is in capitals, known, or in a known region;
- neither, ``KANSAS CITY, Mo. -``: the city is in capitals and is known or in a known region.

So ``BEIJING - the Chinese capital`` has a dateline, and ``NATO - led by`` has none.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from newsarchive.wire import gazetteer


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


LONGEST = 140  # characters; a leader of four cities and a day is shorter

_DASH = re.compile(r"-{1,3}|[\u2012-\u2015]")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY_WORDS = rf"(?:{_MONTH}\.?\s?\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}|{_MONTH})"
_DAY = re.compile(rf"(?:^|,\s)(?P<day>{_DAY_WORDS})$", re.IGNORECASE)
# Operators leave out commas and mistype months: "DETROIT June 18", "ROME, Macrh 31".
_DAY_OR_SLIP = re.compile(
    rf"(?:^|[\s,])(?P<day>{_DAY_WORDS})$|,\s(?P<slip>[a-z]{{3,9}}\.?\s\d{{1,3}})$", re.IGNORECASE
)
_AGENCY = re.compile(
    r"(?:\((?P<bracketed>[^()]{2,40})\)|,\s(?P<bare>Reuters?)|/(?P<slashed>[^/]{2,40})/)$"
)
_WORD = re.compile(r"[^\W\d_][\w.'\u2019-]*")
SMALL_WORD = re.compile(
    "a|al|am|an|and|da|das|de|del|des|di|do|dos|du|el|en|es|in|la|las|le|les|los|of|on|sur|the|upon"
)
_MOST_WORDS = 5
_MOST_REGIONS = 2


@lru_cache(maxsize=4096)  # most stories of a day come from a few places
def parse(text: str) -> Dateline:
    """Read the parts off a dateline that stands alone, as in ``Dateline:`` metadata.

    A line that is no dateline keeps its text and has no parts. Since someone has called it a
    dateline, case says nothing, a day may be mistyped and asterisks may stand in front of it:
    ``omaha, april 7 -``, ``****ROME, Macrh 31 -``.
    """
    heads = [text[: dash.start()] for dash in _DASH.finditer(text, 0, LONGEST)]
    for head in heads or [text[:LONGEST]]:
        found = _read(head.lstrip("* "), _DAY_OR_SLIP)
        if found is not None:
            return replace(found, text=text)
    return Dateline(text)


def split(paragraph: str) -> tuple[str, str]:
    """Split a first paragraph into its dateline and the rest; ``("", paragraph)`` without one.

    ``dateline + rest == paragraph`` holds for every paragraph: the blank after the dash, if any,
    opens the rest.
    """
    for dash in _DASH.finditer(paragraph, 0, LONGEST):
        found = _read(paragraph[: dash.start()], _DAY)
        if found is not None and _vouched(found) and _stands_free(dash, paragraph, found):
            return paragraph[: dash.end()], paragraph[dash.end() :]
    return "", paragraph


def _read(head: str, days: re.Pattern[str]) -> Dateline | None:
    """Read what stands before the dash; None if it has not a dateline's shape."""
    head, agency = _cut(head, _AGENCY)
    head, day = _cut(head, days)
    if not agency:
        head, agency = _cut(head, _AGENCY)
    if not head:
        return Dateline("", agency=agency, day=day) if gazetteer.is_agency(agency) else None
    places = tuple(place.strip(" ,") for place in head.split("/"))
    found = Dateline("", places, agency, day)
    if all(_is_place(place, any_case=bool(day)) for place in places) and (
        day or gazetteer.is_agency(agency) or all(_is_known(place) for place in places)
    ):
        return found
    return None


def _cut(head: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """Cut what the pattern finds off the end of a head."""
    head = head.rstrip(" \t\n,-")
    found = pattern.search(head)
    if found is None:
        return head, ""
    part = next(group for group in found.groups() if group)
    return head[: found.start()].rstrip(" \t\n,-"), part


def _is_place(place: str, *, any_case: bool) -> bool:
    """Tell whether a text has the shape of a city with its state or country."""
    city, *regions = (part.strip() for part in place.split(","))
    return (
        len(regions) <= _MOST_REGIONS
        and _is_name(city, any_case=any_case)
        and all(_is_name(region, any_case=any_case) for region in regions)
    )


def _is_name(text: str, *, any_case: bool) -> bool:
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    return any_case or (
        not words[0][0].islower()
        and all(not word[0].islower() or SMALL_WORD.fullmatch(word) for word in words)
    )


def _is_known(place: str) -> bool:
    city, *regions = (part.strip() for part in place.split(","))
    return any(gazetteer.is_region(region) for region in regions) or (
        not regions and gazetteer.is_city(city)
    )


def _vouched(found: Dateline) -> bool:
    """Tell whether a leader found in running text can be trusted."""
    if not all(_is_place(place, any_case=False) for place in found.places):
        return False
    capitals = all(place.partition(",")[0].isupper() for place in found.places)
    known = all(_is_known(place) for place in found.places)
    if found.day:
        return capitals or known or gazetteer.is_agency(found.agency)
    return gazetteer.is_agency(found.agency) or (capitals and known)


def _stands_free(dash: re.Match[str], paragraph: str, found: Dateline) -> bool:
    """Tell a leader's dash from a hyphen: only an agency's bracket lets it touch the words."""
    before, after = paragraph[dash.start() - 1], paragraph[dash.end() : dash.end() + 1]
    if found.agency:
        return after not in {"-", ")"}
    if found.day and dash[0] != "-":
        return after != "-"
    return (before.isspace() or bool(found.day)) and (not after or after.isspace())
