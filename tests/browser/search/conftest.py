"""The archive that is searched, and the tab in which a reader does."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from newsarchive import preview

from .reader import POSTS, Reader

Run = Callable[..., None]


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out an archive."""
    content = tmp_path_factory.mktemp("search") / "content"
    for folder in ("articles", "topics"):
        (content / folder).mkdir(parents=True)
    ships = "Title: Ships\nAliases: Boats\n\nWhat sails.\n"
    (content / "topics/ships.md").write_text(ships, encoding="utf-8")
    for post in POSTS:
        post.write(content / "articles")
    return content


@pytest.fixture(scope="session")
def site(content: Path, run_pelican: Run) -> Path:
    """Build it."""
    run_pelican(content, content.with_name("output"))
    return content.with_name("output")


@pytest.fixture(scope="session")
def origin(site: Path) -> Iterator[str]:
    """Serve it with the headers of production; parts of files are sent."""
    with preview.shown(site, 0) as address:
        yield address.removesuffix("/")


@pytest.fixture(scope="session")
def window(browser: Browser, browser_context_args: Mapping[str, Any]) -> Iterator[BrowserContext]:
    """Open one window for all tabs, which need not load the fonts again."""
    window = browser.new_context(**browser_context_args)
    yield window
    window.close()


@pytest.fixture
def reader(window: BrowserContext, origin: str) -> Iterator[Reader]:
    """Open the search in a tab; the browser has nothing to say."""
    reader = Reader(window.new_page(), origin)
    reader.open()
    yield reader
    reader.page.close()
    assert reader.complaints == []
