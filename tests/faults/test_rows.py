"""The table of faults and the tests are of one mind."""

import re
from pathlib import Path

import pytest

from .rows import Row

TABLE = Path(__file__).parents[3] / "shared/FAULTS.md"


def test_each_row_is_tried() -> None:
    """No row is without a test that stock Pelican fails."""
    files = Path(__file__).parent.glob("test_*.py")
    tried = {
        name for file in files for name in re.findall(r"\bRow\.([A-Z]\w+)", file.read_text("utf-8"))
    }
    assert tried == set(Row.__members__)


@pytest.mark.skipif(not TABLE.is_file(), reason="the table is not at hand")
def test_rows_are_those_of_the_table() -> None:
    """They are called as there."""
    rows = re.findall(r"^\| (.+?) \| ", TABLE.read_text("utf-8"), re.MULTILINE)
    assert rows == ["case", *Row]
