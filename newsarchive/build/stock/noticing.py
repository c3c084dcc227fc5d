"""What a worker process would say to the log is noticed, so that the parent can say it instead."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class _Notes(logging.Handler):
    """Keeps log records, and prints none."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def noticing() -> Iterator[list[logging.LogRecord]]:
    """Collect what is logged instead of printing it."""
    root, notes = logging.getLogger(), _Notes()
    handlers = root.handlers[:]
    root.handlers[:] = [notes]
    try:
        yield notes.records
    finally:
        root.handlers[:] = handlers
