"""The stacks: stories that are opened only when somebody asks for one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import NamedTuple, TypeVar, overload

from newsarchive import desk, makeup
from newsarchive.article.article import Article
from newsarchive.build.fingerprint import Digests
from newsarchive.build.state import Text
from newsarchive.catalog.catalog import Stories
from newsarchive.catalog.group import Entry
from newsarchive.catalog.roll import Roll
from newsarchive.desk import Filed
from newsarchive.run import Run

Kept = TypeVar("Kept")


class _Open(NamedTuple):
    entry: Entry
    text: Text


class Stacks(Mapping[str, Text]):
    """Stories by the paths of their sources, as a mapping their texts.

    ``resolved`` are the keys, as hexadecimal digits, of texts that name other files, with these
    found. Those that are ``given`` count for more than what is kept.
    """

    def __init__(self, run: Run, digests: Digests, resolved: Mapping[str, str]) -> None:
        self._run, self._digests, self._resolved = run, digests, resolved
        self._open: dict[str, _Open] = {}
        self._given: dict[str, _Open] = {}

    def with_given(self, filed: Iterable[Filed]) -> "Stacks":
        """The same, but for some stories."""
        stacks = copy(self)
        stacks._given = {one.item.source_path: self._opened(one) for one in filed}  # noqa: SLF001
        return stacks

    def open(self, paths: Collection[str]) -> None:
        """Open stories at once, which takes less time than one after the other."""
        for one in desk.filed(self._run.state, self._run.settings, self._digests, paths):
            self._open[one.item.source_path] = self._opened(one)

    def __getitem__(self, path: str) -> Text:
        return self._found(path).text

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.state.sources)

    def __len__(self) -> int:
        return len(self._run.state.sources)

    def entry(self, path: str) -> Entry:
        """A story as it stands in lists."""
        return self._found(path).entry

    def article(self, path: str) -> Article:
        """A story."""
        return self._found(path).entry.article

    def _found(self, path: str) -> "_Open":
        found = self._given.get(path) or self._open.get(path)
        if found is None:
            self.open([path])
            found = self._open[path]
        return found

    def _opened(self, one: Filed) -> "_Open":
        entry = Entry(makeup.measured(self._run, one.item))
        self._digests.know(entry, self._digests.of(entry.article))
        return _Open(entry, self.finished(one).text)

    def finished(self, one: Filed) -> Filed:
        """An item with its text as it is published."""
        key = self._resolved.get(one.item.source_path)
        return one._replace(text=Text(bytes.fromhex(key), one.text.file)) if key else one

    def stories(self, roll: Roll) -> Stories:
        """The stories of a roll; those in no list are few, and opened at once."""
        listed = roll.in_lists
        return Stories(
            _Shelf(self.article, listed),
            _Shelf(self.entry, listed),
            tuple(map(self.article, roll.paths[roll.listed :])),
            tuple(self.article(one.path) for one in roll.withdrawn),
        )


class _Shelf(Sequence[Kept]):
    """What is found by paths, in their order."""

    def __init__(self, find: Callable[[str], Kept], paths: Sequence[str]) -> None:
        self._find, self._paths = find, paths

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, at: int) -> Kept: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Kept, ...]: ...

    def __getitem__(self, at: int | slice) -> Kept | tuple[Kept, ...]:
        if isinstance(at, slice):
            return tuple(map(self._find, self._paths[at]))
        return self._find(self._paths[at])
