"""What can go wrong, and the collector that reports every fault before failing.

ArchiveError
├── ContentFaults     something under ``content/`` has to be mended; lists every fault
├── SettingsFaults    a setting is missing or has no usable value; lists every fault
├── ImportRefused     wire copy cannot become a story as it stands
├── PathClaimedTwice  two pages want the same file
├── PageFailed        a page could not be made; names its source
├── WorkerLost        a worker process was killed
├── ReleaseRefused    what was built may not go live
├── NotShown          a site cannot be looked at on this machine
└── Busy              another process is publishing
"""

import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

NO_CONTENT = "There is no folder of content; make it, or name another: INPUTDIR=content"
_NO_CONTENT = "You need to specify a path containing the content"  # as Pelican has it


class ArchiveError(Exception):
    """Anything that the archive refuses, said in words for the person at the keyboard."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in one place, with its cure; ``line`` counts from 1."""

    path: str
    line: int
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}; {self.cure}"


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something in a post that does not fit the rest of the archive.

    ``source_path`` is relative to ``content/``; ``key`` is the metadata key that says it, or words
    of the text. Only one who reads the file knows the line.
    """

    source_path: str
    key: str
    problem: str
    cure: str


class ContentFaults(ArchiveError):
    """Something under ``content/`` has to be mended before a site can be built."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        count = f"{len(self.faults)} fault{'' if len(self.faults) == 1 else 's'}"
        lines = [*map(str, self.faults), f"{count}; nothing was written"]
        super().__init__("\n".join(lines))


class SettingsFaults(ArchiveError):
    """A setting is missing or has no usable value."""


class ImportRefused(ArchiveError):
    """Wire copy cannot become a story as it stands."""


class PathClaimedTwice(ArchiveError):
    """Two planned pages want to be the same file."""


class PageFailed(ArchiveError):
    """A page could not be made; the message begins with where it comes from."""


class WorkerLost(ArchiveError):
    """A worker process was killed before it gave its results."""


class ReleaseRefused(ArchiveError):
    """What was built, or a release of before, may not go live."""


class NotShown(ArchiveError):
    """A built site cannot be looked at on this machine."""


class Busy(ArchiveError):
    """Another process is publishing, and was not to be waited for."""


@dataclass(slots=True)
class Faults:
    """Collects faults, so that one run reports all of them."""

    found: list[Fault] = field(default_factory=list)

    def add(self, path: str, line: int, problem: str, cure: str) -> None:
        """Note one fault."""
        self.found.append(Fault(path, line, problem, cure))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Note the faults that another part found."""
        self.found.extend(faults)

    def raise_if_any(self) -> None:
        """Fail with every fault, sorted by place, if there is one."""
        if self.found:
            raise ContentFaults(self.found)


def leave_out_no_plugin(record: logging.LogRecord) -> bool:
    """Stop where Pelican would log that a plugin fails, and build a site without it.

    A filter too.
    """
    if str(record.msg).startswith(("Cannot load plugin", "Cannot register plugin")):
        error, [name, *_] = sys.exc_info()[1], record.args or ["?"]
        why = f"{type(error).__name__}: {error}"
        raise SettingsFaults(f"PLUGINS: {name} fails ({why}); mend it, or take it out") from None
    return True


def speak_plainly(record: logging.LogRecord) -> bool:
    """Print an error in words, and keep Pelican's log from adding a traceback to it.

    A filter for Pelican's logger. Pelican logs what stopped a build in a column of a narrow table;
    a fault is to stand on one line that an editor or a script can read.
    """
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, ArchiveError):
        sys.stderr.write(f"{error}\n")
        return False
    if isinstance(error, ValueError) and _NO_CONTENT in str(error):
        sys.stderr.write(f"{NO_CONTENT}\n")
        return False
    if error and record.levelno == logging.CRITICAL and logging.root.level > logging.DEBUG:
        place = [getattr(error, name, None) for name in ("filename", "lineno")]  # of a template's
        where = f"{place[0]}:{place[1]}: " if all(place) else ""
        kind = type(error).__name__
        sys.stderr.write(f"{where}{kind}: {error}; DEBUG=1 says where it comes from\n")
        return False
    return True
