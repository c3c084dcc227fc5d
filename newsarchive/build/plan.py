"""The pages that must exist, each known before a byte is written."""

import posixpath
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

_NO_VALUES: partial[Any] = partial(dict)


class Page(NamedTuple):
    """One file that the build makes.

    ``path`` is relative to the output. ``make`` is a function of a module with all that the page
    is made from as its arguments, so that a page whose arguments are what they were stays as it
    is; it is called only when the page is made. With a ``template`` it returns the values that are
    rendered, without one the file's own text or bytes. ``source`` says in messages where the page
    comes from.
    """

    path: str
    make: partial[Any] = _NO_VALUES
    template: str = ""
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


class Claims:
    """Which paths are taken by pages, and whose they are."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = {_key(page.path): page for page in pages}

    def claim(self, page: Page) -> Page | None:
        """Give a page its path; or return the page that has it, or would be its folder."""
        key = _key(page.path)
        steps = key.split("/")
        above = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
        other = next((self._pages[path] for path in above if path in self._pages), None)
        if other is None:
            self._pages[key] = page
        return other


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
    folders: dict[str, Page] = {}  # of a folder, the first page below it
    for key, page in first.items():
        folder, _, _ = key.rpartition("/")  # a quarter of the time of dirname, once a page
        while folder and folder not in folders:
            folders[folder] = page
            folder, _, _ = folder.rpartition("/")
    both = sorted(first.keys() & folders.keys())
    return [*found, *(Clash(path, first[path], folders[path]) for path in both)]


def are_free(paths: Iterable[str], taken: Collection[str]) -> bool:
    """Tell whether new paths are none that is taken, nor the folder of one, nor within one.

    Paths are one as for ``clashes``.
    """
    text = "\n".join(("", *taken, ""))  # to be searched as one, for there may be many
    text = text.casefold() if _is_plain(text) else "\n".join(("", *map(_key, taken), ""))
    keys = list(map(_key, paths))
    steps = (step for key in keys for step in accumulate(key.split("/"), "{}/{}".format))
    return not any(f"\n{step}\n" in text for step in steps) and not any(
        f"\n{key}/" in text for key in keys
    )


def _key(path: str) -> str:
    if _is_plain(path):
        return path.casefold()  # nearly every path
    return posixpath.normpath(unicodedata.normalize("NFC", path).casefold())


def _is_plain(path: str) -> bool:
    return path.isascii() and "//" not in path and "./" not in path
