"""Whatever befalls a publish, the live site is the old release or the new one, whole.

``make torture`` tries many more times.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EIO, ENOSPC
from pathlib import Path
from random import Random

import pytest

from tests.publishing.conftest import TORTURE
from tests.publishing.faults import CALLS
from tests.publishing.printer import Printer, digest

ROOT = Path(__file__).parents[2]
KILLS = 500 if TORTURE else 15
SOME = 15
SIZES = 20 if TORTURE else 4
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)

# A draft, a call to fail, a signal and when it is sent: what becomes of the publish.
Try = Callable[..., tuple[int, float, str]]


@contextmanager
def process(printer: Printer) -> Iterator[Try]:
    """Start what publishes and has something befall it."""
    command = [sys.executable, "-m", "tests.publishing.faults", printer.folder, printer.public]
    with subprocess.Popen(  # noqa: S603  # this very Python
        command, cwd=ROOT, stdin=-1, stdout=-1, text=True
    ) as trier:
        assert trier.stdin
        assert trier.stdout
        reading, writing = trier.stdout, trier.stdin

        def attempt(
            draft: Path,
            *,
            fault: tuple[str, int] | None = None,
            sent: int = 0,
            seconds: float = 0.0,
        ) -> tuple[int, float, str]:
            writing.write(f"{json.dumps([str(draft), fault, sent, seconds])}\n")
            writing.flush()
            code, took, said = json.loads(reading.readline())
            return code, took, said

        yield attempt


@pytest.fixture
def sites(printer: Printer) -> list[Path]:
    """Two sites, which are published in turn."""
    return [printer.draft(number) for number in (1, 2)]


def test_killed_at_any_moment(printer: Printer, sites: list[Path]) -> None:
    """After -9, -TERM and -INT readers have one whole site, and the next publish succeeds."""
    digests, live = list(map(digest, sites)), 0
    random = Random(7)  # noqa: S311  # moments to try
    with process(printer) as attempt:
        attempt(sites[0])
        took = max(attempt(sites[number])[1] for number in (1, 0))
        killed = 0
        while killed < KILLS:
            sent, seconds = SIGNALS[killed % 3], random.uniform(0, took)
            code, lasted, said = attempt(sites[1 - live], sent=sent, seconds=seconds)
            seen = printer.seen()
            assert seen in digests
            switched = seen == digests[1 - live]
            assert code in {-sent, 128 + sent} or (code == 0 and switched), said
            assert not said or said.startswith(("Release", "Nothing"))
            live ^= switched
            if code:
                killed += 1
            else:
                took = min(took, lasted)
        assert attempt(sites[1 - live])[0] == 0
    assert printer.seen() == digests[1 - live]
    assert len(printer.stamps()) == 2


def test_killed_at_any_call(printer: Printer, sites: list[Path]) -> None:
    """The same holds right before each call of the system that changes something."""
    digests, live, switches = list(map(digest, sites)), 0, 0
    with process(printer) as attempt:
        for site in (*sites, sites[0]):
            attempt(site)
        for fault, again in faults():
            for sent in SIGNALS:
                if not again:
                    shutil.rmtree(printer.spare, ignore_errors=True)
                code, _, said = attempt(sites[1 - live], fault=fault, sent=sent)
                seen = printer.seen()
                assert seen in digests
                switched = seen == digests[1 - live]
                assert code in {-sent, 128 + sent} or (code == 0 and switched), said
                assert not said or said.startswith(("Release", "Nothing"))
                switches += switched
                live ^= switched
        assert switches
        assert attempt(sites[1 - live])[0] == 0
    assert printer.seen() == digests[1 - live]


def test_any_call_may_fail(printer: Printer, sites: list[Path]) -> None:
    """A call of the system that fails is told in one sentence, and the live site is whole."""
    digests, live = list(map(digest, sites)), 0
    failed = set()
    with process(printer) as attempt:
        for site in (*sites, sites[0]):
            attempt(site)
        for fault, again in faults():
            if not again:
                shutil.rmtree(printer.spare, ignore_errors=True)
            code, _, said = attempt(sites[1 - live], fault=fault)
            seen = printer.seen()
            assert seen in digests
            switched = seen == digests[1 - live]
            if code:
                assert code == 1, said
                assert len(said.splitlines()) == (2 if " is live: " in said else 1), said
                assert f": {os.strerror(ENOSPC if fault[0] == 'write' else EIO)}; release " in said
            assert switched or code
            failed |= {fault[0]} if code else set()
            live ^= switched
        assert failed
        assert not TORTURE or failed == {*CALLS}
        assert attempt(sites[1 - live])[0] == 0
    assert printer.seen() == digests[1 - live]


def test_the_system_itself_fails(printer: Printer, sites: list[Path]) -> None:
    """The same holds where the kernel says no, to the call that settles all on the disk too."""
    strace = shutil.which("strace")
    if not strace:
        pytest.skip("strace is not installed")
    for site in sites:
        printer.release(site)
    digests, live = list(map(digest, sites)), 1
    for name, count in traced():
        command = [strace, "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", "-e", f"trace={name}"]
        command += ["-e", f"inject={name}:error=EIO:when={count}"]
        command += [sys.executable, "-m", "newsarchive.publish", "--folder", str(printer.public)]
        command += ["release", "--", *printer.build(sites[1 - live])]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603  # as above
        seen = printer.seen()
        assert seen in digests
        switched = seen == digests[1 - live]
        assert run.returncode == 1 or (run.returncode == 0 and switched)
        assert run.returncode == 0 or os.strerror(EIO).encode() in run.stderr
        assert b"Traceback" not in run.stderr
        live ^= switched


def traced() -> list[tuple[str, int]]:
    """Calls as the kernel counts them; what Python asks for while it starts is left out."""
    calls = {
        "syncfs": 1,
        "fsync": 2,
        "symlink": 1,
        "mkdir": 15,
        "rename": 18,
        "link": 14,
        "write": 20,
    }
    every = [(name, count) for name, most in calls.items() for count in range(1, most + 1)]
    return every if TORTURE else every[:1]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that can be made smaller while it is in use; only root may have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        system("mount", "-t", "tmpfs", "none", str(folder))
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk can be mounted to be filled: {error}")
    try:
        yield folder
    finally:
        system("umount", str(folder))


def test_the_disk_is_full(tmp_path: Path, disk: Path) -> None:
    """However little room there is, the old site is whole, and one sentence says what is wrong."""
    printer = Printer(tmp_path, disk / "public")
    sites = [printer.draft(number, lines=3_000) for number in (1, 2)]
    digests = list(map(digest, sites))
    printer.release(sites[0])
    least = used(disk)
    printer.release(sites[1])
    most, codes = used(disk), set()
    with process(printer) as attempt:
        for number in range(SIZES):
            if printer.seen() == digests[1]:
                printer.run("rollback")
                shutil.rmtree(printer.public / "releases" / printer.stamps()[-1])
            resize(disk, least + (most - least) * 6 * number // (5 * SIZES - 5))
            code, _, said = attempt(sites[1])
            codes.add(code)
            assert printer.seen() == digests[code == 0]
            if code:
                assert f": {os.strerror(ENOSPC)}; release " in said
                assert len(said.splitlines()) == 1
            resize(disk, most * 2)
    assert codes == {0, 1}


def used(disk: Path) -> int:
    """How much of a disk is used, in bytes."""
    look = os.statvfs(disk)
    return (look.f_blocks - look.f_bfree) * look.f_frsize


def resize(disk: Path, size: int) -> None:
    """Make a disk larger or smaller."""
    system("mount", "-o", f"remount,size={size}", str(disk))


def system(*command: str) -> None:
    """Run a command of the system."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # named above


def faults() -> list[tuple[tuple[str, int], bool]]:
    """Each call of the system, so many times done, with an old release used again and without.

    In a hurry, some.
    """
    every = [
        ((name, count), again)
        for name, most in CALLS.items()
        for count in range(1, most + 1)
        for again in (True, False)
    ]
    return every if TORTURE else Random(7).sample(every, SOME)  # noqa: S311  # as above
