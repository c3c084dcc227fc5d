"""The Reuters-21578 stories searched in Chromium over nginx: what is found, how soon, how dear."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, sync_playwright

from newsarchive.build import twins
from tests.browser.chromium import QUIETLY
from tests.deploy import nginx

from .stories import SETTINGS

pytestmark = pytest.mark.reuters

Run = Callable[..., None]

KB = 1000
# Searches, each with the beginning of the slug of the one story that is meant.
KNOWN = {
    "chernobyl soviet electricity": "chernobyl-to-cause-problems-for-soviet-electricity",
    '"bank of england does not intervene"': "bank-of-england-does-not-intervene-in-money-market",
    "torrential rains argentine grain": "torrential-rains-halt-argentine-grain-harvest",
    "deutsche bank louvre&from=1987&to=1987": "deutsche-bank-chief-says-louvre-pact",
    "cocoa buffer stock rules&topic=cocoa": "cocoa-buffer-stock-rules-effective-immediately",
    "toshiba pentagon stops": "pentagon-stops-new-business-with-toshiba",
    "reagan slaps tariffs japanese electronics": "white-house-slaps-tariffs-on-japanese-goods",
    "aquino land reform&place=manila": "aquino-announces-land-reform-plans",
    "ecuador earthquake oil exports": "ecuador-says-suspends-oil-exports-due-earthquake",
    "silkworm test fire hormuz": "iran-said-to-test-fire-silkworm-missile-in-hormuz",
}
LATER = ("dollar ", "wheat ", "said ", "chernobyl ", "opec ", "japan ", "bank ", "cocoa ")
LATER += ('"trade deficit" ', '"bank of england" ', "interest rates cut ")
TYPED = """async words => {
    const field = document.querySelector('#q'), list = document.querySelector('.search__results')
    const come = new Promise(resolve => new MutationObserver((_, observer) => {
        if (!list.hasAttribute('aria-busy')) { observer.disconnect(); resolve(performance.now()) }
    }).observe(list, { attributes: true, attributeFilter: ['aria-busy'] }))
    const began = performance.now()
    field.value = words
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return await come - began
}"""


@dataclass
class Reader:
    """A tab, and how many bytes came to it, headers too."""

    page: Page
    server: nginx.Server
    received: int = 0

    def take(self) -> int:
        """Tell how many bytes came since it was asked last."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(200)
        received, self.received = self.received, 0
        return received

    def found(self, query: str) -> list[str]:
        """Open the page of a search, and tell the addresses of the stories on it."""
        self.page.goto(self.server.url(f"/search/?q={quote(query, safe='&=')}"))
        self.page.wait_for_function(
            "() => document.querySelector('.search__status').textContent"
            " && !document.querySelector('[aria-busy]')"
        )
        links = self.page.locator(".search__results a").all()
        return [link.get_attribute("href") or "" for link in links]


@pytest.fixture(scope="module")
def site(content: Path, run_pelican: Run) -> Path:
    """The site of all stories, compressed as it is when it is published."""
    output = content.with_name("output")
    run_pelican(content, output, **SETTINGS)
    for path in output.rglob("*"):
        if path.is_file() and twins.wanted(path.name):
            path.with_name(f"{path.name}.gz").write_bytes(twins.made(path.read_bytes(), ".gz"))
    return output


@pytest.fixture
def reader(site: Path, tmp_path: Path) -> Iterator[Reader]:
    """Nothing is known to this reader."""
    chromium = {"executable_path": os.environ["NEWSARCHIVE_CHROMIUM"], "args": QUIETLY}
    with nginx.served(site, tmp_path / "nginx") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium)
        context = browser.new_context(ignore_https_errors=True)
        reader = Reader(context.new_page(), server)
        network = context.new_cdp_session(reader.page)
        network.send("Network.enable")

        def receive(event: dict[str, int]) -> None:
            reader.received += event["encodedDataLength"]

        network.on("Network.loadingFinished", receive)
        yield reader
        browser.close()


def test_known_stories_are_found(reader: Reader) -> None:
    """Each is among the first three, by a phrase and within years too."""
    for query, slug in KNOWN.items():
        first = [address.rpartition("/")[0].rpartition("/")[2] for address in reader.found(query)]
        assert any(found.startswith(slug) for found in first[:3]), query
    assert reader.found("chernobyl&from=1988") == []


def test_bytes_and_time(reader: Reader) -> None:
    """The first word costs less than 300 kB with all that the page is, later searches 100 kB."""
    reader.page.goto(reader.server.url("/search/"))
    took = [reader.page.evaluate(TYPED, "tariffs ")]
    first, later = reader.take(), {}
    for word in LATER:
        took.append(reader.page.evaluate(TYPED, word))
        later[word] = reader.take()
    said = f"first {first / KB:.0f} kB, later {max(later.values()) / KB:.0f} kB at most"
    print(f"{said}; {median(took[1:]):.0f} ms from key to results, {max(took[1:]):.0f} at most")  # noqa: T201
    assert first < 300 * KB
    assert max(later.values()) < 100 * KB, later
    assert median(took[1:]) < 300, took


def test_an_edit_is_found_in_three_seconds(content: Path, site: Path, run_pelican: Run) -> None:
    """One part of the index is made anew, and nothing else but the story's page."""
    story = sorted(content.rglob("*.md"))[9000]
    parts = {path: path.stat().st_ino for path in site.glob("search/*.idx")}
    story.write_text(f"{story.read_text('utf-8')} An aardvark sailed.\n", "utf-8")
    began = perf_counter()
    run_pelican(content, site, **SETTINGS)
    took = perf_counter() - began
    print(f"an edit: {took:.2f} s")  # noqa: T201
    changed = [path.name for path, inode in parts.items() if path.stat().st_ino != inode]
    assert len(changed) == 1
    assert took < 3
