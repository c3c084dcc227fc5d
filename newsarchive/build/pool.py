"""Work is handed out in batches through an executor: this machine's processes, or any other's."""

import ctypes
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import import_module
from multiprocessing.connection import Connection
from signal import SIG_DFL, SIG_IGN, SIGINT, SIGKILL, SIGTERM, signal
from typing import Any, TypeVar

from newsarchive.errors import WorkerLost

Common = TypeVar("Common")
Item = TypeVar("Item")
Result = TypeVar("Result")

# What is done with a batch of items; ``Common`` is what all batches need.
Work = Callable[[Common, Sequence[Item]], Result]

_PR_SET_PDEATHSIG = 1  # of prctl(2)

# Work, common value and items, where forked processes find them without a copy being sent.
_inherited: tuple[Work[Any, Any, Any], Any, Sequence[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """Who does the work: so many processes of this machine, or an executor of one's own.

    ``executor`` names a function without arguments that returns a ``concurrent.futures.Executor``,
    as ``package.module.function``. Its workers are sent what they need, so that work, items and
    results have to be of kinds that ``pickle`` knows.
    """

    workers: int
    executor: str = ""

    def run(
        self, work: Work[Common, Item, Result], common: Common, items: Sequence[Item], size: int
    ) -> Iterator[Result]:
        """Call ``work`` for batches of ``size`` items, and give its results in their order.

        An exception of the work is raised here; WorkerLost, where a worker was killed.
        """
        batches = [slice(start, start + size) for start in range(0, len(items), size)]
        if len(batches) <= 1 or (self.workers == 1 and not self.executor):
            yield from (work(common, items[batch]) for batch in batches)
        elif self.executor:
            yield from _sent(named(self.executor)(), work, common, items, batches)
        elif sys.platform == "linux":  # elsewhere a fork is unsafe, or there is none
            yield from _forked(self.workers, work, common, items, batches)
        else:
            yield from _sent(spawned(self.workers), work, common, items, batches)

    def aside(self, work: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:  # noqa: ANN401
        """Begin some work beside this process, unless an executor's threads forbid to fork it."""
        return cache(partial(work, *arguments)) if self.executor else aside(work, *arguments)


def aside(work: Callable[..., Result], *arguments: Any) -> Callable[[], Result]:  # noqa: ANN401
    """Begin some work beside this process, and return what waits for its result.

    Without a second processor it is done when it is asked for; so what it looks at should stay as
    it is until then.
    """
    if sys.platform != "linux" or cpus() == 1:
        return cache(partial(work, *arguments))
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    ends = receiving, sending
    context.Process(target=_send, args=(*ends, os.getpid(), work, arguments), daemon=True).start()
    sending.close()

    @cache
    def result() -> Result:
        try:
            received: Result = receiving.recv()
        except (EOFError, OSError):  # it was killed, it may be in the midst of sending, or failed
            return work(*arguments)
        return received

    return result


def _send(
    receiving: Connection,
    to: Connection,
    parent: int,
    work: Callable[..., Any],
    arguments: Sequence[Any],
) -> None:
    receiving.close()  # else it would wait for ever to be read by itself
    _serve(parent)
    with suppress(Exception):  # which is met again where the work is done once more
        to.send(work(*arguments))


def cpus() -> int:
    """How many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spawned(workers: int = 0) -> Executor:
    """Processes of this machine that start afresh and inherit nothing."""
    return ProcessPoolExecutor(workers or cpus(), mp_context=multiprocessing.get_context("spawn"))


def named(path: str) -> Callable[[], Executor]:
    """Find a function by its name, ``package.module.function``."""
    module, _, function = path.rpartition(".")
    found: Callable[[], Executor] = getattr(import_module(module), function)
    return found


def _forked(
    workers: int,
    work: Work[Common, Item, Result],
    common: Common,
    items: Sequence[Item],
    batches: Sequence[slice],
) -> Iterator[Result]:
    global _inherited  # noqa: PLW0603  # the only way to hand a value to a fork
    executor = ProcessPoolExecutor(
        min(workers, len(batches)),
        multiprocessing.get_context("fork"),
        initializer=_serve,
        initargs=(os.getpid(),),
    )
    _inherited = work, common, items
    try:  # all processes are forked at the first submission
        futures = [executor.submit(_work_on_inherited, batch) for batch in batches]
    finally:
        _inherited = None
    yield from _results(executor, futures)


def _serve(master: int) -> None:
    """End when the one who hands out the work ends, however that may be, and only then."""
    signal(SIGINT, SIG_IGN)  # a terminal sends it to all
    signal(SIGTERM, SIG_DFL)
    end_with(master)


def end_with(parent: int) -> None:
    """Have the system kill this process when the one that started it is gone; on Linux alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, SIGKILL)
        if os.getppid() != parent:  # it was gone before
            os._exit(1)


def _work_on_inherited(batch: slice) -> Any:  # noqa: ANN401  # whatever the work returns
    assert _inherited is not None  # noqa: S101
    work, common, items = _inherited
    return work(common, items[batch])


def _sent(
    executor: Executor,
    work: Work[Common, Item, Result],
    common: Common,
    items: Sequence[Item],
    batches: Sequence[slice],
) -> Iterator[Result]:
    # Unlike any other build's: a cluster may answer from memory what it was asked before.
    packed = pickle.dumps((work, common, os.urandom(16)))
    futures = [executor.submit(_work_on_sent, packed, items[batch]) for batch in batches]
    yield from _results(executor, futures)


def _work_on_sent(packed: bytes, items: Sequence[Any]) -> Any:  # noqa: ANN401  # as above
    work, common, _ = _unpacked(packed)
    return work(common, items)


@lru_cache(maxsize=2)  # once a process, whatever the number of batches
def _unpacked(packed: bytes) -> Any:  # noqa: ANN401  # as above
    return pickle.loads(packed)  # noqa: S301  # sent by the build itself


def _results(executor: Executor, futures: list[Future[Result]]) -> Iterator[Result]:
    try:
        futures.reverse()
        while futures:
            yield futures.pop().result()  # and let go of it
    except BrokenExecutor as error:
        raise WorkerLost(
            "a worker process was killed, perhaps for want of memory; build again, or set "
            "NEWSARCHIVE_WORKERS to fewer"
        ) from error
    finally:
        for future in futures:
            future.cancel()
        executor.shutdown(wait=True)  # all that every executor understands
