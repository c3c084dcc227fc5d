"""What every kind of page has in common, in a window of any width, on screen and on paper."""

from playwright.sync_api import Page

from .conftest import Visit
from .kinds import ARCHIVE, SINK, STORY, Kind, every_kind

WIDTH = "() => document.documentElement.scrollWidth"
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(element => element.outerHTML.slice(0, 120))"""
FULL_LINES = """() => [...document.querySelectorAll('.article__text > p')].flatMap(paragraph => {
    const lines = new Map(), range = document.createRange()
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        for (let at = 0; at < texts.currentNode.length; at++) {
            range.setStart(texts.currentNode, at)
            range.setEnd(texts.currentNode, at + 1)
            const box = range.getClientRects()[0]
            const line = box && Math.round(box.bottom / 10)
            if (box) lines.set(line, (lines.get(line) ?? 0) + 1)
        }
    }
    return [...lines.values()].slice(0, -1)
})"""
HIDDEN = """() => [...document.querySelectorAll('nav:not(.strip), .skip, .feeds')]
    .filter(element => element.checkVisibility()).map(element => element.outerHTML.slice(0, 120))"""


@every_kind
def test_a_page_is_quiet(visit: Visit, tab: Page, kind: Kind) -> None:
    """Nothing is logged, nothing fails to load, nothing is asked of another host."""
    tab.goto("about:blank")  # and let go of what the last page still waited for
    said: list[str] = []
    asked: list[str] = []
    hear = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "requestfailed": lambda request: said.append(f"{request.url} failed"),
        "response": lambda answer: (
            answer.status < 400 or said.append(f"{answer.url}: {answer.status}")
        ),
        "request": lambda request: asked.append(request.url),
    }
    for event, note in hear.items():
        tab.on(event, note)  # type: ignore[call-overload]
    page = visit(kind)
    icon = page.locator("link[rel=icon]").evaluate("link => fetch(link.href).then(a => a.status)")
    for event, note in hear.items():
        tab.remove_listener(event, note)
    origin = page.evaluate("() => location.origin")
    assert said == []
    assert [address for address in asked if not address.startswith(f"{origin}/")] == []
    assert icon == 200


@every_kind
def test_a_page_fits_paper_and_any_window(visit: Visit, kind: Kind) -> None:
    """No page scrolls sideways at 320 pixels, nor at 640 with text at twice its size.

    A printed one leaves out what can only be clicked, and keeps what is read, the strip too.
    """
    page = visit(kind)
    page.emulate_media(media="print")
    assert page.evaluate(HIDDEN) == []
    assert page.get_by_role("heading", level=1).is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(WIDTH) <= 320, page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": 640, "height": 800})
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(WIDTH) <= 640, page.evaluate(TOO_WIDE)


def test_the_measure_is_a_newspaper_readers(visit: Visit) -> None:
    """On a desktop the full lines of a story hold 62 to 70 characters on average."""
    lines = visit(Kind("archive", STORY)).evaluate(FULL_LINES)
    assert len(lines) > 20
    assert 62 <= sum(lines) / len(lines) <= 70


def test_a_script_that_runs_the_other_way_does(visit: Visit) -> None:
    """An Arabic headline and its text begin at the right, on the story's page and in lists."""
    direction = "element => getComputedStyle(element).direction"
    story = visit(Kind("sink", SINK["right to left"]))
    for part in (".headline", ".standfirst", ".article__text p"):
        assert story.locator(part).first.evaluate(direction) == "rtl", part
    day = visit(Kind("sink", SINK["day"]))
    assert day.locator('.teaser__headline[lang="ar"]').evaluate(direction) == "rtl"


def test_figures_stand_at_the_end_of_their_column(visit: Visit) -> None:
    """A table's columns are aligned as the copy says."""
    story = visit(Kind("sink", SINK["every element"]))
    alignment = "cell => getComputedStyle(cell).textAlign"
    cells = story.get_by_role("row").last.get_by_role("cell")
    assert [cells.nth(at).evaluate(alignment) for at in (0, 2, 3)] == ["start", "center", "end"]


def test_on_paper_the_story_is_whole(visit: Visit) -> None:
    """Print keeps every paragraph, the byline, the credits and how to cite the story."""
    page = visit(Kind("archive", ARCHIVE["story"]))
    page.emulate_media(media="print")
    parts = page.locator(".byline, .article__text > p, .credits, .citation, .masthead__nameplate")
    assert parts.count() > 12
    assert all(part.is_visible() for part in parts.all())
