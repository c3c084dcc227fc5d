"""The text of a story in the browser is the text that was sent."""

from pathlib import Path

import pytest

from .conftest import PROJECT, Visit
from .kinds import Kind

WIRE = PROJECT / "content/wire"
COPY = sorted(WIRE.rglob("*.txt"))
PARTS = ".byline, .article__text > p, .credits"


@pytest.mark.parametrize("copy", COPY, ids=lambda path: path.stem)
@pytest.mark.parametrize("reading", ["innerText", "textContent"])
def test_the_page_says_what_the_wire_said(visit: Visit, copy: Path, reading: str) -> None:
    """Byline, dateline and paragraphs, and credits equal the copy, character for character."""
    page = visit(Kind("archive", f"/{copy.relative_to(WIRE).with_suffix('').as_posix()}/"))
    parts = page.locator(PARTS).evaluate_all(f"parts => parts.map(part => part.{reading})")
    assert "\n".join(parts) == copy.read_text(encoding="utf-8")
