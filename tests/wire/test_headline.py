"""A kill notice is told from a headline."""

import pytest

from newsarchive.wire.headline import is_kill


@pytest.mark.parametrize("line", ["KILL-Rates rise", "KILL: Rates", "STORY WITHDRAWN", "KILL"])
def test_kill(line: str) -> None:
    """A headline that withdraws a story says so in capitals at its front."""
    assert is_kill(line)


@pytest.mark.parametrize(
    "line", ["", "Kill Bill tops box office", "KILL Bill", "CORRECTED-Rates", "UPDATE 2-Rates rise"]
)
def test_no_kill(line: str) -> None:
    """Other tags, and titles that hold the word, withdraw nothing."""
    assert not is_kill(line)
