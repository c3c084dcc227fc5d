"""Calendars and the map are walked by keyboard and by pointer, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .kinds import SINK, Kind

FOCUSED = "() => document.activeElement.getAttribute('href')"


def tab_to(page: Page, link: str) -> None:
    """Press Tab until a link has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if (page.evaluate(FOCUSED) or "").endswith(link):
            return
    pytest.fail(f"Tab never comes to {link}")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("hand", ["keyboard", "pointer"])
def test_from_the_index_of_dates_to_a_day(visit: Visit, width: int, hand: str) -> None:
    """Two steps lead from the index to any day: its month, and the day itself."""
    page = visit(Kind("sink", SINK["dates"]), width)
    for link in ("/1990/12/", "/1990/12/31/"):
        if hand == "keyboard":
            tab_to(page, link)
            page.keyboard.press("Enter")
        else:
            page.locator(f'td a[href="{link}"]').click()
        page.wait_for_url(f"**{link}")
    expect(page.get_by_role("heading", level=1)).to_have_text("31 December 1990")
    page.get_by_role("link", name="31 December in other years").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("31 December 1991")


def test_a_calendar_is_a_table_for_who_hears_it(visit: Visit) -> None:
    """Each month has its name, its weekdays, and its days with their stories in words."""
    page = visit(Kind("sink", SINK["year"]))
    month = page.get_by_role("table", name="December")
    assert month.get_by_role("columnheader").count() == 7
    expect(month.get_by_role("link", name="31 December 1991, 6 stories")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("hand", ["keyboard", "pointer"])
def test_from_the_map_to_a_place(visit: Visit, width: int, hand: str) -> None:
    """A circle leads to its place, and says whose it is."""
    page = visit(Kind("sink", SINK["places"]), width)
    circle = page.locator(".map").get_by_role("link", name="Porthaven, 2 stories")
    expect(circle).to_have_count(1)
    if hand == "keyboard":
        tab_to(page, "/places/porthaven/")
        page.keyboard.press("Enter")
    else:
        circle.locator("circle").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Porthaven")


def test_the_land_is_on_the_map(visit: Visit) -> None:
    """Its outlines come from a file of the site, which the page's policy lets in."""
    page = visit(Kind("sink", SINK["places"]))
    box = page.locator(".map__land").bounding_box()
    assert box is not None
    assert box["width"] > 900
