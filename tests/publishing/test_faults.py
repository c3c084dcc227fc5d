"""Whatever befalls a publish, the live site is the old release or the new one, whole.

``make torture`` tries many more times.
"""

import json
import os
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
        for number in range(KILLS):
            sent, seconds = SIGNALS[number % 3], random.uniform(0, took * 1.2)
            code, _, said = attempt(sites[1 - live], sent=sent, seconds=seconds)
            seen = printer.seen()
            assert seen in digests
            switched = seen == digests[1 - live]
            assert code in {-sent, 128 + sent} or (code == 0 and switched), said
            assert not said or said.startswith(("Release", "Nothing"))
            killed += code != 0
            live ^= switched
        assert killed > KILLS / 2
        assert attempt(sites[1 - live])[0] == 0
    assert printer.seen() == digests[1 - live]
    assert len(printer.stamps()) == 2


def test_killed_at_any_call(printer: Printer, sites: list[Path]) -> None:
    """The same holds right before each call of the system that changes something."""
    digests, live, switches = list(map(digest, sites)), 0, 0
    with process(printer) as attempt:
        for site in (*sites, sites[0]):
            attempt(site)
        for fault in faults():
            for sent in SIGNALS:
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
    digests, live, failed = list(map(digest, sites)), 0, 0
    with process(printer) as attempt:
        for site in (*sites, sites[0]):
            attempt(site)
        for fault in faults():
            code, _, said = attempt(sites[1 - live], fault=fault)
            seen = printer.seen()
            assert seen in digests
            switched = seen == digests[1 - live]
            if code:
                assert code == 1, said
                assert len(said.splitlines()) == (2 if " is live: " in said else 1), said
                assert os.strerror(ENOSPC if fault[0] == "write" else EIO) in said
            assert switched or code
            failed += code != 0
            live ^= switched
        assert failed
        assert attempt(sites[1 - live])[0] == 0
    assert printer.seen() == digests[1 - live]


def faults() -> list[tuple[str, int]]:
    """Each call of the system, so many times done; in a hurry, some."""
    every = [(name, count) for name, most in CALLS.items() for count in range(1, most + 1)]
    return every if TORTURE else Random(7).sample(every, SOME)  # noqa: S311  # as above
