"""Every kind of page passes axe: WCAG 2.2 at level AA and the best practices, light and dark."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Visit
from .kinds import Kind, every_kind, every_redirect
from .server import Site

ALL_RULES = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
            "best-practice",
        ],
    },
    "rules": {"target-size": {"enabled": True}},  # off unless asked for
}
COLOURS = {"runOnly": ["color-contrast"]}
RUN = """async rules => {
    const found = await axe.run(document, rules)
    const said = found.violations.flatMap(rule => rule.nodes.slice(0, 5).map(
        node => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))
    return [said, found.passes.map(rule => rule.id)]
}"""


@pytest.fixture(scope="module")
def tab(tab: Page) -> Page:
    """Bring axe to every page."""
    tab.add_init_script(path=Path(__file__).parent / "vendor/axe.min.js")
    return tab


@every_kind
def test_every_kind_of_page_is_accessible(visit: Visit, kind: Kind) -> None:
    """No rule is broken, on light paper or dark."""
    page = visit(kind)
    assert "target-size" in _expect_no_violations(page, ALL_RULES)
    _expect_no_violations_in_the_dark(page)


@pytest.mark.parametrize("path", ["/1991/12/31/every-element/", "/tag/harbour-works/"])
def test_a_narrow_page_is_accessible(visit: Visit, path: str) -> None:
    """What scrolls sideways or wraps on a telephone is within reach there too."""
    _expect_no_violations(visit(Kind("sink", path), width=320), ALL_RULES)


@every_redirect
def test_a_redirect_is_accessible(tab: Page, archive: Site, old: str, new: str) -> None:
    """A page that has moved says so to those whose browser does not follow."""
    tab.route(f"**{new}", lambda route: route.fulfill(status=204))  # which leaves the page as it is
    tab.goto(archive.url(old))
    _expect_no_violations(tab, ALL_RULES)
    _expect_no_violations_in_the_dark(tab)
    assert tab.url == archive.url(old)
    tab.unroute(f"**{new}")


def _expect_no_violations_in_the_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    assert _expect_no_violations(page, COLOURS) == ["color-contrast"]


def _expect_no_violations(page: Page, rules: Mapping[str, Any]) -> list[str]:
    said, passed = page.evaluate(RUN, rules)
    assert "\n".join(said) == ""
    return passed
