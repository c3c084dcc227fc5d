"""Pelican's Markdown files are read ahead, in worker processes, and by one parser for many.

Everything else of a reading (metadata of the path, typography, signals, contents) stays with
Pelican, in the parent and in its order. A file that a worker could not read, or had something to
say about, is read again by Pelican itself.
"""

import pickle
import sys
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from os.path import abspath, join
from typing import Any

from markdown import Markdown
from pelican.generators import CachingGenerator
from pelican.readers import DUPLICATES_DEFINITIONS_ALLOWED, MarkdownReader
from pelican.utils import file_suffix, pelican_open

from newsarchive.build.paragraphs import Paragraphs
from newsarchive.build.pool import Pool
from newsarchive.build.stock import quicker
from newsarchive.build.stock.noticing import noticing

# Of these it is known that reset() leaves nothing of one text behind for the next.
KNOWN_EXTENSIONS = {
    f"markdown.extensions.{name}"
    for name in (
        *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"),
        *("footnotes", "legacy_attrs", "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists"),
        *("smarty", "tables", "toc", "wikilinks"),
    )
}
BATCH = 64
_DATES: Mapping[str, Callable[[str], datetime]] = {
    "date": lambda text: quicker.get_date(text.replace("_", " ")),
    "modified": quicker.get_date,
}

# The HTML of a file and its metadata; dates are dates, all else is text as it stands.
Reading = tuple[str, list[tuple[str, Any]]]


class Unread(Exception):
    """A file is better read by Pelican itself."""


class Parser:
    """Reads Markdown files one after the other."""

    def __init__(self, settings: Mapping[str, Any], formatted: Collection[str]) -> None:
        self._settings = settings
        self._formatted = formatted
        self._start_afresh()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Parser, (self._settings, self._formatted)

    def read(self, path: str) -> Reading:
        """Read one file; raises Unread."""
        try:
            with pelican_open(path) as text:
                return self._html(text), [*self._metadata()]
        except Exception:
            self._start_afresh()  # a parser that was interrupted is in no known state
            raise

    def _start_afresh(self) -> None:
        self._text = Markdown(**self._settings)
        self._field = Markdown(**self._settings)
        self._field.preprocessors.deregister("meta")
        self._paragraphs = Paragraphs.of(self._text)

    def _html(self, text: str) -> str:
        html = self._shortcut(text) if self._paragraphs and text.strip() else None
        return self._text.reset().convert(text) if html is None else html

    def _shortcut(self, text: str) -> str | None:
        lines = text.split("\n")
        for name in ("normalize_whitespace", "meta"):
            lines = self._text.preprocessors[name].run(lines)
        return self._paragraphs.convert("\n".join(lines)) if self._paragraphs else None

    def _metadata(self) -> Iterator[tuple[str, Any]]:
        values: list[str]
        for name, values in self._text.Meta.items():  # type: ignore[attr-defined]
            if name in self._formatted:
                yield name, self._field.reset().convert("\n".join(values))
            elif len(values) == 1:
                yield name, _DATES[name](values[0]) if name in _DATES else values[0]
            elif DUPLICATES_DEFINITIONS_ALLOWED.get(name, True):
                yield name, values
            else:
                raise Unread(name)  # Pelican warns of it


def obstacle(settings: Mapping[str, Any]) -> str | None:
    """Say what may carry over from one text to the next, if anything may."""
    markdown = settings["MARKDOWN"]
    if any(config.get("UNIQUE_IDS") for config in markdown.get("extension_configs", {}).values()):
        return "Markdown is to number footnotes through all texts"
    for extension in markdown.get("extensions", []):
        if not {extension, f"markdown.extensions.{extension}"} & KNOWN_EXTENSIONS:
            return f"Markdown's extension {extension} may keep something from one text to the next"
    if not _DATES.keys().isdisjoint(settings["FORMATTED_FIELDS"]):
        return "FORMATTED_FIELDS names a date"
    return None


def _read(parser: Parser, paths: Sequence[str]) -> list[Reading | None]:
    with noticing() as notes:
        return [_read_quietly(parser, path, notes) for path in paths]


def _read_quietly(parser: Parser, path: str, notes: list[Any]) -> Reading | None:
    try:
        reading = parser.read(path)
    except Exception:  # noqa: BLE001  # whatever it is, Pelican meets it again and says so
        reading = None
    if notes:
        notes.clear()
        return None
    return reading


class _Desk:
    """Where files that were read ahead lie until Pelican asks for them."""

    def __init__(self, pool: Pool, parser: Parser) -> None:
        self._pool = pool
        self._parser = parser
        self._batches: Iterator[list[Reading | None]] = iter(())
        self._coming: Iterator[tuple[str, Reading | None]] = iter(())
        self._lying: dict[str, Reading | None] = {}
        self._expected: set[str] = set()

    def expect(self, paths: Sequence[str]) -> None:
        """Have files read by worker processes, if it is worth while."""
        if len(paths) > BATCH and self._pool.workers > 1 and self._can_be_sent():
            self._batches = self._pool.run(_read, self._parser, paths, BATCH)
            self._coming = zip(paths, chain.from_iterable(self._batches), strict=True)
            self._expected = set(paths)

    def _can_be_sent(self) -> bool:
        try:
            pickle.dumps(self._parser)
        except Exception:  # noqa: BLE001  # extensions may be configured with anything
            return not self._pool.executor and sys.platform == "linux"
        return True

    def take(self, path: str) -> Reading | None:
        """What stands in a file; None where Pelican has to read it itself."""
        if path not in self._expected:
            return self._read_now(path)
        while path not in self._lying:
            name, reading = next(self._coming)
            self._lying[name] = reading
        self._expected.remove(path)
        return self._lying.pop(path)

    def _read_now(self, path: str) -> Reading | None:
        try:
            return self._parser.read(path)
        except Unread:
            return None

    def clear(self) -> None:
        """Let the workers go."""
        if isinstance(self._batches, Generator):
            self._batches.close()


@dataclass(frozen=True, slots=True)
class _Served:
    """Stands in for the ``read`` of one of Pelican's readers."""

    reader: MarkdownReader
    desk: _Desk

    def __call__(self, path: str) -> tuple[str, dict[str, Any]]:
        reading = self.desk.take(path)
        if reading is None:
            return MarkdownReader.read(self.reader, path)  # type: ignore[no-any-return]
        html, metadata = reading
        return html, {name: self._processed(name, value) for name, value in metadata}

    def _processed(self, name: str, value: Any) -> Any:  # noqa: ANN401  # as metadata are
        if isinstance(value, datetime):
            return value
        return self.reader.process_metadata(name, value)


@contextmanager
def reading_ahead(generator: CachingGenerator, pool: Pool, *, ahead: bool) -> Iterator[None]:
    """Serve a generator's Markdown from one parser, and ``ahead`` of its asking where that may be.

    Lasts while the generator reads its files; does nothing where there is an obstacle.
    """
    readers = generator.readers.readers
    ours = {ending: reader for ending, reader in readers.items() if type(reader) is MarkdownReader}
    settings = generator.settings
    if not ours or obstacle(settings):
        yield
        return
    desk = _Desk(pool, Parser(settings["MARKDOWN"], frozenset(settings["FORMATTED_FIELDS"])))

    def get_files(*args: Any, **kwargs: Any) -> set[str]:  # noqa: ANN401  # as Pelican's
        found: set[str] = type(generator).get_files(generator, *args, **kwargs)
        if ahead:
            paths = [join(generator.path, file) for file in found if file_suffix(file) in ours]  # noqa: PTH118  # once a file
            desk.expect([abspath(path) for path in paths])  # noqa: PTH100  # as Pelican does
        return found

    generator.get_files = get_files
    for reader in ours.values():
        reader.read = _Served(reader, desk)
    try:
        yield
    finally:
        del generator.get_files
        for reader in ours.values():
            del reader.read
        desk.clear()
