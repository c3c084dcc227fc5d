"""The sitemap and robots.txt."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from newsarchive.exports.sitemap import Entry, robots, sitemaps
from newsarchive.moment import Moment, parse
from newsarchive.settings import Site

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
DAY = Moment(datetime(2024, 9, 30, tzinfo=UTC), day_only=True)
NEXT_DAY = parse("2024-10-01T09:30-04:00")


def texts(pages: Iterable[Entry], site: Site, **limits: int) -> dict[str, str]:
    """The sitemap's files as they are written."""
    return {path: make() for path, make in sitemaps(pages, site, **limits).items()}


def xpath(text: str, path: str) -> list[Any]:
    """What an XPath finds in a sitemap."""
    return etree.fromstring(text.encode()).xpath(path, namespaces=NAMESPACE)


def test_one_file(site: Site) -> None:
    """A small site has one sitemap, with full addresses and true dates."""
    files = texts([("", NEXT_DAY), ("2024/09/30/x/", DAY), ("about/", None)], site)
    assert list(files) == ["sitemap.xml"]
    text = files["sitemap.xml"]
    assert text.startswith("<?xml version='1.0' encoding='utf-8'?>\n<urlset ")
    assert xpath(text, "/s:urlset/s:url/s:loc/text()") == [
        "https://example.org/archive/",
        "https://example.org/archive/2024/09/30/x/",
        "https://example.org/archive/about/",
    ]
    assert xpath(text, "//s:lastmod/text()") == ["2024-10-01T09:30:00-04:00", "2024-09-30"]


def test_an_index_above_several_files(site: Site) -> None:
    """A site with more pages than a file may hold has an index, dated by what is in each file."""
    pages = [("a/", DAY), ("b/", NEXT_DAY), ("c/", DAY), ("d/", None), ("e/", None)]
    files = texts(pages, site, most_urls=2)
    index = files.pop("sitemap.xml")
    assert xpath(index, "/s:sitemapindex/s:sitemap/s:loc/text()") == [
        f"https://example.org/archive/sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    assert [
        sitemap.findtext("s:lastmod", namespaces=NAMESPACE)
        for sitemap in xpath(index, "//s:sitemap")
    ] == ["2024-10-01T09:30:00-04:00", "2024-09-30", None]
    assert [len(xpath(text, "//s:url")) for text in files.values()] == [2, 2, 1]


@pytest.mark.parametrize("most_bytes", [400, 1000, 5000])
def test_no_file_is_larger_than_allowed(site: Site, most_bytes: int) -> None:
    """A file's bytes are counted as they are written, escapes included."""
    pages = [(f"{'&' * (number % 20)}/북한/{number}/", NEXT_DAY) for number in range(100)]
    files = texts(pages, site, most_bytes=most_bytes)
    index = files.pop("sitemap.xml")
    assert len(files) > 1
    assert len(xpath(index, "//s:sitemap")) == len(files)
    assert max(len(text.encode()) for text in files.values()) <= most_bytes
    assert sum(len(xpath(text, "//s:url")) for text in files.values()) == 100


def test_fifty_thousand_and_one(site: Site) -> None:
    """One page more than a file may hold makes a second file."""
    files = texts(((f"2024/{number}/", DAY) for number in range(50_001)), site)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert len(xpath(files["sitemap-1.xml"], "//s:url")) == 50_000
    assert len(xpath(files["sitemap-2.xml"], "//s:url")) == 1


def test_a_new_page_changes_the_last_file_alone(site: Site) -> None:
    """Full files stay as they are when a page is added at the end."""
    pages = [(f"{number}/", DAY) for number in range(5)]
    before = texts(pages, site, most_urls=2)
    after = texts([*pages, ("new/", DAY)], site, most_urls=2)
    assert [path for path in after if after[path] != before.get(path)] == ["sitemap-3.xml"]


def test_nothing_to_map(site: Site, local: Site) -> None:
    """Neither a site without an address nor one without pages has a sitemap."""
    assert texts([("about/", None)], local) == {}
    assert texts([], site) == {}


def test_robots(site: Site, local: Site) -> None:
    """Crawlers may read everything, and learn where the sitemap is if there is one."""
    parser = RobotFileParser()
    parser.parse(robots(site).splitlines())
    assert parser.can_fetch("AnyBot", "https://example.org/archive/tag/north-korea/")
    assert parser.site_maps() == ["https://example.org/archive/sitemap.xml"]
    assert "Sitemap" not in robots(local)
