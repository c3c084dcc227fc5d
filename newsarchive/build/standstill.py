"""Whether nothing but posts has changed since the last build, which is told without a plan."""

import json
from collections.abc import Iterable, Mapping
from math import inf
from pathlib import Path
from typing import NamedTuple

from newsarchive.build import fingerprint, sources
from newsarchive.build.sources import GRAIN, Rules
from newsarchive.build.state import State


class Standstill(NamedTuple):
    """What a build left behind: the seal of its sources, the digest of all else it was made from.

    ``built`` is when it looked at its files, in nanoseconds; ``since`` and ``until`` are the
    instants, in seconds, between which the same would be published. ``beside`` are the paths of
    the files that it used beyond the folders that are looked through; ``items`` says how many
    things it published, ``warnings`` what it warned of.
    """

    sources: str
    digest: str
    built: int
    since: float
    until: float
    beside: list[str]
    items: int
    warnings: list[str]

    def holds(self, digest: str, looks: Iterable[str], instant: float) -> bool:
        """Tell whether the same sources would make the same site for an instant.

        ``looks`` are of the files that it is made from beside its sources.
        """
        return (
            digest == self.digest
            and self.since <= instant < self.until
            and all(sources.newest(look) < self.built - GRAIN for look in looks)
        )


_FACT = f"standstill {Standstill._fields}"  # a fact of the state; one in another form is none
NEVER = Standstill("", "", 0, inf, -inf, [], 0, [])


def noted(state: State) -> Standstill:
    """What the last build left behind."""
    parts = json.loads(state.fact(_FACT) or "[]")
    return Standstill(*parts) if parts else NEVER


def note(state: State, standstill: Standstill) -> None:
    """Leave something behind for the next build."""
    state.note(_FACT, json.dumps(standstill))


def looks(folders: Iterable[Path], files: Iterable[Path]) -> dict[str, str]:
    """How all files below some folders, and some others, look on disk."""
    found: dict[str, str] = {}
    for folder in folders:
        below = sources.look(str(folder.parent), [folder.name], Rules())
        found.update((f"{folder.parent}/{path}", look) for path, look in below.items())
    for file in files:
        found[str(file)] = sources.signature(file)
    return found


def digest(head: bytes, looks: Mapping[str, str]) -> str:
    """Tell how the files look that a site is made from beside its sources."""
    names = "\n".join(f"{path} {looks[path]}" for path in sorted(looks))
    return fingerprint.of_bytes(head + names.encode(errors="surrogatepass")).hex()
