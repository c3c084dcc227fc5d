"""What a page is made from, as a short digest: a page is made again when its digest changes."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from pathlib import Path, PurePath
from secrets import token_bytes
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any
from zoneinfo import ZoneInfo

SIZE = 16  # bytes

# Values that say all they are in their ``repr``.
_PLAIN = (str, bytes, int, float, bool, type(None), date, PurePath, ZoneInfo)


def of_bytes(data: bytes) -> bytes:
    """The digest of a file or a text."""
    return blake2b(data, digest_size=SIZE).digest()


@dataclass(frozen=True, slots=True)
class Digests:
    """Makes digests of values, each object once in a build.

    Values are texts, numbers, dates, dataclasses, functions by name, and tuples, lists and
    mappings of such. Objects have to stay as they are, and alive, for as long as this is used.
    """

    _known: dict[int, bytes] = field(default_factory=dict)
    _alive: list[object] = field(default_factory=list)

    def know(self, value: object, digest: bytes) -> None:
        """Take a digest for an object's own that was made of it before."""
        self._known[id(value)] = digest
        self._alive.append(value)

    def of(self, value: Any) -> bytes:  # noqa: ANN401  # any kind of value can be an input
        """The digest of a value; raises TypeError for a kind whose content cannot be seen."""
        known = self._known.get(id(value))
        if known is not None:
            return known
        kind = type(value)
        if kind is str:
            return blake2b(value.encode(errors="surrogatepass"), digest_size=SIZE).digest()
        if kind is tuple:
            return self._joined(b"(", map(self.of, value))
        if isinstance(value, _PLAIN):
            return of_bytes(f"{kind.__name__} {value!r}".encode(errors="surrogatepass"))
        if is_dataclass(value) and not isinstance(value, type):
            digest = self._of_dataclass(value)
            self.know(value, digest)
            return digest
        return self._of_others(value)

    def of_call(self, head: bytes, call: partial[Any]) -> bytes:
        """The digest of a call that was not made yet, and of what stands before it."""
        parts = [head, self.of(call.func), *map(self.of, call.args)]
        if call.keywords:
            parts.append(self.of(call.keywords))
        return blake2b(b"".join(parts), digest_size=SIZE).digest()

    def seen(self, value: object) -> bytes:
        """The digest of a value; one that cannot be seen into counts as new each time."""
        try:
            return self.of(value)
        except TypeError:
            return token_bytes(SIZE)

    def _of_dataclass(self, value: Any) -> bytes:  # noqa: ANN401  # as above
        name = type(value).__qualname__.encode()
        parts = (self.of(getattr(value, part.name)) for part in fields(value))
        return self._joined(name, parts)

    def _of_others(self, value: Any) -> bytes:  # noqa: ANN401  # as above
        if isinstance(value, list | tuple):
            return self._joined(b"[", map(self.of, value))
        if isinstance(value, Mapping):
            return self._joined(b"{", map(self.of, chain.from_iterable(value.items())))
        if isinstance(value, set | frozenset):
            return self._joined(b"<", sorted(map(self.of, value)))
        return self._of_callable(value)

    def _of_callable(self, value: Any) -> bytes:  # noqa: ANN401  # as above
        if isinstance(value, partial):
            parts = (value.func, value.args, value.keywords)
            return self._joined(b"partial", map(self.of, parts))
        if isinstance(value, MethodType):
            return self._joined(_name(value), [self.of(value.__self__)])
        if isinstance(value, FunctionType):
            digest = self._joined(_name(value), [_of_file(value.__code__.co_filename)])
            self.know(value, digest)
            return digest
        if isinstance(value, BuiltinFunctionType | type):
            return of_bytes(_name(value))
        raise TypeError(f"what a {type(value).__name__} holds cannot be told")

    @staticmethod
    def _joined(head: bytes, parts: Iterable[bytes]) -> bytes:
        return blake2b(b"".join((head, *parts)), digest_size=SIZE).digest()


def of_code(package: Path, distributions: Iterable[str]) -> bytes:
    """The digest of a package's modules, of Python, and of other packages by their versions."""
    modules = (path.read_bytes() for path in sorted(package.rglob("*.py")))
    versions = (f"{name} {version(name)}".encode() for name in distributions)
    return of_bytes(b"\0".join((sys.version.encode(), *versions, *modules)))


def _of_file(name: str) -> bytes:
    """The digest of a module; of one that was never a file, none."""
    path = Path(name)
    return of_bytes(path.read_bytes()) if path.is_file() else b""


def _name(function: Any) -> bytes:  # noqa: ANN401  # a function, a method or a class
    return f"{function.__module__}.{function.__qualname__}".encode()
