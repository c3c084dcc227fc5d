"""The byline: the line above the text that names who wrote it."""

import re
from functools import lru_cache

from newsarchive.wire import people
from newsarchive.wire.contribution import Contribution

ROLE = "Byline"
LONGEST = 200  # characters; a line that goes on is prose

_BY = re.compile(r"(?:By|BY)\s+")


@lru_cache(maxsize=4096)  # a reporter signs many stories, and of each it is read twice
def parse(byline: str) -> tuple[Contribution, ...]:
    """Read the people off a byline, with or without its *By*; jobs and agencies are left out."""
    names = _BY.sub("", byline.strip(), count=1) if _BY.match(byline.strip()) else byline
    return tuple(
        Contribution(person.name, ROLE, person.place)
        for person in people.split(names.replace("\n", ", "))
    )


def is_byline(line: str) -> bool:
    """Tell whether a line is a byline: *By* as a word, then nothing but people."""
    opening = _BY.match(line)
    if opening is None or len(line) > LONGEST:
        return False
    named = people.split(line[opening.end() :])
    return bool(named) and all(people.is_person(person) for person in named)
