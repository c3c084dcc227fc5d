"""The preview shows the site as a web server would, and nothing else."""

import os
import signal
import socket
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from newsarchive import preview

from .rows import Row
from .site import STOCK, Site
from .test_publishing import wait_until


@pytest.fixture
def address(site: Site) -> Iterator[tuple[str, int]]:
    """Show a site beside which there is more."""
    site.add("output/index.html", "The front")
    site.add("output/404.html", "Nothing is here")
    site.add("output/images/quay.svg", "<svg/>")
    site.add("output/.git/config", "A secret")
    site.add("secret.html", "A secret")
    (site.live / "secret.html").symlink_to("../secret.html")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address: tuple[str, int] = free.getsockname()
    place, port = str(site.live), str(address[1])
    if STOCK:
        process = site.building("--listen", "--port", port)
    else:
        process = site.start(preview, "--folder", place, "--port", port)
    wait_until(lambda: answers(address))
    yield address
    os.kill(process, signal.SIGINT)
    site.ended(process)


def answers(address: tuple[str, int]) -> bool:
    """Tell whether somebody listens."""
    with socket.socket() as client:
        return client.connect_ex(address) == 0


def get(address: tuple[str, int], path: str) -> tuple[int, str, bytes]:
    """Ask for a path; gives the status, the policy and the body."""
    connection = HTTPConnection(*address, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.headers.get("Content-Security-Policy", ""), answer.read()
    connection.close()
    return found


def test_page(address: tuple[str, int]) -> None:
    """A page is shown."""
    status, _, body = get(address, "/")
    assert (status, body) == (200, b"The front")


@pytest.mark.fault(Row.PREVIEW)
@pytest.mark.parametrize("path", ["/images/", "/.git/config", "/secret.html"])
def test_what_is_no_page(address: tuple[str, int], path: str) -> None:
    """No folder is listed, no file with a dot is served, no link followed."""
    status, _, body = get(address, path)
    assert status == 404
    assert body == b"Nothing is here"


@pytest.mark.fault(Row.PREVIEW)
def test_no_page(address: tuple[str, int]) -> None:
    """The site says so itself."""
    try:
        status, _, body = get(address, "/nowhere")
    except OSError as error:  # no answer at all
        pytest.fail(str(error))
    assert (status, body) == (404, b"Nothing is here")


@pytest.mark.fault(Row.PREVIEW)
def test_headers(address: tuple[str, int]) -> None:
    """They are those of production."""
    _, policy, _ = get(address, "/")
    assert policy.startswith("default-src 'none'; ")


@pytest.mark.fault(Row.PREVIEW)
def test_idle_client(address: tuple[str, int]) -> None:
    """Who says nothing keeps nobody waiting."""
    with socket.create_connection(address):
        try:
            status, _, _ = get(address, "/")
        except TimeoutError as error:
            pytest.fail(str(error))
    assert status == 200
