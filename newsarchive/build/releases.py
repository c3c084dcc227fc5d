"""Releases of a site stand side by side; a link says which is live, and is switched in one step.

::

    public/
    ├── building/               what the build makes and keeps; nobody else reads it
    ├── releases/
    │   └── 20240930T180500Z/   a BagIt bag; a file as in the release before is the same file
    │       └── data/           the site
    └── current -> releases/20240930T180500Z
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsarchive.errors import Busy

_SPARE = ".spare"  # a name among the releases
_STAMP = re.compile(r"\d{8}T\d{6}Z(-\d+)?")


@dataclass(frozen=True, slots=True)
class Releases:
    """The folder in which releases stand."""

    folder: Path

    @property
    def building(self) -> Path:
        """Where the build writes."""
        return self.folder / "building"

    @property
    def current(self) -> Path:
        """The link to the live release."""
        return self.folder / "current"

    @property
    def live(self) -> str:
        """The stamp of the live release, or nothing."""
        return self.current.readlink().name if self.current.is_symlink() else ""

    def at(self, stamp: str) -> Path:
        """The folder of a release."""
        return self.folder / "releases" / stamp

    def stamps(self) -> list[str]:
        """All releases, the oldest first."""
        return sorted(filter(_STAMP.fullmatch, self._names()), key=_order)

    @property
    def last(self) -> str:
        """The newest release, which need not be live; nothing if there is none."""
        return (self.stamps() or [""])[-1]

    def before(self, stamp: str) -> str:
        """The release before another, or nothing."""
        return max((s for s in self.stamps() if _order(s) < _order(stamp)), key=_order, default="")

    def stamp(self, instant: datetime) -> str:
        """Name a new release after an instant in UTC, and so that it comes last."""
        stamp, last = f"{instant:%Y%m%dT%H%M%SZ}", self.last
        if not last or _order(stamp) > _order(last):
            return stamp
        base, number = _order(last)
        return f"{base}-{number + 1}"

    def place(self, draft: Path, stamp: str) -> None:
        """Let a release that is whole stand beside the others."""
        draft.rename(self.at(stamp))
        _sync(self.at(""))

    def switch(self, stamp: str) -> None:
        """Make a release the live one."""
        link = self.folder / ".current"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("releases", stamp))
        link.replace(self.current)
        _sync(self.folder)

    def draft(self, stamp: str) -> Path:
        """The folder in which to make a release: where there is a spare one, that is used."""
        draft = self.at(f".{stamp}")
        if self.at(_SPARE).is_dir():
            self.at(_SPARE).rename(draft)
        return draft

    def prune(self, keep: int) -> None:
        """Retire all but the last releases and the live one; none is ever there in part."""
        for stamp in self.stamps()[:-keep]:
            if stamp != self.live:
                self.at(stamp).rename(self.at(f".{stamp}"))
        self.sweep()

    def sweep(self) -> None:
        """Keep one of those that are retired or half made for the next to be made of."""
        for name in self._names():
            if name.startswith(".") and name != _SPARE:
                if self.at(_SPARE).exists():
                    shutil.rmtree(self.at(name))
                else:
                    self.at(name).rename(self.at(_SPARE))

    def _names(self) -> list[str]:
        folder = self.at("")
        return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208  # names are wanted

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[None]:
        """Keep every other process from changing releases while this lasts.

        Where one does already, wait for it, or raise Busy. The system lets go of the lock when a
        process ends, however it ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("ab") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise Busy(f"{self.folder}: somebody else is publishing; try again later") from None
            yield


def _order(stamp: str) -> tuple[str, int]:
    base, _, number = stamp.partition("-")
    return base, int(number or 1)


def _sync(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
