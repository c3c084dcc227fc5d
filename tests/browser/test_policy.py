"""What a browser says of the site behind the server that the archive ships, policy and all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.deploy import nginx

from .kinds import OWN, REDIRECTS, SINK
from .server import Site

Served = Callable[[Site], AbstractContextManager[nginx.Server]]

LOADED = """async () => {
    const images = [...document.images];
    for (const image of images) image.loading = "eager";
    await Promise.all([document.fonts.ready, ...images.map(image => image.decode())]);
    return [
        [...document.styleSheets].some(sheet => sheet.cssRules.length),
        [...document.fonts].some(font => font.status === "loaded"),
        images.every(image => image.naturalWidth),
    ];
}"""


@dataclass(frozen=True, slots=True)
class Reader:
    """A tab, and all that the browser complained of in it."""

    page: Page
    complaints: list[str]


@pytest.fixture
def reader(browser: Browser, browser_context_args: Mapping[str, Any]) -> Iterator[Reader]:
    """Nothing is known to this reader, least of all who vouches for the server."""
    context = browser.new_context(**{**browser_context_args, "ignore_https_errors": True})
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Reader(page, complaints)
    context.close()


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """Serve a built site."""
    return lambda site: nginx.served(site.folder, tmp_path / "nginx")


@pytest.mark.parametrize(("name", "paths"), [("published", OWN), ("sink", SINK)])
def test_no_page_offends_the_policy(
    request: pytest.FixtureRequest,
    served: Served,
    reader: Reader,
    name: str,
    paths: Mapping[str, str],
) -> None:
    """Each kind of page has its styles, types and pictures, and the console is empty."""
    with served(request.getfixturevalue(name)) as server:
        for kind, path in paths.items():
            reader.page.goto(server.url(path), wait_until="load")
            assert reader.page.evaluate(LOADED) == [True] * 3, kind
            assert reader.complaints == [], kind


def test_no_old_address_offends_the_policy(served: Served, published: Site, reader: Reader) -> None:
    """A page that leads on does so without a script."""
    with served(published) as server:
        for old, new in REDIRECTS.items():
            reader.page.goto(server.url(old))
            reader.page.wait_for_url(f"**{new}")
            assert reader.complaints == [], old


def test_the_policy_is_enforced(served: Served, published: Site, reader: Reader) -> None:
    """What a story might smuggle in does nothing, and would be seen above."""
    smuggled = """document.body.innerHTML =
        '<p style="color: red" onclick="alert(1)">Hello<img src="https://example.org/x.png">'"""
    with served(published) as server:
        reader.page.goto(server.url("/"))
        reader.page.evaluate(smuggled)
        reader.page.click("p")
    for directive in ("style-src 'self'", "default-src 'none'", "img-src 'self'"):
        assert any(directive in complaint for complaint in reader.complaints), directive
