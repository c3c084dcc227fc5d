"""What an earlier build read and wrote, so that the next one does only what has changed.

A state that is missing, damaged or of other code counts as none: the build takes longer, and its
output is the same.
"""

import fcntl
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from newsarchive.build import fingerprint

logger = logging.getLogger(__name__)

_TABLES = """
    CREATE TABLE facts (name TEXT PRIMARY KEY, seal BLOB NOT NULL, value BLOB NOT NULL);
    CREATE TABLE records (path TEXT PRIMARY KEY, record BLOB NOT NULL);
    CREATE TABLE texts (key BLOB PRIMARY KEY, text TEXT NOT NULL);
"""
_SCHEMA = "schema"  # facts, by name
_SEAL = "seal of the sources"
_FEW = 1_000  # changed rows of a table
_SHARE = 16  # of which it takes as long to look up one part of the records as to read all
_BESIDE = ("journal", "wal", "shm")  # files that SQLite keeps beside a database


class Damaged(Exception):
    """A state does not hold what was put into it."""


class Source(NamedTuple):
    """A file that was read: its look on disk, and the digest of its content.

    ``text`` is the key of the text that was made of it, ``seal`` the digest of its record.
    """

    path: str
    signature: str
    hash: bytes
    text: bytes
    seal: bytes


class Written(NamedTuple):
    """A file that was written: the digest of what it was made from, and its look on disk."""

    digest: bytes
    size: int
    mtime: int


Row = TypeVar("Row", Source, Written)


class Text(NamedTuple):
    """A text kept in a state, under a key that is made of it."""

    key: bytes
    file: str

    @property
    def text(self) -> str:
        """The text itself; raises Damaged if it is no longer there."""
        return _text(self)


@lru_cache(maxsize=128)  # the feeds of a group want the same ones
def _text(text: Text) -> str:
    found = _found(text)
    if found is None:  # a worker that outlives a build may have the file open that was before
        _reading.cache_clear()
        found = _found(text)
    if found is None:
        raise Damaged("a text is lost")
    return found


def _found(text: Text) -> str | None:
    query = "SELECT text FROM texts WHERE key = ?"
    with suppress(sqlite3.Error):
        row = _reading(text.file, os.getpid()).execute(query, (text.key,)).fetchone()
        if row and isinstance(row[0], str) and key_of(row[0]) == text.key:
            return row[0]
    return None


def key_of(text: str) -> bytes:
    """The key under which a text is kept."""
    return fingerprint.of_bytes(text.encode(errors="surrogatepass"))


@lru_cache(maxsize=2)
def _reading(file: str, _process: int) -> sqlite3.Connection:
    """A connection of this process alone: one that was forked away is not to be used.

    It takes no locks, and so has to be forgotten whenever something is written.
    """
    return sqlite3.connect(f"{Path(file).absolute().as_uri()}?immutable=1", uri=True)


class State:
    """The record of earlier builds of one output folder, in an SQLite file that one build has.

    Another build waits until that is closed, or its process has ended.

    ``sources`` and ``pages`` are what was read and written, by path; ``seal`` tells all that was
    read from any other. ``known`` is false where the file was missing or damaged, so that what
    stands in the output is nobody's.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock: int | None = _locked(Path(f"{file}.lock"))
        try:
            self._open()
        except (sqlite3.Error, Damaged, UnicodeDecodeError):  # the last of a damaged schema
            self.discard()

    def _open(self) -> None:
        self._pages = _Table(self, "pages", Written)
        self._sources = _Table(self, "sources", Source)
        self._database = sqlite3.connect(self.file, isolation_level=None)
        # What a crash of the machine leaves half written is found out by its digests.
        self._database.execute("PRAGMA synchronous = OFF")
        self.known = bool(self._database.execute("SELECT 1 FROM sqlite_master").fetchone())
        if not self.known:
            self._database.execute("PRAGMA page_size = 16384")  # few records need more than one
            self._database.executescript(_TABLES)
            self.note(_SCHEMA, _TABLES)
            self._pages.clear()
            self._sources.clear()
        if self.fact(_SCHEMA) != _TABLES:
            raise Damaged("it was made by another version")
        self._pages.open()
        try:
            self._sources.open()
        except Damaged:
            self.forget_sources()
        self.pages, self.sources = self._pages.rows, self._sources.rows
        self.seal = self.fact(_SEAL)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is kept within, or nothing of it where that fails or is broken off."""
        if self._database.in_transaction:  # of which this is a part
            yield
            return
        _reading.cache_clear()
        self._database.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def records(self, wanted: Collection[str] | None = None) -> Iterator[tuple[Source, bytes]]:
        """What was made of all files, or those wanted, as JSON, in the order of the paths.

        Raises Damaged.
        """
        query, sealed = "SELECT path, record FROM records", fingerprint.of_bytes
        try:
            wanted = self.sources if wanted is None else wanted
            if len(wanted) * _SHARE > len(self.sources):
                known = dict(self._database.execute(query).fetchall())
            else:
                one = f"{query} WHERE path = ?"
                known = dict(self._database.execute(one, (path,)).fetchone() for path in wanted)
            for path in sorted(wanted):
                source = self.sources[path]
                if sealed(known[path]) != source.seal:
                    raise Damaged(f"the record of {path} is not what was kept")
                yield source, known[path]
        except (KeyError, TypeError) as error:  # damage may turn bytes into a number
            raise Damaged(str(error)) from error

    def discard(self) -> None:
        """Begin anew, with nothing known."""
        self._let_go()
        for path in (self.file, *(Path(f"{self.file}-{name}") for name in _BESIDE)):
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Let go of the file, and let another build have it."""
        self._let_go()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _let_go(self) -> None:
        _reading.cache_clear()
        if hasattr(self, "_database"):
            self._database.close()

    def fact(self, name: str) -> str:
        """Something that an earlier build noted, or nothing."""
        return self.noted(name).decode()

    def noted(self, name: str) -> bytes:
        """A fact as it lies there."""
        query = "SELECT seal, value FROM facts WHERE name = ?"
        seal, value = self._database.execute(query, (name,)).fetchone() or (b"", b"")
        return value if isinstance(value, bytes) and seal == _seal_of(name, value) else b""

    def note(self, name: str, value: str | bytes) -> None:
        """Note something for the next build, under a seal which tells the name too."""
        query = (
            "INSERT INTO facts VALUES (?, ?, ?) ON CONFLICT (name) "
            "DO UPDATE SET seal = excluded.seal, value = excluded.value"
        )
        data = value.encode() if isinstance(value, str) else value
        self._database.execute(query, (name, _seal_of(name, data), data))

    def forget_sources(self) -> None:
        """Forget all that was read: it would be read otherwise now."""
        with self.transaction():
            self._sources.clear()
            self.note(_SEAL, "")
            self._database.execute("DELETE FROM records")
            self._database.execute("DELETE FROM texts")

    def keep_sources(self, read: Iterable[tuple[Source, bytes]]) -> None:
        """Keep what was read, each with its record."""
        rows = []
        for source, record in read:
            self._sources.change(source.path, source)
            rows.append((source.path, record))
        with self.transaction():
            self._database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?)", rows)

    def seal_sources(self) -> None:
        """Say that all that was read is kept; without it, nothing was for the next build."""
        self.seal = os.urandom(fingerprint.SIZE).hex()
        with self.transaction():
            self._sources.note()
            self.note(_SEAL, self.seal)

    def keep_signatures(self, signatures: Mapping[str, str]) -> None:
        """Keep how files look that were only touched."""
        for path, signature in signatures.items():
            self._sources.change(path, self.sources[path]._replace(signature=signature))
        self._sources.note()

    def drop_sources(self, gone: Collection[str]) -> None:
        """Forget files that are gone."""
        for path in gone:
            self._sources.change(path, None)
        with self.transaction():
            self._database.executemany("DELETE FROM records WHERE path = ?", [(p,) for p in gone])

    def keep_texts(self, texts: Iterable[str]) -> list[Text]:
        """Keep texts, each once, and say where they are."""
        kept = [(key_of(text), text) for text in texts]
        with self.transaction():
            self._database.executemany("INSERT OR IGNORE INTO texts VALUES (?, ?)", kept)
        return [Text(key, str(self.file)) for key, _ in kept]

    def drop_texts_but(self, wanted: set[bytes]) -> None:
        """Drop the texts that no page is made from any more."""
        keys = self._database.execute("SELECT key FROM texts").fetchall()
        unwanted = [(key,) for (key,) in keys if key not in wanted]
        with self.transaction():
            self._database.executemany("DELETE FROM texts WHERE key = ?", unwanted)

    def keep_pages(self, written: Mapping[str, Written], gone: Collection[str] = ()) -> None:
        """Keep what was written, and forget the paths that are gone."""
        for path in gone:
            self._pages.change(path, None)
        for path, look in written.items():
            self._pages.change(path, look)
        self._pages.note()


class _Table(Generic[Row]):
    """Rows of one kind by path, as two facts: all as they were once, and what has changed since.

    To open them takes half as long as a table of SQLite's, and to change a few no longer.
    """

    def __init__(self, state: State, name: str, kind: type[Row]) -> None:
        self._state = state
        self._every = f"{name} {kind._fields}"
        self._since = f"{self._every} since"
        rows: Any = dict[str, kind | None]  # type: ignore[valid-type]
        self._decode: Callable[[bytes], Any] = msgspec.json.Decoder(rows).decode
        self._changed: dict[str, Row | None] = {}
        self.rows: dict[str, Row] = {}

    def open(self) -> None:
        """Find the rows of an earlier build; raises Damaged."""
        every, since = map(self._state.noted, (self._every, self._since))
        if not (every and since):
            raise Damaged(f"{self._every} is not what was kept")
        self.rows = self._decode(every)
        for path, row in self._decode(since).items():
            self.change(path, row)

    def change(self, path: str, row: Row | None) -> None:
        """Put in a row, or take it out."""
        self._changed[path] = row
        if row:
            self.rows[path] = row
        else:
            self.rows.pop(path, None)

    def note(self) -> None:
        """Keep what has changed for the next build."""
        with self._state.transaction():
            if len(self._changed) > _FEW:
                self._changed.clear()
                self._state.note(self._every, _encode(self.rows))
            self._state.note(self._since, _encode(self._changed))

    def clear(self) -> None:
        """Take out all rows."""
        self._changed.clear()
        self.rows.clear()
        for name in (self._every, self._since):
            self._state.note(name, _encode({}))


_encode = msgspec.json.Encoder().encode


def _seal_of(name: str, value: bytes) -> bytes:
    """Tell a fact from every other, by its name too."""
    return fingerprint.of_bytes(name.encode() + fingerprint.of_bytes(value))


def _locked(path: Path) -> int:
    """Open a file that no other process has locked; while one has, wait."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        logger.warning("Another build of this site is at work; waiting for it to end")
        fcntl.lockf(descriptor, fcntl.LOCK_EX)
    return descriptor
