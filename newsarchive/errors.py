"""What can go wrong, and the collector that reports every fault before failing.

ArchiveError
├── ContentFaults     something under ``content/`` has to be mended; lists every fault
├── SettingsFaults    a setting is missing or has no usable value; lists every fault
├── ImportRefused     wire copy cannot become a story as it stands
└── PathClaimedTwice  two pages want the same file
"""

from collections.abc import Iterable
from dataclasses import dataclass, field


class ArchiveError(Exception):
    """Anything that the archive refuses, said in words for the person at the keyboard."""


class ContentFaults(ArchiveError):
    """Something under ``content/`` has to be mended before a site can be built."""


class SettingsFaults(ArchiveError):
    """A setting is missing or has no usable value."""


class ImportRefused(ArchiveError):
    """Wire copy cannot become a story as it stands."""


class PathClaimedTwice(ArchiveError):
    """Two planned pages want to be the same file."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in one place, with its cure."""

    path: str
    line: int
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}; {self.cure}"


@dataclass(slots=True)
class Faults:
    """Collects faults, so that one run reports all of them."""

    found: list[Fault] = field(default_factory=list)

    def add(self, path: str, line: int, problem: str, cure: str) -> None:
        """Note one fault; ``line`` counts from 1."""
        self.found.append(Fault(path, line, problem, cure))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Note the faults that another part found."""
        self.found.extend(faults)

    def raise_if_any(self) -> None:
        """Fail with every fault, sorted by place, if there is one."""
        if self.found:
            lines = [str(fault) for fault in sorted(set(self.found))]
            count = f"{len(lines)} fault{'' if len(lines) == 1 else 's'}"
            raise ContentFaults("\n".join([*lines, f"{count}; nothing was written"]))
