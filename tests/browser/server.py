"""A built site on loopback, below the path it was built for."""

import gzip
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Site:
    """A served site; ``root`` is the path it stands under, ``""`` or ``"/archive"``."""

    folder: Path
    root: str
    origin: str

    def url(self, path: str) -> str:
        """The address of a page by its path within the site: ``/tag/north-korea/``."""
        return f"{self.origin}{self.root}{path}"


@contextmanager
def served(folder: Path, root: str = "", host: type["Handler"] | None = None) -> Iterator[Site]:
    """Serve a folder so that ``root/`` is the site and nothing else is there."""
    handler = partial(host or Handler, root, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Site(folder, root, f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()


class Handler(SimpleHTTPRequestHandler):
    """Serves files as a web host would: no listings of folders, 404.html for what is missing."""

    def __init__(self, root: str, *args: object, **options: object) -> None:
        self.root = root
        super().__init__(*args, **options)

    def send_head(self) -> IO[bytes] | None:
        """Answer for what lies within the site only."""
        if not self.path.startswith(f"{self.root}/"):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        """Find the file of an address."""
        return super().translate_path(path.removeprefix(self.root))

    def list_directory(self, path: str) -> None:  # noqa: ARG002  # as the library calls it
        """Refuse: a folder without an index.html is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the site's own page of errors."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests ask the browser what went wrong."""


TEXT = re.compile(r"\.(css|html|json|svg|txt|xml)$")
HASHED = re.compile(r"\.[0-9a-f]{8,}\.\w+$")


def pack(folder: Path, packed: Path) -> Path:
    """Copy a site for a ``Host``, its text in gzip."""
    shutil.copytree(folder, packed)
    for path in packed.rglob("*"):
        if TEXT.search(path.name):
            path.write_bytes(gzip.compress(path.read_bytes(), 6))
    return packed


class Host(Handler):
    """Serves a packed site as a good host would: what a hash names is to be kept for good."""

    def end_headers(self) -> None:
        """Say how the body comes, and how long it keeps."""
        name = f"{self.path}index.html" if self.path.endswith("/") else self.path
        if TEXT.search(name):
            self.send_header("Content-Encoding", "gzip")
        kept = "public, max-age=31536000, immutable" if HASHED.search(name) else "no-cache"
        self.send_header("Cache-Control", kept)
        super().end_headers()


class SlowHost(Host):
    """Lets fonts wait until the page has long been read without them."""

    def send_head(self) -> IO[bytes] | None:
        """Answer, sooner or later."""
        if self.path.endswith(".woff2"):
            time.sleep(1)
        return super().send_head()
