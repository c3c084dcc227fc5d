"""People in a list, as bylines and credits print them: ``A, B and C in Seoul and D in Paris``."""

import re
from dataclasses import dataclass, replace

from newsarchive.wire import gazetteer


@dataclass(frozen=True, slots=True)
class Person:
    """A name as spelled, and the place that the list gives for it."""

    name: str
    place: str = ""


_SEPARATOR = re.compile(r"\s*(?:;|, and\b|,|&|\b(?:and|AND|with|WITH)\b)\s*")
_PLACED = re.compile(
    r"(?P<name>.+?) (?P<preposition>in|IN|aboard|at|from|near|on|outside) (?P<place>.+)"
)
_SUFFIX = re.compile(r"Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Esq", re.IGNORECASE)
_JOB = re.compile(
    r".*\b(?:writer|correspondent|editor|reporter|columnist|analyst|staff|bureau|chief|commentator)s?",
    re.IGNORECASE,
)
_PARTICLE = re.compile(
    "abu|af|al|av|bin|bint|d|da|das|de|del|della|den|der|di|do|dos|du|e|el|ibn|la|le|ten|ter|ul|van"
    "|von|y|zu"
)
_MOST_WORDS = 7


def split(text: str) -> tuple[Person, ...]:
    """Split a list of people in order.

    A place holds for all names since the place before it: in ``A and B in Seoul and C in Paris``
    both A and B are in Seoul. Jobs and agencies after a comma are not people.
    """
    words = _SEPARATOR.split(" ".join(text.split()))
    marks = _SEPARATOR.findall(" ".join(text.split()))
    people: list[Person] = []
    for mark, part in zip(["", *marks], words, strict=True):
        _add(people, mark, part)
    return _share_places(people)


def is_person(person: Person) -> bool:
    """Tell a name from prose: every word begins with a capital or is a particle."""
    words = person.name.split()
    return 0 < len(words) <= _MOST_WORDS and all(_is_name_word(word) for word in words)


def is_job(line: str) -> bool:
    """Tell whether a line below a byline is a job: ``Associated Press Writer``."""
    return bool(_JOB.fullmatch(line.strip())) and is_person(Person(line))


def _add(people: list[Person], mark: str, part: str) -> None:
    """Add one part of a list to the people before it, or to the last of them."""
    part = _without_full_stop(part)
    if not part:
        return
    last = people[-1] if people else None
    if last and mark.strip() == ",":
        if last.place and (gazetteer.is_region(part) or gazetteer.is_city(part)):
            people[-1] = replace(last, place=f"{last.place}, {part}")
            return
        if _SUFFIX.fullmatch(part.rstrip(".")):
            people[-1] = replace(last, name=f"{last.name}, {part}")
            return
        if _JOB.fullmatch(part) or gazetteer.is_agency(part):
            return
    if last and last.place and gazetteer.is_city(part):
        people[-1] = replace(last, place=f"{last.place}{mark}{part}")
        return
    people.append(_person(part))


def _person(part: str) -> Person:
    placed = _PLACED.fullmatch(part)
    if placed is None:
        return Person(part)
    place = placed["place"]
    if placed["preposition"].lower() != "in":
        place = f"{placed['preposition']} {place}"
    return Person(placed["name"], place)


def _share_places(people: list[Person]) -> tuple[Person, ...]:
    shared: list[Person] = []
    place = ""
    for person in reversed(people):
        place = person.place or place
        shared.append(replace(person, place=place))
    return tuple(reversed(shared))


def _without_full_stop(part: str) -> str:
    """Drop the full stop that ends a line, but not that of ``Jr.``, ``D.C.`` or an initial."""
    word = part.rpartition(" ")[2]
    if not part.endswith(".") or "." in word[:-1] or len(word) == len("C."):
        return part
    kept = _SUFFIX.fullmatch(word[:-1]) or gazetteer.is_region(word)
    return part if kept else part[:-1]


def _is_name_word(word: str) -> bool:
    first = word.lstrip("'\"(\u2018\u201c")[:1]
    if not first.isalpha() or any(mark in word for mark in ":!?") or any(map(str.isdigit, word)):
        return False
    return not first.islower() or bool(_PARTICLE.fullmatch(re.split(r"['\u2019-]", word)[0]))
