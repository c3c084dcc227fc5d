"""A release is made of what was built: checked, compressed, with a digest of every file."""

import ctypes
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha512
from pathlib import Path

from newsarchive.build import bag, reuse, twins, writer
from newsarchive.build.engine import MARK, STAGE
from newsarchive.build.pool import Pool
from newsarchive.build.reuse import Earlier, Look
from newsarchive.errors import ReleaseRefused

BATCH = 16  # files that a worker takes in at a time


@dataclass(frozen=True, slots=True)
class Survey:
    """What was built: folders, files, and the digests of those that are as in the last release."""

    building: str
    folders: Sequence[str]
    looks: Mapping[str, Look]
    earlier: Earlier
    kept: Mapping[str, str]

    @property
    def changed(self) -> bool:
        """Tell whether the last release is another site."""
        every = {f"{path}{suffix}" for path in self.looks for suffix in ("", *twins.wanted(path))}
        return len(self.kept) < len(self.looks) or not self.earlier.digests.keys() <= every


def survey(building: Path, last: Path | None) -> Survey:
    """Look at what was built; raises ReleaseRefused where it holds what no release can."""
    folders, looks = _found(str(building))
    for path in looks:
        for suffix in twins.wanted(path):
            if f"{path}{suffix}" in looks:
                file = building / f"{path}{suffix}"
                raise ReleaseRefused(f"{file}: the name of a compressed form; name it otherwise")
    earlier = Earlier(str(last or ""))
    known = earlier.digests
    kept = {
        path: known[path]
        for path, look in looks.items()
        if path in known and earlier.has(path, look)
    }
    return Survey(str(building), folders, looks, earlier, kept)


def _found(building: str) -> tuple[list[str], dict[str, Look]]:
    folders: list[str] = []
    looks: dict[str, Look] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{building}/{below}") as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if path in {MARK, STAGE}:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    waiting.append(f"{path}/")
                elif not entry.is_file(follow_symlinks=False):
                    raise ReleaseRefused(f"{entry.path}: neither a file nor a folder; remove it")
                elif not writer.UNFINISHED.fullmatch(entry.name):
                    stat = entry.stat()
                    looks[path] = stat.st_size, stat.st_mtime_ns
    return folders, looks


def make(
    found: Survey, folder: Path, facts: Mapping[str, str], tags: Mapping[str, bytes], pool: Pool
) -> None:
    """Make a whole release in a folder; it is verified and on disk when this returns.

    Where the folder is there, with a release of before or a part of one, what is in it is used.
    ``facts`` go into ``bag-info.txt``; ``tags`` are further files beside ``data/``.
    """
    payload = folder / bag.PAYLOAD
    payload.mkdir(parents=True, exist_ok=True)
    there = reuse.cleared(folder, found.folders, found.kept, found.earlier)
    for path in found.folders:
        if path not in there.folders:
            os.mkdir(f"{payload}/{path}")  # noqa: PTH102  # once a page
    linked = reuse.linked(found.kept, found.earlier, str(payload), there.files)
    digests = dict(linked)
    intake = _Intake(found.building, str(payload), found.earlier)
    due = sorted(found.looks.keys() - linked.keys())
    if due:
        _ = found.earlier.holders  # for all workers
    for taken in pool.run(_taken_in, intake, due, BATCH):
        digests |= taken
    info = bag.info({**facts, reuse.MADE_BY: twins.MADE_BY})
    bag.write(folder, digests, {bag.INFO: info, **tags})
    wrong = bag.faults(folder, pool, trusted=linked)
    if wrong:
        raise ReleaseRefused("\n".join(f"{folder}/{fault}; publish again" for fault in wrong))
    _settle(folder)


@dataclass(frozen=True, slots=True)
class _Intake:
    """Where files come from, where they go, and where the same may be had."""

    building: str
    payload: str
    earlier: Earlier

    def take(self, path: str) -> dict[str, str]:
        """Take a file in, with its twins; tells their digests."""
        with open(f"{self.building}/{path}", "rb") as file:  # noqa: PTH123  # once a page
            time, data = os.fstat(file.fileno()).st_mtime_ns, file.read()
        known = self.earlier.digests
        same = self.earlier.holders.get(sha512(data).hexdigest())
        taken = {}
        for suffix in ("", *twins.wanted(path)):
            name, donor = f"{path}{suffix}", f"{same}{suffix}"
            if same and donor in known and self._link(donor, name):
                taken[name] = known[donor]
            else:
                content = twins.made(data, suffix) if suffix else data
                if suffix and len(content) >= len(data):
                    continue
                writer.replace(f"{self.payload}/{name}", content)
                taken[name] = sha512(content).hexdigest()
            # By its time the next release knows that it need not read the file again.
            os.utime(f"{self.payload}/{name}", ns=(time, time))
        return taken

    def _link(self, donor: str, name: str) -> bool:
        """Take a file from the last release, if it is what its digest says."""
        try:
            os.link(self.earlier.file(donor), f"{self.payload}/{name}")
        except (FileNotFoundError, FileExistsError):
            return False
        digest = sha512(Path(self.payload, name).read_bytes()).hexdigest()
        return digest == self.earlier.digests[donor]


def _taken_in(intake: _Intake, paths: Sequence[str]) -> dict[str, str]:
    taken: dict[str, str] = {}
    for path in paths:
        taken |= intake.take(path)
    return taken


def _settle(folder: Path) -> None:
    """Have all that was written reach the disk, in one go: file by file it would take minutes."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)
