"""Authority files: who or what goes by which names, each name one file's alone."""

from collections.abc import Iterable
from typing import TypeVar

from newsarchive.catalog.group import Person, Topic
from newsarchive.errors import Misfit

Authority = TypeVar("Authority", bound=Topic | Person)

# The key of a file's other names, and what one of them is called.
OTHER_NAMES: dict[type, tuple[str, str]] = {
    Topic: ("aliases", "name"),
    Person: ("spellings", "spelling"),
}


def index(files: Iterable[Authority]) -> tuple[dict[str, Authority], list[Misfit]]:
    """Find a topic or a person by any of its names, and tell what two files claim."""
    known: dict[str, Authority] = {}
    by_slug: dict[str, Authority] = {}
    misfits = []
    for file in files:
        key, word = OTHER_NAMES[type(file)]
        other = by_slug.setdefault(file.slug.casefold(), file)
        if other is not file:
            problem = f"the file's name is that of {other.source_path} too"
            misfits.append(Misfit(file.source_path, "", problem, "rename one of the two"))
        for name in (file.name, *getattr(file, key)):
            first = known.setdefault(name, file)
            if first is not file:
                problem = f'"{name}" is a {word} of {first.source_path} already'
                at = "title" if name == file.name else key
                misfits.append(Misfit(file.source_path, at, problem, "keep it in one of the two"))
    return known, misfits
