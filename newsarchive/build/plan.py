"""The pages that must exist, each known before a byte is written."""

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One file that the build makes.

    ``path`` is relative to the output. What stands in it is the ``template`` rendered with what
    ``values`` returns, or, for a file that is no HTML page, what ``content`` returns; both are
    called only when the page is rendered. ``source`` says in messages where the page comes from.
    """

    path: str
    template: str = ""
    values: Callable[[], Mapping[str, Any]] = dict
    content: Callable[[], str | bytes] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two pages that would be one file on some disk."""

    path: str
    first: Page
    second: Page

    def __str__(self) -> str:
        sources = " and ".join(page.source or page.template for page in (self.first, self.second))
        return f"{sources} both want to be {self.path}; give one of them another address"


def clashes(pages: Iterable[Page]) -> list[Clash]:
    """Find pages whose paths are one on some disk, or of which one would be the other's folder.

    Paths are one when they differ only by case, by the form of their accents, or by steps that
    lead nowhere (``./a``, ``a//b``).
    """
    first: dict[str, Page] = {}
    found = []
    for page in pages:
        other = first.setdefault(_key(page.path), page)
        if other is not page:
            found.append(Clash(page.path, other, page))
    found += [
        Clash(str(folder), first[str(folder)], page)
        for key, page in first.items()
        for folder in PurePosixPath(key).parents
        if str(folder) in first
    ]
    return found


def _key(path: str) -> str:
    return posixpath.normpath(unicodedata.normalize("NFC", path).casefold())
