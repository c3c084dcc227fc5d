"""Every link in a built site leads to something, and every page is led to."""

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from . import files
from .kinds import SINK
from .server import Site

every_site = pytest.mark.parametrize("name", ["archive", "published_below", "sink"])


@pytest.fixture
def site(request: pytest.FixtureRequest, name: str) -> Site:
    """Give the site by its name."""
    return request.getfixturevalue(name)


@every_site
def test_every_link_leads_to_a_file(site: Site) -> None:
    """No link within the site is broken, its fragment neither."""
    pages = files.pages(site)
    broken = [
        f"{address}: {link}"
        for address, page in pages.items()
        for link in page.links
        if _within(site, urljoin(address, link)) and not _found(site, pages, urljoin(address, link))
    ]
    assert broken == []


@every_site
def test_every_page_is_led_to(site: Site) -> None:
    """Whoever follows links from the front comes to every page that is neither gone nor moved."""
    pages = files.pages(site)
    reached = {f"{site.root}/"}
    pending = list(reached)
    while pending:
        address = pending.pop()
        links = {urldefrag(urljoin(address, link)).url for link in pages[address].links}
        new = {unquote(link) for link in links if unquote(link) in pages} - reached
        reached |= new
        pending += new
    led_to = {address for address, page in pages.items() if not page.moved}
    gone = {f"{site.root}/404.html", f"{site.root}{SINK['withdrawn']}"}
    assert led_to - reached == gone & led_to


@every_site
def test_every_redirect_leads_to_a_page(site: Site) -> None:
    """An address that has moved leads to one that has not, and no page links to the old one."""
    pages = files.pages(site)
    moved = {address: page.moved for address, page in pages.items() if page.moved}
    linked = {
        unquote(urldefrag(urljoin(address, link)).url)
        for address, page in pages.items()
        for link in page.links
    }
    assert [old for old, new in moved.items() if new not in pages or pages[new].moved] == []
    assert moved.keys() & linked == set()


@pytest.mark.parametrize(
    ("name", "address"),
    [("published", "https://example.org"), ("published_below", "https://example.org/archive")],
)
def test_a_published_site_keeps_to_its_prefix(site: Site, address: str) -> None:
    """No file names localhost, and every address of this host lies within the site."""
    for path in filter(Path.is_file, site.folder.rglob("*")):
        text = path.read_bytes().decode(errors="replace")
        assert not re.search(r"localhost|127\.0\.0\.1|file://", text), path
        named = re.findall(r"""https?://example\.org[^\s"'<>\\)]*""", text)
        assert [link for link in named if not f"{link}/".startswith(f"{address}/")] == [], path
    rooted = [link for page in files.pages(site).values() for link in page.links if link[0] == "/"]
    assert rooted
    assert [link for link in rooted if not link.startswith(f"{site.root}/")] == []


@pytest.mark.parametrize(
    ("name", "address"),
    [("published", "https://example.org"), ("published_below", "https://example.org/archive")],
)
def test_a_published_site_is_in_its_sitemap(site: Site, address: str) -> None:
    """The sitemap names every page that can be read, and nothing else."""
    sitemaps = [path.read_text(encoding="utf-8") for path in site.folder.glob("sitemap*.xml")]
    named = {
        unquote(link).removeprefix(address)
        for text in sitemaps
        for link in re.findall("<loc>(.*?)</loc>", text)
        if not link.endswith(".xml")
    }
    pages = files.pages(site)
    read = {address.removeprefix(site.root) for address, page in pages.items() if not page.moved}
    assert named == read - {"/404.html"}


def _within(site: Site, link: str) -> bool:
    return not urlsplit(link).netloc and not urlsplit(link).scheme and link.startswith(site.root)


def _found(site: Site, pages: dict[str, files.Page], link: str) -> bool:
    address, fragment = map(unquote, urldefrag(link))
    if address in pages:
        return not fragment or fragment in pages[address].anchors
    return (site.folder / address.removeprefix(f"{site.root}/")).is_file()
