"""Work is done by the same functions whoever does it, and what goes wrong arrives."""

import multiprocessing
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

import pytest

from newsarchive.build.pool import Pool, aside, spawned
from newsarchive.errors import PageFailed, WorkerLost

ROOT = Path(__file__).parents[2]


def two_spawned() -> Executor:
    """Name an executor as a configuration would."""
    return spawned(2)


SPAWNED = Pool(2, f"{__name__}.two_spawned")
POOLS = [Pool(1), Pool(2), Pool(8), SPAWNED]


def add(common: int, items: Sequence[int]) -> list[int]:
    """Do something that shows who got what."""
    return [common + item for item in items]


def fail_at_seven(_common: int, items: Sequence[int]) -> int:
    """Fail in one batch of many."""
    if 7 in items:
        raise PageFailed("content/articles/7.md: cannot be made")
    return len(items)


def die_at_seven(parent: int, items: Sequence[int]) -> int:
    """Be killed in one batch of many."""
    if 7 in items and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return len(items)


@pytest.mark.parametrize("pool", POOLS, ids=str)
def test_results_come_in_the_order_of_the_items(pool: Pool) -> None:
    """Whatever number of processes works, and however it came to be."""
    batches = list(pool.run(add, 100, list(range(10)), size=3))
    assert batches == [[100, 101, 102], [103, 104, 105], [106, 107, 108], [109]]


@pytest.mark.parametrize("pool", POOLS, ids=str)
def test_an_exception_of_the_work_is_raised_here(pool: Pool) -> None:
    """It names what could not be made."""
    with pytest.raises(PageFailed, match=r"content/articles/7\.md"):
        list(pool.run(fail_at_seven, 0, list(range(10)), size=2))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_workers_end_with_the_one_they_work_for() -> None:
    """However that may have ended: none is left to write files when the next build does."""
    command = [sys.executable, "-c", f"from {__name__} import work; work()"]
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, text=True) as run:  # noqa: S603  # this very Python
        assert run.stdout
        workers = [int(run.stdout.readline()) for _ in range(2)]
        run.kill()
    until = time.monotonic() + 30
    while any(map(is_alive, workers)):
        assert time.monotonic() < until
        time.sleep(0.01)


def work() -> None:
    """Have two workers tell who they are, and wait."""
    list(Pool(2).run(tell, None, range(2), size=1))


def tell(_common: None, _items: Sequence[int]) -> None:
    """Tell who works, and wait."""
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    time.sleep(60)


def is_alive(process: int) -> bool:
    """Tell whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("pool", [Pool(2), SPAWNED], ids=str)
def test_a_killed_worker_ends_the_work(pool: Pool) -> None:
    """With an error, not a wait without end."""
    with pytest.raises(WorkerLost, match="killed"):
        list(pool.run(die_at_seven, os.getpid(), list(range(10)), size=2))


def test_nothing_to_do_is_done() -> None:
    """No process is started for it."""
    assert list(Pool(2).run(add, 0, [], size=5)) == []


def test_work_that_is_done_aside() -> None:
    """It sees everything as it was when it began, and its result waits to be asked for."""
    numbers = [1, 2, 3]
    total = aside(sum, numbers)
    assert [total(), total()] == [6, 6]


def die(parent: int) -> str:
    """Be killed anywhere but in one process."""
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def test_work_aside_that_is_killed() -> None:
    """It is done once more, here."""
    assert aside(die, os.getpid())() == "done"


def die_while_sending(parent: int, writing: int) -> str:
    """Be killed anywhere but in one process, with more announced than was sent."""
    if os.getpid() != parent:
        os.write(writing, struct.pack("!i", 1000) + b"so far")
    return die(parent)


def test_work_aside_that_is_killed_while_it_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done once more, whatever came of it."""
    context = multiprocessing.get_context("fork")
    ends = context.Pipe(duplex=False)
    monkeypatch.setattr(type(context), "Pipe", lambda *_args, **_options: ends)
    assert aside(die_while_sending, os.getpid(), ends[1].fileno())() == "done"


def test_work_aside_that_nobody_asks_for() -> None:
    """It ends, although it has more to say than anybody reads."""
    others = multiprocessing.active_children()
    waits = aside(bytes, 1_000_000)
    (process,) = set(multiprocessing.active_children()) - set(others)
    del waits
    process.join(10)
    assert process.exitcode == 0


def test_work_aside_that_fails(capfd: pytest.CaptureFixture[str]) -> None:
    """It fails where its result is asked for, and nothing else is said of it."""
    failed = aside(fail_at_seven, 0, [7])
    with pytest.raises(PageFailed, match=r"content/articles/7\.md"):
        failed()
    assert capfd.readouterr() == ("", "")
