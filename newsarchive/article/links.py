"""Where the links and pictures of a text lead, as far as that is on the site itself."""

import posixpath
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from newsarchive.settings import Site

# As a sanitiser writes it: quotes are double, and values hold no bare "<" or ">".
_TAG = re.compile(r"<(?:a|img)( [^<>]*)>")
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_PELICANS = re.compile(r"[{|](?:filename|static|attach|index)[}|]")
_BY_PATH = re.compile(r"[{|]\w+[}|](.*)")


class Target(NamedTuple):
    """A file of the site, by its path, and a place on its page, if a link names one."""

    path: str
    place: str


def within(html: str, site: Site) -> tuple[str, ...]:
    """The links of a text that lead elsewhere on the site itself, each once."""
    if "<a " not in html and "<img " not in html:
        return ()
    found = dict.fromkeys(_links(html))
    own = places(html) if any(link.startswith("#") for link in found) else set()
    return tuple(link for link in found if _is_within(link, site) and link[1:] not in own)


def _links(html: str) -> Iterator[str]:
    for attributes in _TAG.findall(html):
        for name, value in _ATTRIBUTE.findall(attributes):
            if name in {"href", "src"}:
                yield unescape(value)


def by_path(html: str, source_path: str) -> set[str]:
    """The files that a text names in Pelican's way, by their paths below ``content/``."""
    folder = posixpath.dirname(source_path)
    found = filter(None, map(_BY_PATH.fullmatch, map(unquote, _links(html))))
    names = (re.split("[?#]", name[1])[0] for name in found)
    return {posixpath.normpath(posixpath.join("/", folder, name)).lstrip("/") for name in names}


def _is_within(link: str, site: Site) -> bool:
    if _PELICANS.search(link):
        return False  # Pelican could not resolve it, and that is told by now
    try:
        parts = urlsplit(link)
    except ValueError:
        return True  # which leads nowhere, and is told as such
    if parts.scheme or parts.netloc:
        return bool(site.address) and f"{link}/".startswith(f"{site.address}/")
    return True


def places(html: str) -> AbstractSet[str]:
    """The ids to which a link into a page can lead; paragraphs are given theirs in print."""
    paragraphs = range(1, html.count("<p>") + 1)
    return {*map(unescape, _ID.findall(html)), *(f"p{number}" for number in paragraphs)}


def target(link: str, url: str, site: Site) -> Target | None:
    """Where a link leads that stands in the page at ``url``; None if off the site after all.

    Raises ValueError for what is no link.
    """
    base = site.address or "http://localhost"
    whole = urljoin(f"{base}/{url}", link)
    parts = urlsplit(whole)
    root = urlsplit(base).path
    if not f"{parts.path}/".startswith(f"{root}/"):
        return None
    path = unquote(parts.path[len(root) + 1 :])
    if path.endswith("/") or not path:
        path += "index.html"
    return Target(path, unquote(parts.fragment))
