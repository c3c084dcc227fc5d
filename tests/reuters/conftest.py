"""The stories of the Reuters-21578 collection, as posts."""

import tarfile
from pathlib import Path

import pytest

from .stories import STORIES


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stories, unpacked for the tests of one module, which may edit them."""
    content = tmp_path_factory.mktemp("reuters") / "content"
    with tarfile.open(STORIES) as archive:
        archive.extractall(content / "articles", filter="data")
    return content
