"""Posts are read here as the desk reads them for a build."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pelican.settings import read_settings

from newsarchive.desk import Copy, Desk


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Callable[[bytes], Copy]:
    """Read a story, byte for byte."""
    content = tmp_path_factory.mktemp("content")
    (content / "articles").mkdir()
    override = {"PATH": str(content), "PLUGINS": [], "TIMEZONE": "UTC"}
    desk = Desk(read_settings(str(root / "pelicanconf.py"), override))

    def read(data: bytes) -> Copy:
        (content / "articles/a.md").write_bytes(data)
        return desk.read("articles/a.md")

    return read
