"""The archive is read with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .kinds import ARCHIVE, STORY, Kind
from .server import Site

FOCUSED = """() => {
    const element = document.activeElement
    if (element === document.body) return null
    const style = getComputedStyle(element), box = element.getBoundingClientRect()
    const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    const within = box.top >= 0 && box.left >= 0
        && box.bottom <= innerHeight && box.right <= innerWidth
    return [element.outerHTML.slice(0, 120), shown && within]
}"""
MOST_STOPS = 60


@pytest.mark.parametrize("name", ["front", "story", "tag", "feeds", "404"])
def test_the_first_stop_skips_to_the_text(visit: Visit, name: str) -> None:
    """Tab comes to the skip link first; Enter goes past the masthead."""
    page = visit(Kind("archive", ARCHIVE[name]))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('header.masthead, .skip') === null")


def test_from_the_front_to_the_story(visit: Visit, archive: Site) -> None:
    """Tab and Enter lead to the lead story."""
    page = visit(Kind("archive", "/"))
    lead = page.get_by_role("main").get_by_role("heading", level=2).first.get_by_role("link")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if lead.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(archive.url(STORY))


@pytest.mark.parametrize("name", ["front", "story", "tag", "feeds"])
@pytest.mark.parametrize("width", [1280, 320])
def test_focus_is_seen(visit: Visit, name: str, width: int) -> None:
    """Wherever Tab comes to is outlined and within the window, in the order of the page."""
    page = visit(Kind("archive", ARCHIVE[name]), width)
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert [element for element, seen in stops if not seen] == []
    assert len(stops) > 8
