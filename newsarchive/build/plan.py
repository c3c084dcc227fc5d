"""The pages that must exist, each known before a byte is written."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One file that the build makes.

    ``path`` is relative to the output. What stands in it is the ``template`` rendered with what
    ``values`` returns, or, for a file that is no HTML page, what ``text`` returns; both are called
    only when the page is rendered. ``source`` says in messages where the page comes from.
    """

    path: str
    template: str = ""
    values: Callable[[], Mapping[str, Any]] = dict
    text: Callable[[], str] | None = None
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
    """Find pages whose paths are equal but for case or the form of their accents."""
    first: dict[str, Page] = {}
    found = []
    for page in pages:
        other = first.setdefault(unicodedata.normalize("NFC", page.path).casefold(), page)
        if other is not page:
            found.append(Clash(page.path, other, page))
    return found
