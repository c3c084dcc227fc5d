"""What nginx answers for a published site, and that the preview says the same."""

import gzip
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
import pytest

from newsarchive import preview
from newsarchive.build import twins
from newsarchive.build.releases import Releases
from newsarchive.exports import headers

from .nginx import BROTLI, Server, served

PAGE = "<!doctype html><title>A page</title>" + "<p>It sailed.</p>" * 50
FILES = {
    "index.html": PAGE,
    "404.html": PAGE.replace("A page", "Nothing is here"),
    "2024/09/30/quay/index.html": PAGE,
    "2024/09/30/quay/note.pdf": "%PDF",
    "about/index.html": PAGE,
    "feeds/all.atom.xml": "<feed/>",
    "feeds/all.rss.xml": "<rss/>",
    "feeds/all.json": "{}",
    "feeds/tag/quays.json": "{}",
    "images/map.gif": "GIF",
    "images/photo-12345678.png": "PNG",
    "images/chart.svg": "<svg/>",
    "pictures/index.html": PAGE,
    "pictures/quay-1234abcd-480.avif": "AVIF",
    "pictures/quay-1234abcd-480.webp": "WEBP",
    "pictures/quay-1234abcd-480.jpg": "JPEG",
    "pictures/quay-1234abcd-card.png": "PNG",
    "robots.txt": "User-agent: *\n",
    "sitemap.xml": "<urlset/>",
    "data.json": "{}",
    "theme/card-1234abcd.png": "PNG",
    "theme/css/archive.css": "p { margin: 0 }",
    "theme/favicon.svg": "<svg/>",
    "theme/fonts/README.md": "# Fonts",
    "theme/fonts/serif.1234abcd.woff2": "wOF2",
    "theme/search.js": "0",
    "tag/香港/index.html": PAGE,
}
HIDDEN = {"_headers": "/*\n", ".git/config": "[core]", "2024/.draft.html": "", ".newsarchive": ""}
ASKED = (
    *(f"/{path}" for path in FILES if path.isascii()),
    *("/", "/about/", "/tag/%E9%A6%99%E6%B8%AF/", "/?x=1"),
    *(f"/{path}" for path in HIDDEN),
    *("/nowhere", "/nowhere/", "/2024/", "/theme/fonts/", "/pictures/none-1234abcd-480.avif"),
    *("/feeds/none.json", "/.git/", "/about/../.git/config"),
)

NAMES = ("Content-Type", "Cache-Control", *headers.SECURITY)


class Answer(NamedTuple):
    """What was answered."""

    status: int
    headers: HTTPMessage
    body: bytes


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory, lay_out: Callable[..., None]) -> Releases:
    """A published site."""
    releases = Releases(tmp_path_factory.mktemp("deployed") / "public")
    for stamp in ("20240930T000000Z", "20241001T000000Z"):
        site = releases.at(stamp) / "data"
        site.mkdir(parents=True)
        lay_out(site, {**FILES, **HIDDEN, "stamp.txt": stamp})
        for path in FILES:
            for suffix in twins.wanted(path):
                data = (site / path).read_bytes()
                (site / f"{path}{suffix}").write_bytes(twins.made(data, suffix))
    releases.switch("20240930T000000Z")
    return releases


@pytest.fixture(scope="module")
def server(releases: Releases) -> Iterator[Server]:
    """The same, served."""
    site = releases.current / "data"
    with served(site, releases.folder.with_name("nginx")) as server:
        yield server


@pytest.fixture
def ask(server: Server) -> Iterator[Callable[..., Answer]]:
    """Ask nginx for a path as it is written."""
    connection = server.connected()

    def asked(path: str, **said: str) -> Answer:
        return _asked(connection, path, said)

    yield asked
    connection.close()


def _asked(connection: HTTPConnection, path: str, said: dict[str, str]) -> Answer:
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for name, value in said.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    return Answer(answer.status, answer.headers, answer.read())


def test_nginx_says_what_the_preview_says(releases: Releases, ask: Callable[..., Answer]) -> None:
    """For every kind of file, and for what is not there: status, type, headers and body."""
    with preview.shown(releases.current / "data", 0) as url:
        for path in ASKED:
            shown = HTTPConnection(preview.HOST, urlsplit(url).port, timeout=5)
            answers = [ask(path), _asked(shown, path, {})]
            shown.close()
            nginx, own = (
                (answer.status, answer.body, {name: answer.headers.get_all(name) for name in NAMES})
                for answer in answers
            )
            assert nginx == own, path


def test_every_answer_demands_encryption(ask: Callable[..., Answer]) -> None:
    """Also one that has nothing to tell."""
    for path in ("/", "/nowhere", "/about", "/theme/css/archive.css"):
        for name, value in headers.ENCRYPTED.items():
            assert ask(path).headers.get_all(name) == [value]


def test_whoever_comes_without_encryption_is_sent_on(server: Server) -> None:
    """To the same page."""
    connection = server.connected_plainly()
    answer = _asked(connection, "/about/?x=1", {})
    assert (answer.status, answer.headers["Location"]) == (301, server.url("/about/?x=1"))
    connection.close()


def test_text_comes_compressed(ask: Callable[..., Answer]) -> None:
    """By the twins that were published, with the headers of the page."""
    for path in ("/", "/about/", "/theme/css/archive.css", "/feeds/all.atom.xml", "/nowhere"):
        plain, packed = ask(path), ask(path, Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip", path
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(packed.body) == plain.body
        for name in NAMES:
            assert packed.headers[name] == plain.headers[name]


@pytest.mark.skipif(not BROTLI.is_file(), reason="nginx is without its brotli module")
def test_text_comes_in_brotli_where_nginx_can(ask: Callable[..., Answer]) -> None:
    """Whoever takes both gets the smaller one."""
    packed = ask("/about/", Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.body) == PAGE.encode()


def test_what_has_not_changed_is_not_sent_again(ask: Callable[..., Answer]) -> None:
    """A page is asked after each time, which costs a few bytes."""
    page = ask("/about/")
    again = ask("/about/", If_None_Match=page.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_a_publish_is_live_at_once(releases: Releases, ask: Callable[..., Answer]) -> None:
    """The server is not told; it looks the link up at each request, within one connection."""
    try:
        for stamp in ("20241001T000000Z", "20240930T000000Z"):
            releases.switch(stamp)
            assert ask("/stamp.txt").body == stamp.encode()
    finally:
        releases.switch("20240930T000000Z")


def test_a_site_below_a_path(releases: Releases, tmp_path: Path) -> None:
    """A link to the site has the path's name."""
    with served(releases.current / "data", tmp_path / "nginx", "/archive") as server:
        connection = server.connected()
        for path in ("/", *(f"/{path}" for path in FILES if path.isascii())):
            answer = _asked(connection, f"/archive{path}", {})
            assert answer.status == 200
            kept = headers.of_file(path)["Cache-Control"]
            assert answer.headers.get_all("Cache-Control") == [kept]
        for path in ("/.git/config", "/_headers", "/2024/", "/nowhere"):
            answer = _asked(connection, f"/archive{path}", {})
            assert (answer.status, answer.body) == (404, FILES["404.html"].encode()), path
        connection.close()
