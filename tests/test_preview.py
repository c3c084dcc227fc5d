"""The preview server: the built site and nothing else, as a web server would show it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsarchive import preview

FILES = {
    "index.html": "The front",
    "404.html": "Nothing is here",
    "tag/quays/index.html": "Quays",
    "feeds/all.atom.xml": "<feed/>",
    "feeds/all.json": "{}",
    "images/quay.svg": "<svg/>",
    "pictures/quay-1234abcd-480.avif": "",
    "theme/fonts/serif.1234abcd.woff2": "",
    "_headers": "/*\n",
    ".newsarchive": "",
    ".git/config": "[core]",
    ".well-known/.hidden": "",
}
PREVIEW = (sys.executable, "-m", "newsarchive.preview")
Get = Callable[[str], HTTPResponse]


@pytest.fixture
def site(tmp_path: Path, lay_out: Callable[..., None]) -> Path:
    """A built site, and beside it something that is no part of it."""
    lay_out(tmp_path / "output", FILES)
    lay_out(tmp_path / "output-private", {"secret.html": "A secret"})
    return tmp_path / "output"


@pytest.fixture
def address(site: Path) -> Iterator[tuple[str, int]]:
    """The site, shown."""
    with preview.shown(site, 0) as url:
        yield preview.HOST, urlsplit(url).port or 0


@pytest.fixture
def get(address: tuple[str, int]) -> Iterator[Get]:
    """Ask for a path as it is written; a body is at most 1 KB here."""
    answers = []

    def asked(path: str) -> HTTPResponse:
        connection = HTTPConnection(*address, timeout=5)
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.endheaders()
        answers.append((connection, connection.getresponse()))
        return answers[-1][1]

    yield asked
    for connection, answer in answers:
        answer.close()
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/tag/quays/", "text/html; charset=utf-8", "no-cache"),
        ("/feeds/all.atom.xml", "application/atom+xml; charset=utf-8", "no-cache"),
        ("/feeds/all.json", "application/feed+json", "no-cache"),
        ("/images/quay.svg?x", "image/svg+xml", "no-cache"),
        ("/pictures/quay-1234abcd-480.avif", "image/avif", "public, max-age=31536000, immutable"),
        ("/theme/fonts/serif.1234abcd.woff2", "font/woff2", "public, max-age=31536000, immutable"),
    ],
)
def test_a_file_has_its_headers(get: Get, path: str, kind: str, kept: str) -> None:
    """They are those of the real server, the policy first of all."""
    answer = get(path)
    assert answer.status == 200
    assert answer.headers.get_all("Content-Type") == [kind]
    assert answer.headers.get_all("Cache-Control") == [kept]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")


@pytest.mark.parametrize(
    ("asked", "status", "answered", "body"),
    [
        ("bytes=4-8", 206, "bytes 4-8/9", b"front"),
        ("bytes=4-400", 206, "bytes 4-8/9", b"front"),
        ("bytes=9-12", 416, None, None),
        ("bytes=8-4", 416, None, None),
        ("bytes=4-", 200, None, b"The front"),
        ("bytes=0-1,3-4", 200, None, b"The front"),
        ("lines=1-2", 200, None, b"The front"),
    ],
)
def test_a_part_of_a_file(
    address: tuple[str, int], asked: str, status: int, answered: str | None, body: bytes | None
) -> None:
    """As a search asks for it; whoever asks otherwise is sent the whole, as the protocol allows."""
    connection = HTTPConnection(*address, timeout=5)
    connection.request("GET", "/index.html", headers={"Range": asked})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Range"]) == (status, answered)
    assert answer.headers["Content-Security-Policy"]
    assert body is None or answer.read() == body
    connection.close()


def test_a_folder_leads_to_its_page(get: Get) -> None:
    """The slash at the end of an address may be forgotten."""
    answer = get("/tag/quays")
    assert (answer.status, answer.headers["Location"]) == (301, "/tag/quays/")


@pytest.mark.parametrize(
    "path",
    [
        *("/nowhere", "/tag/", "/index.html/", "/pictures/none-1234abcd-480.avif"),
        *("/.git/config", "/.git", "/.newsarchive", "/tag/quays/../../.git/config", "/_headers"),
        *("/../output-private/secret.html", "/%2e%2e/output-private/secret.html"),
        *("/..%2foutput-private/secret.html", "//output-private/secret.html", "/%00", "/%ED%A0%80"),
        f"/{'a' * 5000}",
    ],
)
def test_what_is_no_part_of_the_site(get: Get, path: str) -> None:
    """It is answered with the site's own page, which is not kept in its place."""
    answer = get(path)
    assert answer.status == 404
    assert answer.read() == b"Nothing is here"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Content-Security-Policy" in answer.headers


def test_links_and_pipes_are_not_followed(site: Path, get: Get) -> None:
    """Not even to what is on the site: a build makes none."""
    (site / "secret.html").symlink_to(site.with_name("output-private") / "secret.html")
    (site / "private").symlink_to(site.with_name("output-private"))
    (site / "loop").symlink_to("loop")
    (site / "front.html").symlink_to("index.html")
    (site / "empty").mkdir()
    (site / "empty/index.html").symlink_to("../index.html")
    os.mkfifo(site / "pipe")
    for path in (
        *("/secret.html", "/private/secret.html", "/private/", "/loop", "/front.html"),
        *("/empty/", "/pipe"),
    ):
        assert get(path).status == 404, path


def test_the_site_itself_may_be_a_link(site: Path) -> None:
    """As the live release is."""
    site.with_name("current").symlink_to(site)
    with preview.shown(site.with_name("current"), 0) as url:
        connection = HTTPConnection(preview.HOST, urlsplit(url).port, timeout=5)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"The front"
        connection.close()


def test_one_idle_client_keeps_nobody_waiting(address: tuple[str, int], get: Get) -> None:
    """Each is served in a thread of its own."""
    with socket.create_connection(address), socket.create_connection(address) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert get("/").read() == b"The front"


def test_only_this_machine_is_answered(address: tuple[str, int]) -> None:
    """The port is free on every other address of this machine, were there one on its network."""
    with socket.socket() as other:
        other.bind(("127.0.0.2", address[1]))


def test_a_taken_port_is_one_sentence(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No traceback."""
    with socket.create_server((preview.HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert preview.main(["--folder", str(site), "--port", str(port)]) == 1
    said = f"{site}: port {port} cannot be had (Address already in use); name another: PORT=8001\n"
    assert capfd.readouterr() == ("", said)


def test_nothing_to_show(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Who has not built the site is told how."""
    assert preview.main(["--folder", str(tmp_path)]) == 1
    assert capfd.readouterr().err == f"{tmp_path}: there is no site yet; build it: make html\n"


def test_each_change_is_built_until_ctrl_c(tmp_path: Path) -> None:
    """A build that fails ends nothing, and Ctrl-C ends all of it without a word."""
    story, page = tmp_path / "content/story.txt", tmp_path / "output/index.html"
    story.parent.mkdir()
    page.parent.mkdir()
    story.write_text("once")
    build = ("--watch", str(story.parent), "--build", "cp", str(story), str(page))
    folder = ("--folder", str(page.parent), "--port", "0")
    with subprocess.Popen(  # noqa: S603  # our own command
        [*PREVIEW, *folder, *build], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as shown:
        _wait_until(lambda: page.is_file() and page.read_text() == "once")
        story.rename(tmp_path / "aside")  # which cp complains of
        complaint = shown.stderr.readline() if shown.stderr else ""
        story.write_text("twice")
        _wait_until(lambda: page.read_text() == "twice")
        shown.send_signal(signal.SIGINT)
        said, wrong = shown.communicate(timeout=10)
    assert (shown.returncode, wrong) == (0, "")
    assert "story.txt" in complaint
    assert said.endswith(" until you press Ctrl-C\n")


def _wait_until(true: Callable[[], bool]) -> None:
    for _ in range(500):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("nothing happened for ten seconds")
