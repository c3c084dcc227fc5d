"""Where any Pelican site is built."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .stock import SITE


@pytest.fixture
def site(tmp_path: Path, lay_out: Callable[[Path, Mapping[str, str]], None]) -> Path:
    """Lay out a site with something of everything."""
    lay_out(tmp_path, SITE)
    return tmp_path
