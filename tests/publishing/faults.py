"""Publish in a process of one's own, and have something befall it: ``python faults.py FOLDER``.

It forks for each try, so that a try costs no start of Python. Commands come as lines of JSON, and
each is answered by one.
"""

import builtins
import errno
import io
import json
import os
import signal
import sys
import time
from pathlib import Path

from newsarchive import publish
from tests.publishing.printer import Printer

# What a publish asks of the system, and a little more often than it does.
CALLS = {
    "scandir": 56,
    "unlink": 25,
    "write": 23,
    "mkdir": 18,
    "replace": 18,
    "utime": 17,
    "link": 15,
    "rename": 6,
    "fsync": 3,
    "symlink": 2,
}


class _Full(io.FileIO):
    """A file on a disk that is full."""

    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self.name)


def break_call(name: str, number: int, sent: int) -> None:
    """Have a call of the system fail once, the so-many-th time, or be the last before a signal.

    ``write`` is that of a file, through an object of Python's or without one.
    """
    calls = iter(range(1, sys.maxsize))
    if name == "write":
        whole = io.open

        def opened(file: str, mode: str = "r", *args: int, **options: str) -> object:
            if set(mode) & set("wxa") and next(calls) == number:
                if not sent:
                    return io.BufferedWriter(_Full(file, mode.replace("b", "")))
                os.kill(os.getpid(), sent)
            return whole(file, mode, *args, **options)

        builtins.open = io.open = opened
    call, failure = getattr(os, name), errno.ENOSPC if name == "write" else errno.EIO

    def broken(*args: object, **options: object) -> object:
        if next(calls) == number:
            if not sent:
                raise OSError(failure, os.strerror(failure), str(args[0]))
            os.kill(os.getpid(), sent)
        return call(*args, **options)

    setattr(os, name, broken)


def forked(printer: Printer, draft: Path, log: Path, fault: tuple[str, int, int] | None) -> int:
    """Publish in a fork; tells its number."""
    signal.pthread_sigmask(signal.SIG_BLOCK, publish.SIGNALS)
    process = os.fork()
    if not process:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as if Python had not started yet
    signal.pthread_sigmask(signal.SIG_UNBLOCK, publish.SIGNALS)
    if process:
        return process
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    code = 99
    try:
        if fault:
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one worker, which counts all
            break_call(*fault)
        code = printer.release(draft, "--keep", "2")
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def main() -> None:
    """Try what each line says."""
    printer = Printer(Path(sys.argv[1]), Path(sys.argv[2]))
    log = printer.folder / "log"
    for line in sys.stdin:
        draft, fault, signals, seconds = json.loads(line)
        began = time.monotonic()
        process = forked(printer, Path(draft), log, (*fault, signals) if fault else None)
        if signals and not fault:
            time.sleep(seconds)
            os.kill(process, signals)
        _, status = os.waitpid(process, 0)
        took = time.monotonic() - began
        answer = [os.waitstatus_to_exitcode(status), took, log.read_text()]
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
