"""A site built on a cluster: a Dask scheduler and two workers in processes of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack
from pathlib import Path

import pytest
from distributed import Client

from newsarchive import desk
from newsarchive.build import engine
from tests.sites.newsroom import Newsroom, differences, tree

ADDRESS = "NEWSARCHIVE_TEST_SCHEDULER"
KILLED = "NEWSARCHIVE_TEST_KILLED"
CLIENTS: list[Client] = []


def cluster() -> Executor:
    """Name an executor as a configuration would."""
    if not CLIENTS:
        CLIENTS.append(Client(scheduler_file=os.environ[ADDRESS]))
    executor: Executor = CLIENTS[0].get_executor()
    return executor


def fatal(text: str) -> str:
    """Kill the first process that prints by this filter."""
    killed = Path(os.environ[KILLED])
    if not killed.exists():
        killed.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return text


@pytest.fixture
def workers(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start a scheduler and two workers on loopback, and connect to them when first asked."""
    found = tmp_path / "scheduler.json"
    monkeypatch.setenv(ADDRESS, str(found))
    monkeypatch.setenv(KILLED, str(tmp_path / "killed"))
    environment = {**os.environ, "PYTHONPATH": str(root)}
    at_home = ["--scheduler-file", str(found), "--host", "127.0.0.1", "--no-dashboard"]
    scheduler = ["scheduler", *at_home, "--port", "0"]
    worker = ["worker", *at_home, "--no-nanny", "--nthreads", "1", "--local-directory", "work"]

    with ExitStack() as stack:

        def start(command: list[str]) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(  # noqa: S603  # this very Python
                [sys.executable, "-m", f"distributed.cli.dask_{command[0]}", *command[1:]],
                cwd=tmp_path,
                env=environment,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        start(scheduler)
        started = [start(worker), start(worker)]
        yield started
        for client in CLIENTS:
            client.close()
        CLIENTS.clear()


@pytest.fixture
def room(
    tmp_path: Path,
    root: Path,
    run_pelican: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> Newsroom:
    """An archive whose work comes in many small batches."""
    monkeypatch.setattr(desk, "BATCH", 2)
    monkeypatch.setattr(engine, "BATCH", 3)
    room = Newsroom(tmp_path, root / "theme", run_pelican)
    room.settings["NEWSARCHIVE_EXECUTOR"] = f"{__name__}.cluster"
    room.settings["JINJA_FILTERS"] = {"house": fatal}
    return room


def test_a_worker_is_killed_midway(
    room: Newsroom, workers: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """The other one does its work, and every byte is that of a build on one machine."""
    room.build()
    assert (tmp_path / "killed").exists()
    assert sorted(worker.poll() is None for worker in workers) == [False, True]
    room.settings["NEWSARCHIVE_EXECUTOR"] = ""
    assert differences(tree(room.output), tree(room.build_cold())) == []


def test_workers_outlive_a_build(room: Newsroom, workers: object, tmp_path: Path) -> None:
    """They answer nothing from memory, and read no state that was discarded."""
    assert workers
    (tmp_path / "killed").touch()
    room.build()
    (room.output / "index.html").unlink()
    (room.output / "404.html").unlink()
    (room.output / "sitemap.xml").unlink()
    (room.output / "about/index.html").unlink()
    room.build()
    for state in room.states():
        state.unlink()
    room.write(room.posts()[0], room.read(room.posts()[0]) + "\n\nAnd more.\n")
    room.build()
    room.settings["NEWSARCHIVE_EXECUTOR"] = ""
    assert differences(tree(room.output), tree(room.build_cold())) == []
