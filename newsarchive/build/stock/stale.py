"""Files that an earlier build of a stock site wrote, and this one did not, are removed."""

import logging
import os
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from newsarchive.build import writer
from newsarchive.build.engine import lacking
from newsarchive.build.state import State, Written

_logger = logging.getLogger(__name__)


def remove_stale(settings: Mapping[str, Any], made: Iterable[str]) -> None:
    """Remove what is recorded and was not made again, unless somebody else has changed it."""
    if settings["DELETE_OUTPUT_DIRECTORY"]:
        return  # nothing can be left
    output = Path(settings["OUTPUT_PATH"])
    try:
        state = State(_record(settings))
    except (OSError, sqlite3.Error) as error:
        _logger.info("What was written is not recorded: %s", error)
        return
    looks = dict(_look(output, path) for path in made if path.startswith(f"{output}/"))
    gone = {path: state.pages[path] for path in state.pages.keys() - looks.keys()}
    writer.remove(output, sorted(gone.keys() - lacking(output, gone)))
    state.keep_pages(looks, gone)
    state.close()


def _record(settings: Mapping[str, Any]) -> Path:
    name = sha256(os.fsencode(settings["OUTPUT_PATH"])).hexdigest()[:16]
    folder: str = settings.get("NEWSARCHIVE_CACHE", ".cache")
    return Path(settings["PATH"]).parent / folder / "stock" / f"{name}.sqlite"


def _look(output: Path, path: str) -> tuple[str, Written]:
    try:
        look = os.stat(path)  # noqa: PTH116  # once a page
    except FileNotFoundError:  # a plugin has taken it away
        return path.removeprefix(f"{output}/"), Written(b"", 0, 0)
    return path.removeprefix(f"{output}/"), Written(b"", look.st_size, look.st_mtime_ns)
