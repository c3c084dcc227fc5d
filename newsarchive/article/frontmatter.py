"""A header in YAML, between lines of three hyphens, as other generators write it."""

from collections.abc import Iterator
from typing import Any

import yaml

from newsarchive.article.header import Value
from newsarchive.errors import Faults

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Scalar = yaml.ScalarEvent


class _Misplaced(Exception):
    """Something in a header is more than keys, values and lists of them."""

    def __init__(self, event: yaml.Event) -> None:
        self.line = _line(event.start_mark)
        super().__init__()


def split(text: str, path: str, faults: Faults) -> tuple[dict[str, Value], str]:
    """Split a post that opens with a fence, as ``header.split`` does others.

    Values are what YAML makes of quotes and line breaks, and never more than text: a date or a
    number stays as it was written. The names in a list are joined by semicolons.
    """
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if _is_fence(line)), 0)
    if not end:
        faults.add(path, 1, "the metadata between --- has no end", "close it with a line of ---")
        return {}, ""
    values: dict[str, Value] = {}
    try:
        for key, value in _pairs("\n".join(["", *lines[1:end]])):  # so that lines count from 1
            if key.lower() in values:
                problem = f"{key} stands twice, first on line {values[key.lower()].line}"
                faults.add(path, value.line, problem, "keep one")
            values[key.lower()] = value
    except _Misplaced as error:
        cure = "write Key: value, a list of texts at most"
        faults.add(path, error.line, "the metadata is no plain key with its value", cure)
    except yaml.MarkedYAMLError as error:
        quoted = error.context == "while scanning a quoted scalar"
        mark = error.context_mark if quoted else error.problem_mark
        problem = f"the metadata is not YAML ({error.problem})"
        cure = "put the value in quotes, or correct it"
        faults.add(path, _line(mark), problem, cure)
    except yaml.YAMLError:  # a character that YAML forbids, which is a fault of its own
        faults.add(path, 1, "the metadata is not YAML", "take out what is not text")
    return values, "\n".join(lines[end + 1 :]).removeprefix("\n")


def _line(mark: Any) -> int:  # noqa: ANN401  # one of two kinds of mark, by the parser
    return mark.line + 1 if mark else 1


def _is_fence(line: str) -> bool:
    return line.rstrip() in {"---", "..."}


def _pairs(text: str) -> Iterator[tuple[str, Value]]:
    """Every key with its value; raises _Misplaced."""
    _stream, opening, *events = yaml.parse(text, _Loader)
    if isinstance(opening, yaml.StreamEndEvent):
        return  # nothing stands between the fences
    if not isinstance(events[0], yaml.MappingStartEvent):
        raise _Misplaced(events[0])
    rest = iter(events[1:])
    for key in rest:
        if isinstance(key, yaml.MappingEndEvent):
            break
        if not isinstance(key, _Scalar):
            raise _Misplaced(key)
        line = _line(key.start_mark)
        value = next(rest)
        if isinstance(value, yaml.SequenceStartEvent):
            yield key.value, Value("; ".join([*_items(rest), ""]).strip(), line, listed=True)
        elif isinstance(value, _Scalar):
            yield key.value, Value(_text(value), line)
        else:
            raise _Misplaced(value)


def _items(events: Iterator[yaml.Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            return
        if not isinstance(event, _Scalar) or ";" in event.value:
            raise _Misplaced(event)
        yield _text(event)


def _text(scalar: yaml.ScalarEvent) -> str:
    """A scalar as it was written; nothing, where YAML's word for that stands."""
    if scalar.implicit[0] and not scalar.style and scalar.value in {"~", "null"}:
        return ""
    return str(scalar.value).strip()
