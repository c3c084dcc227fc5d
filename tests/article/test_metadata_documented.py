"""docs/metadata.md tells of every metadata key, and of no other."""

import re
from pathlib import Path

import pytest

from newsarchive.article.metadata import KINDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "metadata.md"
NAMES = sorted({field.name for fields in KINDS.values() for field in fields})
ROW = re.compile(r"^\|\s*`([^`]+?):?`\s*\|", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_key_is_documented(name: str) -> None:
    """Whoever looks for a key finds it."""
    assert f"`{name}`" in DOCUMENT.read_text("utf-8")


def test_documented_keys_exist() -> None:
    """Whoever writes what the document shows is understood."""
    documented = ROW.findall(DOCUMENT.read_text("utf-8"))
    assert documented
    assert set(documented) <= set(NAMES)
