"""Text stands out: by WCAG's stricter measure, in the reader's own colours, on a wide screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .conftest import Visit
from .kinds import ARCHIVE, SINK, STORY, Kind
from .test_axe import RUN
from .test_keyboard import FOCUSED, MOST_STOPS
from .test_page import FULL_LINES

SEVEN_TO_ONE = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
SEEN = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = []
    while (texts.nextNode()) {
        const text = texts.currentNode.data.trim(), element = texts.currentNode.parentElement
        const asked = {opacityProperty: true, visibilityProperty: true}
        if (text && element.checkVisibility(asked)) seen.push(text)
    }
    return seen
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element)
    return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
        || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0)
}).map(element => element.outerHTML.slice(0, 120))"""

EXTREME = ("front", "every element", "longest headline", "supplied headline", "picture")
KINDS = [
    *(Kind("archive", ARCHIVE[name]) for name in ("front", "story", "tag")),
    *(Kind("sink", SINK[name]) for name in EXTREME),
]
each_page = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.site + kind.path)


@pytest.fixture(scope="module")
def tab(tab: Page) -> Page:
    """Bring axe to every page."""
    tab.add_init_script(path=Path(__file__).parent / "vendor/axe.min.js")
    return tab


@pytest.fixture(autouse=True)
def _leave_colours_alone(tab: Page) -> Iterator[None]:
    yield
    tab.emulate_media(forced_colors="none")


@each_page
def test_text_stands_out_seven_to_one(visit: Visit, kind: Kind) -> None:
    """On light paper and on dark, text has at least the contrast of level AAA."""
    page = visit(kind)
    _expect_contrast(page)
    page.emulate_media(color_scheme="dark")
    _expect_contrast(page)


@each_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_vanishes_in_forced_colours(visit: Visit, kind: Kind, scheme: str) -> None:
    """In colours that the reader forces on every page, all text is still there to be read."""
    page = visit(kind)
    seen = page.evaluate(SEEN)
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    assert page.evaluate(SEEN) == seen
    _expect_contrast(page)


@pytest.mark.parametrize("path", ["/", STORY])
def test_focus_is_seen_in_forced_colours(visit: Visit, path: str) -> None:
    """Wherever Tab comes to is outlined in those colours too."""
    page = visit(Kind("archive", path))
    page.emulate_media(forced_colors="active")
    stops = 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        assert stop[1], stop[0]
        stops += 1
    assert stops > 8


def test_the_widest_screen_keeps_the_measure(visit: Visit) -> None:
    """At 2,560 pixels too the full lines of a story hold 62 to 70 characters on average."""
    lines = visit(Kind("archive", STORY), width=2560).evaluate(FULL_LINES)
    assert len(lines) > 20
    assert 62 <= sum(lines) / len(lines) <= 70


@each_page
def test_nothing_moves_for_who_asked_for_rest(visit: Visit, kind: Kind) -> None:
    """Who prefers reduced motion, as every browser here does, gets none."""
    page = visit(kind)
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert page.evaluate(MOVING) == []


def _expect_contrast(page: Page) -> None:
    said, passed = page.evaluate(RUN, SEVEN_TO_ONE)
    assert "\n".join(said) == ""
    assert passed == ["color-contrast-enhanced"]
