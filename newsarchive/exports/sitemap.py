"""The sitemap and robots.txt: which pages there are, for crawlers."""

import xml.etree.ElementTree as ET  # writes only, so a hostile document never reaches it
from collections.abc import Iterable, Iterator
from functools import partial
from xml.sax.saxutils import escape  # as above

from newsarchive.exports.address import address
from newsarchive.moment import Moment
from newsarchive.settings import Site

Entry = tuple[str, Moment | None]

# What sitemaps.org allows for one file.
MOST_URLS = 50_000
MOST_BYTES = 50 * 2**20

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MARKUP = 128  # bytes: more than the tags and date of an entry, or the frame of a file, take


def sitemaps(
    pages: Iterable[Entry], site: Site, most_urls: int = MOST_URLS, most_bytes: int = MOST_BYTES
) -> dict[str, partial[str]]:
    """The sitemap's files by path: ``sitemap.xml``, which is an index where one is not enough.

    What stands in a file is worked out when it is called for.

    ``pages`` are addresses relative to the site's root and when each page last changed. They
    keep their order: given oldest first, a new page changes the last file and the index alone.
    A site without an address has no sitemap, since the protocol knows full addresses only.
    """
    if not site.address:
        return {}
    full = ((address(url, site), changed) for url, changed in pages)
    files = list(_files(full, most_urls, most_bytes))
    if not files:
        return {}  # an empty sitemap is not a valid one
    if len(files) == 1:
        return {"sitemap.xml": _document("urlset", "url", files[0])}
    parts = {f"sitemap-{number}.xml": file for number, file in enumerate(files, 1)}
    index = [(address(path, site), _newest(file)) for path, file in parts.items()]
    return {
        "sitemap.xml": _document("sitemapindex", "sitemap", index),
        **{path: _document("urlset", "url", file) for path, file in parts.items()},
    }


def robots(site: Site) -> str:
    """The site's robots.txt: everything may be read, and where the sitemap is.

    Crawlers look for it at the root of a domain only.
    """
    lines = ["User-agent: *", "Disallow:"]
    if site.address:
        lines += ["", f"Sitemap: {address('sitemap.xml', site)}"]
    return "\n".join(lines) + "\n"


def _files(pages: Iterable[Entry], most_urls: int, most_bytes: int) -> Iterator[list[Entry]]:
    """Fill one file after the other."""
    file: list[Entry] = []
    size = _MARKUP
    for page in pages:
        cost = len(escape(page[0])) + _MARKUP
        if file and (len(file) == most_urls or size + cost > most_bytes):
            yield file
            file, size = [], _MARKUP
        file.append(page)
        size += cost
    if file:
        yield file


def _newest(file: list[Entry]) -> Moment | None:
    return max((changed for _, changed in file if changed), default=None)


def _document(kind: str, element: str, pages: list[Entry]) -> partial[str]:
    rows = tuple(f"{loc} {changed.iso if changed else ''}" for loc, changed in pages)
    return partial(_text, kind, element, rows)


def _text(kind: str, element: str, rows: tuple[str, ...]) -> str:
    """Print a file; each row is an encoded address and, after a blank, a date or nothing."""
    root = ET.Element(kind, xmlns=_NAMESPACE)
    root.text = root.tail = "\n"
    for row in rows:
        loc, _, changed = row.partition(" ")
        entry = ET.SubElement(root, element)
        entry.tail = "\n"
        ET.SubElement(entry, "loc").text = loc
        if changed:
            ET.SubElement(entry, "lastmod").text = changed
    return str(ET.tostring(root, encoding="utf-8", xml_declaration=True), "utf-8")
