"""The site as it is deployed: at a domain's root, and below one."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

LINK = re.compile(r'(?:href|src)="([^"]*)"|<meta http-equiv="refresh" content="0; url=([^"]*)"')


@pytest.fixture(scope="module", params=["https://example.org", "https://example.org/archive"])
def address(request: pytest.FixtureRequest) -> str:
    """Where the site will stand."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(
    address: str,
    first_content: Path,
    run_pelican: Callable[..., None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The site of the first story, as ``make publish`` builds it for an address."""
    output = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITEURL", f"{address}/")
        run_pelican(first_content, output, "publishconf.py")
    return output


def pages(site: Path) -> dict[str, str]:
    """The source of every page by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")
    }


def test_no_link_leaves_the_prefix(site: Path, address: str) -> None:
    """Every link within the site begins with the site's own path and leads to a file of it."""
    prefix = f"{urlsplit(address).path}/"
    for name, page in pages(site).items():
        for link in ("".join(groups) for groups in LINK.findall(page)):
            if link.startswith("/"):
                assert link.startswith(prefix), name
                path = site / link.removeprefix(prefix)
                assert (path / "index.html" if link.endswith("/") else path).is_file(), (name, link)
            else:
                assert link.startswith(("#", "https://", "http://", "mailto:")), name


def test_canonical_links(site: Path, address: str) -> None:
    """Every page names its own full address, a redirect that of the page it leads to."""
    for name, source in pages(site).items():
        page = html.fromstring(source.encode())
        canonical = page.xpath('//link[@rel="canonical"]/@href')
        own = f"{address}/{name.removesuffix('index.html')}"
        if page.xpath('//meta[@http-equiv="refresh"]'):
            assert canonical[0].startswith(f"{address}/")
            assert canonical != [own]
        elif name != "404.html":
            assert canonical == [own]
            assert page.xpath('//meta[@property="og:url"]/@content') == [own]


def test_machines_get_full_addresses(site: Path, address: str) -> None:
    """Structured data names no address that begins at the root of an unknown domain."""
    for source in pages(site).values():
        for data in html.fromstring(source.encode()).xpath('//script[contains(@type, "json")]'):
            for word in re.findall(r'"(?:url|item|@id)": ?"([^"]*)"', data.text):
                assert word.startswith((f"{address}/", "urn:", "http")), word


def test_feeds_have_full_addresses(site: Path, address: str) -> None:
    """Whatever a feed links to is named in full."""
    feeds = sorted((site / "feeds").rglob("*.xml"))
    assert feeds
    for feed in feeds:
        document = etree.fromstring(feed.read_bytes())
        links = document.xpath('//@href | //*[local-name()="link"]/text()')
        assert links
        assert all(link.startswith(f"{address}/") for link in links)
    for feed in (site / "feeds").rglob("*.json"):
        document = json.loads(feed.read_text("utf-8"))
        urls = [document["home_page_url"], document["feed_url"]]
        urls += [item["url"] for item in document["items"]]
        assert all(url.startswith(f"{address}/") for url in urls)


def test_sitemap(site: Path, address: str) -> None:
    """The sitemap names every page by its full address, but none that leads elsewhere."""
    document = etree.fromstring((site / "sitemap.xml").read_bytes())
    named = document.xpath('//*[local-name()="loc"]/text()')
    expected = {
        f"{address}/{name.removesuffix('index.html')}"
        for name, source in pages(site).items()
        if name != "404.html" and 'http-equiv="refresh"' not in source
    }
    assert sorted(named) == sorted(expected)
    robots = (site / "robots.txt").read_text("utf-8")
    assert f"Sitemap: {address}/sitemap.xml" in robots


def test_headers(site: Path, address: str) -> None:
    """A static host finds what to say beside each file."""
    rules = (site / "_headers").read_text("utf-8").splitlines()
    assert rules[0] == f"{urlsplit(address).path}/*"


def test_nothing_points_here(site: Path) -> None:
    """No file names the machine that built it."""
    for path in site.rglob("*"):
        if path.is_file():
            assert b"localhost" not in path.read_bytes()
            assert str(site).encode() not in path.read_bytes()


def test_without_an_address(root: Path, tmp_path: Path) -> None:
    """There is no site to deploy without an address: one sentence says so, and how to give it."""
    run = subprocess.run(  # noqa: S603  # this very Python
        [sys.executable, "-m", "pelican", "content", "-s", str(root / "publishconf.py")],
        cwd=tmp_path,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr == (
        "publishconf.py: no SITEURL; name the site's address: SITEURL=https://example.org\n"
    )
    assert not list(tmp_path.iterdir())
