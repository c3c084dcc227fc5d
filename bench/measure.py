"""What a build costs: time by the clock, time of the processors, memory."""

import filecmp
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


class BuildFailed(Exception):
    """A build that is measured ended with an error."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of all processors; MiB of the largest process at its largest."""

    wall: float
    cpu: float
    peak: float


def cost(command: Sequence[str], folder: Path, log: Path) -> Cost:
    """Run a build to its end; what was written before it is on the disk first."""
    os.sync()
    with log.open("wb") as said:
        started = perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=_usual(), stdout=said, stderr=said)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)  # with what its own children used
        wall = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise BuildFailed(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _usual() -> dict[str, str]:
    """The environment, in which Python keeps what it has compiled, as it does unless forbidden."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def middle(costs: Sequence[Cost]) -> Cost:
    """Take the median of each figure."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        median(cost.peak for cost in costs),
    )


def differing(one: Path, other: Path) -> list[str]:
    """Name the files of two folders that are not the same in both, byte for byte."""
    names = [
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        for folder in (one, other)
    ]
    common = sorted(names[0] & names[1])
    _, mismatch, errors = filecmp.cmpfiles(one, other, common, shallow=False)
    return sorted([*(names[0] ^ names[1]), *mismatch, *errors])
