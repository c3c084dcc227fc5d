"""The credits: the sign-off lines below the text that name reporters and editors."""

import re

from newsarchive.wire import people
from newsarchive.wire.contribution import Contribution

_WORK = (
    r"(?:reporting|reported|writing|written|rewriting|editing|edited|compiling|compiled|translating"
    r"|translation|translated|graphics?|photography|photos?|video|production|produced|research)"
)
_ROLE = re.compile(
    rf"\b(?P<role>(?:(?:additional|further)\s+)?{_WORK}"
    rf"(?:(?:,\s+|\s+and\s+|\s*&\s*|\s*/\s*)(?:additional\s+)?{_WORK}){{0,3}})\s+by\b",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"REUTERS?|Reuters?|-30-"
    r"|\[?\(?n[A-Z][A-Z0-9]{6,12}\)?\]?"  # a story number, nL3N…
    r"|Our Standards:.*"
    r"|\(\(.*\)\)",  # the desk's address, ((name@agency; +44 …))
)


def parse(credits: str) -> tuple[Contribution, ...]:  # noqa: A002  # the newsroom's word
    """Read who did what off the credits, in their order, bracketed or not."""
    lines = (line.strip() for line in credits.split("\n"))
    text = " ".join(line for line in lines if not _SIGN_OFF.fullmatch(line))
    roles = list(_ROLE.finditer(text))
    ends = [*(role.start() for role in roles), len(text)][1:]
    return tuple(
        Contribution(person.name, " ".join(role["role"].split()).capitalize(), person.place)
        for role, end in zip(roles, ends, strict=True)
        for person in people.split(text[role.end() : end].strip(" ;,()[]"))
    )


def is_credits(line: str) -> bool:
    """Tell whether a line is a credits line: it opens with a role and holds nothing but people."""
    text = line.strip()
    if not _ROLE.match(text.removeprefix("(").lstrip()):
        return False
    if text.startswith("(") and text.endswith(")"):
        return True
    named = (people.Person(part.name) for part in parse(text))
    return all(people.is_person(person) for person in named)


def is_sign_off(line: str) -> bool:
    """Tell whether a line only ends the copy: ``REUTER``, a story number, ``Our Standards: …``."""
    return bool(_SIGN_OFF.fullmatch(line.strip()))
