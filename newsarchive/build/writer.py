"""Pages are made and written, each whole or not at all."""

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from newsarchive.build import sources
from newsarchive.build.plan import Page
from newsarchive.build.state import Damaged
from newsarchive.build.templates import Templates
from newsarchive.errors import ArchiveError, PageFailed

UNFINISHED = re.compile(r"\..*\.new", re.DOTALL)  # the name of a file that is being written


class Look(NamedTuple):
    """A written file as it looks on disk."""

    path: str
    size: int
    mtime: int


def write(templates: Templates, pages: Sequence[tuple[Page, str]]) -> list[Look]:
    """Write pages, each to the file beside it, from which it is put in its place later.

    One that cannot be made raises PageFailed with its source.
    """
    return [_written(templates, page, file) for page, file in pages]


def _written(templates: Templates, page: Page, file: str) -> Look:
    try:
        made = page.make()
        if page.template:
            made = templates.render(page.template, made)
        stat = create(file, made)
    except (ArchiveError, Damaged):
        raise
    except Exception as error:
        kind = type(error).__name__
        raise PageFailed(f"{page.source or page.path}: {page.path}: {kind}: {error}") from error
    return Look(page.path, stat.st_size, stat.st_mtime_ns)


def copy(file: Path, path: str, source: str) -> Page:
    """Plan a copy of a file, to be made again when the file looks otherwise.

    Of one that was touched just now the content counts too: it may be touched again within what a
    disk's clock can tell apart.
    """
    look = sources.signature(file)
    if sources.newest(look) > time_ns() - 2 * sources.GRAIN:
        look += f" {sources.hash_of(str(file)).hex()}"
    return Page(path, partial(_copied, file, look), source=source)


def _copied(file: Path, _look: str) -> Path:
    return file


def replace(path: str | Path, content: str | bytes | Path) -> os.stat_result:
    """Put a file in place in one step, so that a reader sees the old one or the new one.

    The rest is as for ``create``.
    """
    folder, name = os.path.split(path)
    temporary = f"{folder}/.{name}.new"
    try:
        stat = create(temporary, content)
        os.replace(temporary, path)  # noqa: PTH105  # half the time of Path.replace
    except OSError:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
    return stat


def create(path: str, content: str | bytes | Path) -> os.stat_result:
    """Write a file that nobody reads yet, and return what the system says of it.

    ``content`` is its text, its bytes, or a file to copy. Folders that it needs are made.
    """
    data = content.encode() if isinstance(content, str) else content
    descriptor = _opened(path)  # a file object would take as long again as the system does
    try:
        if isinstance(data, Path):
            with data.open("rb") as original, os.fdopen(descriptor, "wb", closefd=False) as copy:
                shutil.copyfileobj(original, copy)
        else:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def move(file: str, path: str) -> None:
    """Put a finished file in its place, in one step; folders that it needs are made."""
    try:
        os.replace(file, path)  # noqa: PTH105  # as above
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, path)  # noqa: PTH105  # as above


def _opened(path: str) -> int:
    """Open a new file; an index is most often the first in its folder, which is made with it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    folder, _, name = path.rpartition("/")
    if name == "index.html":
        with suppress(OSError):  # there is one, or none that it could be in
            os.mkdir(folder)  # noqa: PTH102  # as above
    try:
        return os.open(path, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # as above
        return os.open(path, flags, 0o666)


def remove(output: Path, paths: Iterable[str]) -> None:
    """Remove files below ``output``, and the folders that this leaves empty."""
    root = Path(os.path.normpath(output))
    for path in paths:
        file = Path(os.path.normpath(root / path))
        if root not in file.parents:
            continue  # a damaged state may name any path
        # What is not there is gone; what became a folder is somebody else's.
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            file.unlink()
        for folder in file.parents:
            if folder == root:
                break
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                break  # something is left in it, or it is none
