"""The style sheets stay small and each keeps to its layer.

Stylelint, in ``make validate``, sees to the rest: no ``!important``, no ID selectors, and colours
and sizes written out in tokens.css alone.
"""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "theme/styles"
DATA = {"fonts.css"}  # a table of the font files and their measures, outside all layers
ORDER = "_layers.css"  # first when they are joined, so that it settles the order of the layers
COMPONENTS = sorted(path for path in STYLES.glob("*.css") if path.name not in {*DATA, ORDER})
MOST_LINES = 1000


def test_the_theme_is_small() -> None:
    """All sheets together take fewer than 1,000 lines, the table of fonts too."""
    sheets = (path.read_text("utf-8") for path in STYLES.glob("*.css"))
    assert sum(len(sheet.splitlines()) for sheet in sheets) < MOST_LINES


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_sheet_is_one_layer(path: Path) -> None:
    """Nothing stands outside a file's one layer, which _layers.css names."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    opening, *_, closing = outermost = re.findall(r"^\S.*", text, re.MULTILINE)
    layer = re.fullmatch(r"@layer ([a-z]+) \{", opening)
    assert layer, opening
    assert layer[1] in re.findall(r"[a-z]+", (STYLES / ORDER).read_text("utf-8"))
    assert (len(outermost), closing) == (2, "}")


def test_a_table_of_fonts_holds_fonts_alone() -> None:
    """What stands outside all layers is no rule."""
    text = (STYLES / "fonts.css").read_text("utf-8")
    assert set(re.findall(r"^([^\s/}].*) \{", text, re.MULTILINE)) == {"@font-face"}
