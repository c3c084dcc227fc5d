"""Where sites are published."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.publishing.printer import Printer

TORTURE = "TORTURE" in os.environ  # make torture
MEMORY = Path("/dev/shm")  # noqa: S108  # where no disk is waited for


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[Printer]:
    """A folder of its own with a small site."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        yield Printer(Path(folder))


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have releases named after one instant, and bagit say nothing."""
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727719500")
