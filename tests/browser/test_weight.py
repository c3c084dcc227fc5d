"""What a page costs its reader: bytes over the wire, hosts asked, and lines that move."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .kinds import ARCHIVE, SINK, STORY
from .server import Host, Site, SlowHost, pack, served

FIRST_VISIT = 100_000  # bytes, fonts included
NEXT_STORY = 15_000
LATE_FONTS = 0.01  # what fallbacks of the same width may still move; a tenth of what is called good
SHIFT = """async () => {
    await document.fonts.ready
    let shift = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => { shift += entry.value }))
        .observe({type: 'layout-shift', buffered: true})
    await new Promise(done => setTimeout(done, 250))
    return [shift, [...document.fonts].some(font => font.status === 'loaded')]
}"""
KINDS = [("archive", ARCHIVE[name]) for name in ("front", "story", "tag")]
KINDS += [("sink", SINK[name]) for name in ("front", "every element", "picture", "tag")]

Packed = Mapping[str, Path]
each_width = pytest.mark.parametrize("width", [360, 1280])
each_page = pytest.mark.parametrize(("name", "path"), KINDS)
most_text = pytest.mark.parametrize(("name", "path"), [KINDS[1], KINDS[4], KINDS[6]])


@pytest.fixture(scope="module")
def packed(archive: Site, sink: Site, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """Pack both sites as a host would serve them."""
    folder = tmp_path_factory.mktemp("packed")
    sites = {"archive": archive, "sink": sink}
    return {name: pack(site.folder, folder / name) for name, site in sites.items()}


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[Page]:
    """Open a tab of a browser that has been nowhere yet."""
    page = browser.new_page()
    yield page
    page.context.close()


def test_a_first_visit_weighs_less_than_100_kb(newcomer: Page, packed: Packed) -> None:
    """Whoever comes to a story for the first time loads styles and fonts too, from this host."""
    with served(packed["archive"], host=Host) as site:
        weight = _weigh(newcomer, site.url(STORY))
    assert any(address.endswith(".woff2") for address in weight)
    assert sum(weight.values()) <= FIRST_VISIT, weight
    assert [address for address in weight if not address.startswith(site.url("/"))] == []


def test_the_next_story_weighs_less_than_15_kb(newcomer: Page, packed: Packed) -> None:
    """Whoever reads on loads the story; the styles are asked after, the fonts not even that."""
    with served(packed["sink"], host=Host) as site:
        _weigh(newcomer, site.url(SINK["every element"]))
        weight = _weigh(newcomer, site.url(SINK["longest headline"]))
    assert sum(weight.values()) <= NEXT_STORY, weight


@each_width
@each_page
def test_nothing_moves(newcomer: Page, packed: Packed, name: str, path: str, width: int) -> None:
    """While a page loads, what has been drawn stays where it is."""
    assert _shift(newcomer, packed[name], Host, path, width) == 0


@each_width
@most_text
def test_late_fonts_move_next_to_nothing(
    newcomer: Page, packed: Packed, name: str, path: str, width: int
) -> None:
    """Fonts that come when the page has long been read take the room of their fallbacks."""
    assert _shift(newcomer, packed[name], SlowHost, path, width) < LATE_FONTS


def _weigh(page: Page, address: str) -> dict[str, int]:
    """Open a page and tell how many bytes each answer to it took, headers included."""
    asked: dict[str, str] = {}
    weight: dict[str, int] = {}

    def note(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"]

    def weigh(event: dict[str, Any]) -> None:
        weight[asked[event["requestId"]]] = int(event["encodedDataLength"])

    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", note)
    network.on("Network.loadingFinished", weigh)
    network.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    network.detach()
    return weight


def _shift(page: Page, folder: Path, host: type[Host], path: str, width: int) -> float:
    page.set_viewport_size({"width": width, "height": 800})
    with served(folder, host=host) as site:
        page.goto(site.url(path))
        shift, has_fonts = page.evaluate(SHIFT)
    assert has_fonts
    return float(shift)
