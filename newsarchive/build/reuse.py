"""What a release has in common with the last one is the same files, by links."""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newsarchive.build import bag, twins

MADE_BY = "Compressed-With"  # a fact of the bag

Look = tuple[int, int]  # size, and time of change in nanoseconds


@dataclass(frozen=True)
class Earlier:
    """The last release, of which the next takes what has not changed; ``""`` if there is none."""

    folder: str

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digest of each file by its path; none if the twins were made by other libraries."""
        with suppress(OSError):
            if self.folder and bag.facts(Path(self.folder)).get(MADE_BY) == twins.MADE_BY:
                return bag.payload(Path(self.folder))
        return {}

    @cached_property
    def holders(self) -> dict[str, str]:
        """A file for each digest."""
        return {digest: path for path, digest in self.digests.items()}

    def whole(self, path: str) -> dict[str, str]:
        """The digests of a file and of its twins."""
        names = [path, *(f"{path}{suffix}" for suffix in twins.wanted(path))]
        return {name: self.digests[name] for name in names if name in self.digests}

    def file(self, path: str) -> str:
        """Where a file of the site is."""
        return f"{self.folder}/{bag.PAYLOAD}/{path}"

    def has(self, path: str, look: Look) -> bool:
        """Tell whether a file is there and looks so: a copy has the time of its original."""
        try:
            stat = os.stat(self.file(path))  # noqa: PTH116  # once a file
        except OSError:
            return False
        return (stat.st_size, stat.st_mtime_ns) == look


class Inodes(NamedTuple):
    """What is below a folder: folders, each after the one that it is in, and inodes of files."""

    folders: Collection[str]
    files: Mapping[str, int]


def _inodes(root: str) -> Inodes:
    folders: dict[str, None] = {}
    files: dict[str, int] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders[path] = None
                    waiting.append(f"{path}/")
                else:
                    files[path] = entry.inode()
    return Inodes(folders, files)


def cleared(
    folder: Path, folders: Collection[str], kept: Collection[str], earlier: Earlier
) -> Inodes:
    """Take out of an old release what is not, as the same file, in the last one; tells the rest."""
    for file in folder.iterdir():
        if file.name != bag.PAYLOAD:
            file.unlink()
    payload = f"{folder}/{bag.PAYLOAD}"
    old = _inodes(payload)
    if not old.folders and not old.files:
        return old
    last = _inodes(earlier.file("")).files if kept else {}
    wanted = {name for path in kept for name in earlier.whole(path)}
    stays = {
        path: inode
        for path, inode in old.files.items()
        if path in wanted and last.get(path) == inode
    }
    for path in old.files.keys() - stays.keys():
        os.unlink(f"{payload}/{path}")  # noqa: PTH108  # once a file
    unwanted = {*old.folders}.difference(folders)
    for path in reversed([*old.folders]):
        if path in unwanted:
            os.rmdir(f"{payload}/{path}")  # noqa: PTH106  # once a folder
    return Inodes({*old.folders} - unwanted, stays)


def linked(
    kept: Collection[str], earlier: Earlier, payload: str, there: Collection[str]
) -> dict[str, str]:
    """Take what has not changed from the last release, by links; what it has lost is left out."""
    taken: dict[str, str] = {}
    for path in kept:
        whole = earlier.whole(path)
        with suppress(FileNotFoundError):
            for name in whole:
                if name not in there:
                    os.link(earlier.file(name), f"{payload}/{name}")
            taken |= whole
    return taken
