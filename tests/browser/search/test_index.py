"""What a search asks of the server: little, and again where that fails or has changed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Route, expect

from newsarchive import preview
from tests.browser.server import served

from .reader import Post, Reader

Run = Callable[..., None]


def test_what_is_asked_for(reader: Reader) -> None:
    """Nothing of the index before a reader types, nor ever what is outside the years."""
    asked: list[str] = []
    page = reader.page
    page.on("request", lambda request: asked.append(request.url))
    reader.open("?to=1900")
    assert reader.ask("barge ") == []
    reader.open()
    assert [url for url in asked if url.endswith(".idx")] == []
    page.keyboard.type("b")
    reader.found()
    assert [url for url in asked if url.endswith(".idx")] != []


@pytest.mark.parametrize("missing", ["names.json", "1.idx"])
def test_a_network_that_fails(reader: Reader, missing: str) -> None:
    """The page says so, and trying again works."""
    page = reader.page
    page.route(f"**/{missing}", lambda route: route.abort())
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Topic").fill("Ships")
    assert reader.ask("barge ") == []
    assert reader.status.startswith("The index cannot be read now.")
    page.unroute(f"**/{missing}")
    assert reader.ask("barge ") == ["Barge sinks"]
    assert all("ERR_FAILED" in complaint for complaint in reader.complaints)
    reader.complaints.clear()


def test_a_server_that_sends_no_parts(browser: Browser, site: Path) -> None:
    """It sends each part of the index whole, once."""
    with served(site) as host:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        reader = Reader(page, host.origin)
        reader.open()
        assert reader.ask("barge") == ["Barge sinks"]
        assert reader.ask("creme") == ["Crème de la crème"]
        assert len([url for url in asked if url.endswith(".idx")]) == 1
        assert reader.complaints == []
        page.context.close()


def test_an_archive_that_is_published_meanwhile(
    browser: Browser, content: Path, tmp_path: Path, run_pelican: Run
) -> None:
    """A search that was begun in the old index goes on in the new one, and never in both."""
    odd = [f"w{crc32(b'%d' % number)}" for number in range(4000)]  # which fill some blocks
    articles, output = tmp_path / "content/articles", tmp_path / "output"
    shutil.copytree(content, articles.parent)
    Post("Long list", "1984-01-01", " ".join(odd)).write(articles)
    run_pelican(articles.parent, output)
    with preview.shown(output, 0) as address:
        reader = Reader(browser.new_page(), address.removesuffix("/"))
        reader.open()
        assert reader.ask("barge ") == ["Barge sinks"]
        (articles / "barge-sinks.md").unlink()
        Post("Aardvark sails", "1985-01-01", "It sailed.").write(articles)
        run_pelican(articles.parent, output)
        assert reader.ask(f"{max(odd)} ") == ["Long list"]
        assert reader.ask("aardvark ") == ["Aardvark sails"]
        assert reader.ask("barge ") == []
        assert reader.ask("dredger 17") == ["Dredger 17 leaves"]
        reader.page.context.close()


def test_more_stories_of_a_search_that_is_over(reader: Reader) -> None:
    """They do not come, and the page goes on waiting for those of the next."""
    page = reader.page
    reader.ask("dredger ")
    held: list[Route] = []
    page.route("**/names.json", lambda route: held.append(route))  # noqa: PLW0108  # list.append takes no mark
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Topic").fill("Ships")
    page.press("#q", "Enter")
    page.get_by_role("button", name="More stories").click()
    page.wait_for_timeout(300)  # in which they would have come
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".search__results h2")).to_have_count(10)
    held[0].continue_()
    assert len(reader.found()) == 10
