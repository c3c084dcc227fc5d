"""A reader searches by keyboard, by links and back, on a telephone, and without a script."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from .reader import Reader

SHIFTS = """
    window.shifts = 0
    new PerformanceObserver(found => {
        for (const shift of found.getEntries()) shifts += shift.value
    }).observe({ type: 'layout-shift', buffered: true })
"""


def test_results_come_while_one_types(reader: Reader) -> None:
    """No key but those of the words is needed, not even to reach the field."""
    reader.page.keyboard.type("barge", delay=5)
    expect(reader.page.get_by_role("link", name="Barge sinks")).to_be_visible()
    expect(reader.page).to_have_url(re.compile(r"\?q=barge$"))


def test_from_first_key_to_opened_story(reader: Reader) -> None:
    """Type, go down and up among what is found, open."""
    page = reader.page
    page.keyboard.type("ferry old")
    expect(page).to_have_url(re.compile(r"\?q=ferry\+old$"))
    assert len(reader.found()) == 2
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/1987/05/02/ferry-of-old-age/$"))
    page.go_back()
    assert reader.found() == ["Old ferry sails", "Ferry of old age"]


def test_a_link_to_a_search(reader: Reader) -> None:
    """The address has all of it, and the form shows it."""
    reader.open("?q=ferry&topic=ships&to=1986&sort=date")
    assert reader.found() == ["Old ferry sails"]
    fields = {name: reader.page.locator(f"#{name}").input_value() for name in ("q", "topic", "to")}
    assert fields == {"q": "ferry", "topic": "Ships", "to": "1986"}


def test_nothing_moves_while_stories_come(reader: Reader) -> None:
    """What a reader sees of the page stays where it is, excerpts and all."""
    reader.page.add_init_script(SHIFTS)
    reader.open("?q=dredger")
    assert len(reader.found()) == 10
    expect(reader.page.locator(".teaser__sentence").first).not_to_be_empty()
    assert reader.page.evaluate("shifts") == 0


def test_the_way_back(reader: Reader) -> None:
    """Each search that was entered is one step, however many keys it took."""
    reader.page.keyboard.type("barge", delay=20)
    assert reader.ask("barge") == ["Barge sinks"]
    reader.page.fill("#q", "")
    reader.page.keyboard.type("creme", delay=20)
    assert reader.ask("creme") == ["Crème de la crème"]
    reader.page.go_back()
    expect(reader.page.locator("#q")).to_have_value("barge")
    assert reader.found() == ["Barge sinks"]
    reader.page.go_forward()
    expect(reader.page.locator("#q")).to_have_value("creme")


def test_the_way_back_from_a_link(reader: Reader) -> None:
    """However its address is spelt, it is one step."""
    reader.open("?q=old%20ferry&topic=&sort=")
    assert reader.found() == ["Old ferry sails", "Ferry of old age"]
    expect(reader.page).to_have_url(re.compile(r"\?q=old\+ferry$"))
    reader.page.go_back()
    expect(reader.page).to_have_url(re.compile("/search/$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_accessible(reader: Reader, scheme: Any) -> None:  # noqa: ANN401
    """With filters open too, and nothing is wider than a telephone."""
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(path=Path(__file__).parents[1] / "vendor/axe.min.js")
    reader.open("?q=dredger&topic=ships")
    assert len(reader.found()) == 10
    run = "async () => (await axe.run()).violations.map(rule => rule.id)"
    assert page.evaluate(run) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320


def test_without_a_script(browser: Browser, origin: str) -> None:
    """The form leads to the ways to browse."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{origin}/search/")
    page.fill("#q", "barge")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=barge&"))
    main = page.get_by_role("main")
    expect(main.get_by_text("Searching takes a script")).to_be_visible()
    for name, path in (("Topics", "tag"), ("Dates", "archives"), ("People", "people")):
        assert main.get_by_role("link", name=name).get_attribute("href") == f"/{path}/"
    page.context.close()
