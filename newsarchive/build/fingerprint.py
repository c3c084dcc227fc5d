"""What a page is made from, as a short digest: a page is made again when its digest changes."""

import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, partial
from hashlib import blake2b
from itertools import chain
from operator import attrgetter
from pathlib import Path, PurePath
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

SIZE = 16  # bytes


def of_bytes(data: bytes) -> bytes:
    """The digest of a file or a text."""
    return blake2b(data, digest_size=SIZE).digest()


# Kinds of which every value says all it is in its ``repr``.
_NO_TEXT = b"\xff"  # what no encoded text begins with
_WORDS_AND_NUMBERS = (str, int, bool)
_PLAIN = (bytes, int, float, bool, date, PurePath, ZoneInfo)


class Digests:
    """Makes digests of values, each object once in a build.

    Values are texts, numbers, dates, dataclasses, functions by name and module, and tuples, lists,
    sets and mappings of such. Objects have to stay as they are for as long as this is used.
    """

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        self._alive: list[object] = []  # so that no other object gets the identity of one
        for value in (None, (), "", False, True):
            self.know(value, of_bytes(_NO_TEXT + repr(value).encode()))

    def know(self, value: object, digest: bytes) -> bytes:
        """Take a digest for an object's own that was made of it before."""
        self._known[id(value)] = digest
        self._alive.append(value)
        return digest

    def of(self, value: Any) -> bytes:  # noqa: ANN401  # any kind of value can be an input
        """The digest of a value; raises TypeError for a kind whose content cannot be seen."""
        known = self._known.get(id(value))
        if known is not None:
            return known
        if isinstance(value, str):
            return of_bytes(value.encode(errors="surrogatepass"))
        if isinstance(value, tuple):
            return self.know(value, self._joined(b"(", value))
        if isinstance(value, _PLAIN):
            return of_bytes(_NO_TEXT + f"{type(value).__name__} {value!r}".encode())
        if is_dataclass(value) and not isinstance(value, type):
            kind = type(value)
            head = kind.__qualname__.encode()
            written = _written(value) if _is_plain(kind) else b""
            digest = (
                of_bytes(head + written) if written else self._joined(head, _parts(kind)(value))
            )
            return self.know(value, digest)
        return self._of_container(value)

    def of_call(self, head: bytes, call: partial[Any]) -> bytes:
        """The digest of a call that was not made yet, and of what stands before it."""
        parts = [head, self.of(call.func), self._row(call.args)]
        if call.keywords:
            parts.append(self.of(call.keywords))
        return of_bytes(b"".join(parts))

    def seen(self, value: object) -> bytes:
        """The digest of a value; one that cannot be seen into counts as new each time."""
        try:
            return self.of(value)
        except TypeError:
            return os.urandom(SIZE)

    def _joined(self, head: bytes, values: Collection[Any]) -> bytes:
        return of_bytes(head + self._row(values))

    def _row(self, values: Collection[Any]) -> bytes:
        """The digests of some values, one after the other."""
        try:  # mostly all are known, and found without a step of Python for each
            return b"".join(map(self._known.__getitem__, map(id, values)))
        except KeyError:
            known, of = self._known.get, self.of
            return b"".join([known(id(value)) or of(value) for value in values])

    def _of_container(self, value: Any) -> bytes:  # noqa: ANN401  # as above
        if isinstance(value, Sequence):
            return self._joined(b"[", value)
        if isinstance(value, Mapping):
            return self._joined(b"{", tuple(chain.from_iterable(value.items())))
        if isinstance(value, set | frozenset):
            return of_bytes(b"".join((b"<", *sorted(map(self.of, value)))))
        return self._of_callable(value)

    def _of_callable(self, value: Any) -> bytes:  # noqa: ANN401  # as above
        if isinstance(value, partial):
            return self._joined(b"partial", (value.func, value.args, value.keywords))
        if isinstance(value, MethodType):
            return self._joined(_name(value), (value.__self__, value.__func__))
        if isinstance(value, FunctionType):
            return self._of_function(value)
        if isinstance(value, type):
            module = getattr(sys.modules.get(value.__module__), "__file__", None)
            return self.know(value, of_bytes(_name(value) + _of_file(module or "")))
        if isinstance(value, BuiltinFunctionType):
            return of_bytes(_name(value))
        raise TypeError(f"what a {type(value).__name__} holds cannot be told")

    def _of_function(self, value: FunctionType) -> bytes:
        """The digest of a function's module, and of what it holds of the place it was made in."""
        head = _name(value) + _of_file(value.__code__.co_filename)
        self.know(value, of_bytes(head))  # for what it holds may be itself
        try:
            held = [cell.cell_contents for cell in value.__closure__ or ()]
            known = (value.__defaults__, value.__kwdefaults__, *held)
            return self.know(value, self._joined(head, known))
        except (TypeError, ValueError):  # a cell may be empty
            del self._known[id(value)]
            raise TypeError(f"what {value.__qualname__} holds cannot be told") from None


def _written(value: object) -> bytes:
    """A plain value as JSON, in a tenth of the time that looking into it takes, or nothing.

    A text may be a file's name that is none, or a text of some library's own kind.
    """
    try:
        return _encode(value)
    except (UnicodeEncodeError, TypeError):
        return b""


_encode = msgspec.json.Encoder().encode


@cache
def _is_plain(kind: type[Any]) -> bool:
    """Tell whether a dataclass holds nothing but words and numbers, however deep."""
    try:
        hints = get_type_hints(kind)
        return all(_says_plain(hints[part.name], kind) for part in fields(kind))
    except (NameError, TypeError, RecursionError):  # a type that only checkers import, or a circle
        return False


def _says_plain(hint: Any, within: type[Any]) -> bool:  # noqa: ANN401  # any hint
    if hint in _WORDS_AND_NUMBERS or hint is within:
        return True
    if get_origin(hint) is tuple:
        return all(_says_plain(part, within) for part in get_args(hint) if part is not Ellipsis)
    return isinstance(hint, type) and is_dataclass(hint) and _is_plain(hint)


@cache
def _parts(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of a dataclass's fields, all at once."""
    names = [part.name for part in fields(kind)]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    getter: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    return getter


def of_code(package: Path) -> bytes:
    """The digest of a package's modules, of Python, and of all that is installed, by version."""
    modules = (path.read_bytes() for path in sorted(package.rglob("*.py")))
    installed = (name.encode() for name in installed_versions())
    return of_bytes(b"\0".join((sys.version.encode(), *installed, *modules)))


def installed_versions() -> list[str]:
    """The packages that Python can import: ``jinja2-3.1.6`` and so on."""
    folders = [folder or "." for folder in sys.path if Path(folder).is_dir()]
    names = (name for folder in folders for name in os.listdir(folder))  # noqa: PTH208  # 300 names
    return sorted(name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info"))


def _of_file(name: str) -> bytes:
    """The digest of a module; of one that was never a file, none."""
    path = Path(name)
    return of_bytes(path.read_bytes()) if path.is_file() else b""


def _name(function: Any) -> bytes:  # noqa: ANN401  # a function, a method or a class
    return _NO_TEXT + f"{function.__module__}.{function.__qualname__}".encode()
