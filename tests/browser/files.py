"""The HTML files of a built site, read."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from lxml import html

from .server import Site


@dataclass(frozen=True, slots=True)
class Page:
    """What a file holds: its links, what in it can be linked to, where it redirects to."""

    document: html.HtmlElement
    links: tuple[str, ...]
    anchors: frozenset[str]
    moved: str


def pages(site: Site) -> dict[str, Page]:
    """Read every HTML file of a site, by the address under which it is served."""
    return _read(site.folder, site.root)


@cache
def _read(folder: Path, root: str) -> dict[str, Page]:
    return {
        f"{root}/{path.relative_to(folder).as_posix()}".removesuffix("index.html"): _page(path)
        for path in folder.rglob("*.html")
    }


def _page(path: Path) -> Page:
    document = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    links = document.xpath("//*[not(@rel='schema.DC')]/@href | //@src")  # schema.DC leads nowhere
    refresh = document.xpath("string(//meta[@http-equiv='refresh']/@content)")
    return Page(
        document,
        tuple(links),
        frozenset(document.xpath("//@id")),
        unquote(refresh.partition("url=")[2]),
    )
