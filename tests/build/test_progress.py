"""A build says how far it has come to whoever watches, and to nobody else."""

import io
import os
import pty
from contextlib import suppress

import pytest
from rich.console import Console

from newsarchive.build import progress
from newsarchive.build.progress import Watch


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every phase takes long: half a second passes whenever anyone looks."""
    seconds = iter(range(10_000))
    monkeypatch.setattr(progress, "perf_counter", lambda: next(seconds) / 2)


def build(watch: Watch) -> None:
    """Write twelve pages, in fours."""
    with watch.phase("write", 12, "pages") as step:
        for _ in range(3):
            step(4)


def everything(terminal: int) -> str:
    """Read what was shown on a terminal that nobody writes to any more."""
    shown = b""
    with suppress(OSError):  # which is how the end is told
        while more := os.read(terminal, 4096):
            shown += more
    os.close(terminal)
    return shown.decode()


@pytest.mark.usefixtures("slow")
def test_on_a_terminal() -> None:
    """A slow phase shows its name, how many are done and how fast; then the line is cleared."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        build(Watch(Console(file=terminal, force_terminal=True, width=80)))
    shown = everything(ours)
    assert "Write" in shown
    assert "12/12" in shown
    assert "pages, 8 a second" in shown
    last = shown.rpartition("a second")[2]
    assert "\x1b[2K" in last  # the line is erased
    assert not last.rpartition("\x1b[2K")[2].strip()


@pytest.mark.usefixtures("slow")
def test_elsewhere() -> None:
    """Nothing is shown."""
    file = io.StringIO()
    build(Watch(Console(file=file)))
    assert not file.getvalue()


def test_a_quick_phase() -> None:
    """It shows nothing on a terminal either."""
    file = io.StringIO()
    watch = Watch(Console(file=file, force_terminal=True))
    with watch.phase("write", 12, "pages"):
        pass
    assert not file.getvalue()


@pytest.mark.usefixtures("slow")
def test_summary() -> None:
    """The seconds of each phase are added up, those of one name together."""
    watch = Watch(Console(file=io.StringIO()))
    for name in ("read", "plan", "read"):
        with watch.phase(name):
            pass
    assert str(watch) == "1.5 seconds (read 1.0, plan 0.5)"
