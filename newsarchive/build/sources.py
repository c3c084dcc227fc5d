"""The files that a site is made from, and which of them are as they were."""

import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from time import time_ns

from newsarchive.build import fingerprint
from newsarchive.build.state import State

_YOUNG = "young"  # a fact of the state: the files that had changed just before they were looked at
# Two changes of a file this near to each other may leave it with the look of the first.
GRAIN = 2_000_000_000  # nanoseconds


@dataclass(frozen=True, slots=True)
class Rules:
    """Which files count: those with a known suffix or any, but for what is ignored or excluded.

    ``ignored`` are patterns of names, ``excluded`` folders by their path below the root.
    """

    suffixes: Collection[str] = ()
    ignored: Sequence[str] = ()
    excluded: Collection[str] = ()


def look(root: str, folders: Iterable[str], rules: Rules) -> dict[str, str]:
    """Find files below folders of ``root``: their paths, and how each looks on disk."""
    found: dict[str, str] = {}
    ignored = re.compile("|".join(map(translate, rules.ignored)) or "(?!)").match
    waiting = [folder for folder in folders if Path(root, folder).is_dir()]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}".removeprefix("/")  # Pelican's "" is the root itself
                if ignored(entry.name):
                    continue
                if entry.is_dir():
                    if path not in rules.excluded:
                        waiting.append(path)
                elif not rules.suffixes or entry.name.rpartition(".")[2] in rules.suffixes:
                    found[path] = signature(entry)
    return found


def signature(file: os.DirEntry[str] | Path) -> str:
    """How a file looks on disk: size, times in nanoseconds, inode; nothing if it is not there."""
    try:
        look = file.stat()
    except OSError:
        return ""  # to be read, and to fail by its name
    return f"{look.st_size} {look.st_mtime_ns} {look.st_ctime_ns} {look.st_ino}"


def is_within(root: str, path: str) -> bool:
    """Tell whether a path leads to a regular file below ``root``, by no link and no step up."""
    *folders, _ = steps = path.split("/")
    if ".." in steps or "" in steps:
        return False
    try:
        for number in range(1, len(steps)):
            folder = "/".join((root, *folders[:number]))
            if not stat.S_ISDIR(os.lstat(folder).st_mode):
                return False
        return stat.S_ISREG(os.lstat(f"{root}/{path}").st_mode)
    except (OSError, ValueError):
        return False


def changed(state: State, root: str, found: Mapping[str, str]) -> list[str]:
    """The paths of the files that have to be read, in their order.

    A file is unchanged if it looks as it did, and was no longer young when it was looked at last;
    of any other the content is compared.
    """
    now = time_ns()
    known, young = state.sources, set(json.loads(state.fact(_YOUNG) or "[]"))
    doubtful = {
        path: look
        for path, look in found.items()
        if path not in known or known[path].signature != look or not look or path in young
    }
    same = {
        path: look
        for path, look in doubtful.items()
        if path in known and hash_of(f"{root}/{path}") == known[path].hash
    }
    touched = {path: look for path, look in same.items() if look != known[path].signature}
    if touched:
        state.keep_signatures(touched)
    if doubtful:
        still = [path for path, look in doubtful.items() if newest(look) >= now - GRAIN]
        state.note(_YOUNG, json.dumps(still))
    return sorted(doubtful.keys() - same.keys())


def newest(signature: str) -> int:
    """When a file with this look was last touched, in nanoseconds; never, if it is not there."""
    _, mtime, ctime, _ = signature.split() or "0000"
    return max(int(mtime), int(ctime))


def hash_of(path: str) -> bytes:
    """The digest of a file's content; of one that cannot be read, none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # once a source
            return fingerprint.of_bytes(file.read())
    except OSError:
        return b""
