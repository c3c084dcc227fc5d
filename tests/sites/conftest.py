"""An archive that was built and is to be edited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsarchive.build import sources, standstill

from .newsroom import Newsroom


@pytest.fixture
def room(
    tmp_path: Path, root: Path, run_pelican: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> Newsroom:
    """An archive that was built once; what its files look like is trusted, however young."""
    for module in (sources, standstill):
        monkeypatch.setattr(module, "GRAIN", 0)
    room = Newsroom(tmp_path, root / "theme", run_pelican)
    room.build()
    return room
