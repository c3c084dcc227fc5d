"""The lines above a post's text: ``Key: value`` up to the first blank line, or YAML."""

import re
from typing import NamedTuple

from newsarchive.errors import Faults

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)")
_CONTINUATION = re.compile(r"(?: {4}|\t)(?P<value>.*)")


class Value(NamedTuple):
    """What one key says, and the line it stands on, counted from 1.

    Where it was ``listed`` in YAML, its names are told apart by semicolons.
    """

    text: str
    line: int
    listed: bool = False


def split(text: str, path: str, faults: Faults) -> tuple[dict[str, Value], str]:
    """Split a post into its metadata, keyed in lower case, and its text.

    A value goes on over lines that are indented by four blanks; the lines stay lines. What is
    wrong with the form of the header is noted in ``faults``. A header that opens with ``---`` is
    YAML.
    """
    if text.partition("\n")[0].rstrip() == "---":
        from newsarchive.article import frontmatter  # noqa: PLC0415  # few need it, and it is slow

        return frontmatter.split(text, path, faults)
    values: dict[str, Value] = {}
    more_of: dict[str, list[str]] = {}
    key = ""
    head, _, body = text.partition("\n\n")
    lines = head.split("\n")
    for number, line in enumerate(lines, start=1):
        if field := _FIELD.fullmatch(line):
            name, value = field.groups()
            key = name.lower()
            if key in values:
                problem = f"{name} stands twice, first on line {values[key].line}"
                faults.add(path, number, problem, "keep one")
                more_of.pop(key, None)
            values[key] = Value(value.strip(), number)
        elif key and line.strip() and (further := _CONTINUATION.fullmatch(line)):
            more_of.setdefault(key, []).append(further["value"].rstrip())
        else:
            if line.strip():
                cure = "write it as Key: value, or put a blank line above the text"
                faults.add(path, number, f'"{line[:40]}" is not metadata', cure)
            body = "\n".join(text.split("\n")[number:])
            break
    for key, more in more_of.items():
        whole = "\n".join([values[key].text, *more]).removeprefix("\n")
        values[key] = Value(whole, values[key].line)
    if not values:
        faults.add(path, 1, "the post opens without metadata", "begin with Title: and Date: lines")
    return values, body
