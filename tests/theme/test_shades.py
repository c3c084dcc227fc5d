"""Figures on shaded days can be read, in light and in the dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "theme/styles/tokens.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
    for part in TOKENS.split("@media print", 1)
)
ON = {1: "ink", 2: "ink", 3: "ink", 4: "paper", 5: "paper"}


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG has it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shade", ON)
def test_figures_on_a_shade_stand_out(tokens: dict[str, str], shade: int) -> None:
    """The three light ones bear ink, the two dark ones paper, by at least 4.5 to 1."""
    assert contrast(tokens[f"shade-{shade}"], tokens[ON[shade]]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_each_shade_stands_further_from_the_paper(tokens: dict[str, str]) -> None:
    """More stories are never the paler ones."""
    steps = [contrast(tokens[f"shade-{shade}"], tokens["paper"]) for shade in ON]
    assert steps == sorted(steps)
