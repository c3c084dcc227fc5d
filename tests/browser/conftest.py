"""The sites that the browser visits, each built once a worker, and the browser."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from . import kitchen_sink
from .chromium import QUIETLY
from .kinds import Kind
from .server import Site, served

RunPelican = Callable[..., None]

PROJECT = Path(__file__).parents[2]


class Visit(Protocol):
    """Opens a page by its kind."""

    def __call__(self, kind: Kind, width: int = 1280) -> Page:
        """Open it in a window of that width."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here as the browser's."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> Mapping[str, Any]:
    """Start the Chromium that make found, quietly."""
    chromium = os.environ.get("NEWSARCHIVE_CHROMIUM")
    if not chromium:
        pytest.fail("NEWSARCHIVE_CHROMIUM names no browser; run make test, which finds one", False)  # noqa: FBT003  # pytest's own argument: no traceback
    return {"executable_path": chromium, "args": QUIETLY}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let nothing move: a test never waits for scrolling."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, run_pelican: RunPelican) -> Iterator[Site]:
    """Serve the archive's own site, as ``make html`` builds it."""
    output = tmp_path_factory.mktemp("archive")
    run_pelican(PROJECT / "content", output)
    with served(output) as site:
        yield site


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, run_pelican: RunPelican) -> Iterator[Site]:
    """Serve the archive's own site, as published for https://example.org."""
    output = tmp_path_factory.mktemp("published")
    _publish(run_pelican, output, "https://example.org")
    with served(output) as site:
        yield site


@pytest.fixture(scope="session")
def published_below(
    tmp_path_factory: pytest.TempPathFactory, run_pelican: RunPelican
) -> Iterator[Site]:
    """Serve the same as published for https://example.org/archive, a path at that host."""
    output = tmp_path_factory.mktemp("published_below")
    _publish(run_pelican, output, "https://example.org/archive")
    with served(output, "/archive") as site:
        yield site


def _publish(run_pelican: RunPelican, output: Path, address: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITEURL", address)
        run_pelican(PROJECT / "content", output, "publishconf.py")


@pytest.fixture(scope="session")
def sink(tmp_path_factory: pytest.TempPathFactory, run_pelican: RunPelican) -> Iterator[Site]:
    """Serve the kitchen sink."""
    folder = tmp_path_factory.mktemp("sink")
    kitchen_sink.write(folder / "content")
    masthead = {"NEWSARCHIVE_SECTIONS": kitchen_sink.SECTIONS}
    run_pelican(folder / "content", folder / "output", **masthead)
    with served(folder / "output") as site:
        yield site


@pytest.fixture(scope="module")
def tab(browser: Browser, browser_context_args: Mapping[str, Any]) -> Iterator[Page]:
    """Open one tab for a module's pages; opening one for each would take longer than they do."""
    page = browser.new_page(**browser_context_args)
    yield page
    page.context.close()


@pytest.fixture
def visit(tab: Page, request: pytest.FixtureRequest) -> Visit:
    """Open a page by its kind, as on a desktop."""

    def open_page(kind: Kind, width: int = 1280) -> Page:
        site: Site = request.getfixturevalue(kind.site)
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(media="screen", color_scheme="light")
        tab.goto(site.url(kind.path))
        return tab

    return open_page
