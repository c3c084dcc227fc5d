"""Show a built site on this machine, as a web server would: ``python -m newsarchive.preview``.

Given the command that builds the site, it runs it again whenever something has changed.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

from watchfiles import watch

from newsarchive.errors import NotShown
from newsarchive.exports import headers

HOST = "127.0.0.1"  # nobody else's machine
MISSING = "404.html"
PATIENCE = 60  # seconds that a client may keep silent
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})")
LOOK = 200  # milliseconds after which the first build starts, with changes already noted


class Handler(SimpleHTTPRequestHandler):
    """Answers with the regular files of one folder and their headers, else with the site's 404."""

    timeout = PATIENCE
    place = f"/{MISSING}"  # whose headers are sent
    extensions_map = {  # noqa: RUF012  # as the library has it
        ".avif": "image/avif",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "application/javascript; charset=utf-8",
        ".json": "application/json",
        ".md": "text/markdown; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".xml": "text/xml; charset=utf-8",
    }

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer for what is on the site only."""
        file = self.translate_path(self.path)
        if file.endswith("/"):
            file += "index.html"
        place = os.path.relpath(file, self.directory)
        if not self._is_on_the_site(place):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.place = f"/{place}"
        wanted = RANGE.fullmatch(self.headers.get("Range", ""))
        if wanted and Path(file).is_file():
            return self._send_part(Path(file), int(wanted[1]), int(wanted[2]))
        return super().send_head()

    def _send_part(self, file: Path, first: int, last: int) -> BytesIO | None:
        """Answer with the bytes of a file from the first to the last, as a search asks for them."""
        data = file.read_bytes()
        part = data[first : last + 1]
        if not part:
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            return None
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(data)}")
        self.end_headers()
        return BytesIO(part)

    def _is_on_the_site(self, place: str) -> bool:
        """Tell whether there is a file or folder, and no link on the way to it."""
        own = os.path.join(os.path.realpath(self.directory), place)  # noqa: PTH118  # a text
        hidden = place == "_headers" or f"/{place}".count("/.")
        try:
            real = os.path.realpath(own)
        except ValueError:  # no name that a disk knows
            return False
        return not hidden and real == own and (os.path.isfile(own) or os.path.isdir(own))  # noqa: PTH112, PTH113  # which raise nothing

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Tell what a file is; a feed is known by more than its last suffix."""
        return headers.of_file(self.place).get("Content-Type") or super().guess_type(path)

    def end_headers(self) -> None:
        """Say what a web server says beside the file."""
        for name, value in headers.of_file(self.place).items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where nothing was found."""
        page = Path(self.directory, MISSING)
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(page))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Name only what went wrong."""
        if int(code) >= HTTPStatus.BAD_REQUEST:
            super().log_request(code, size)

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing more: the request was named."""


class Server(ThreadingHTTPServer):
    """Serves each client in a thread of its own, which ends with the server."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that went away."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def shown(folder: Path, port: int) -> Iterator[str]:
    """Serve a folder in the background; tells the site's address. Port 0 is any free one."""
    try:
        server = Server((HOST, port), partial(Handler, directory=str(folder)))
    except OSError as error:
        why = f"port {port} cannot be had ({error.strerror})"
        raise NotShown(f"{folder}: {why}; name another: PORT=8001") from None
    with server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield f"http://localhost:{server.server_port}/"
        finally:
            server.shutdown()


def keep_built(command: Sequence[str], sources: Sequence[str]) -> None:
    """Build the site, and again after each change, until Ctrl-C."""
    begun = False
    for changes in watch(*sources, rust_timeout=LOOK, yield_on_timeout=True):
        if changes or not begun:
            begun = True
            subprocess.run(command, check=False)  # noqa: S603  # make's own; it says what is wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit code."""
    try:
        _show(_parser().parse_args(arguments))
    except KeyboardInterrupt:
        return 0
    except NotShown as refusal:
        sys.stderr.write(f"{refusal}\n")
    return 1


def _show(options: argparse.Namespace) -> None:
    if not options.build and not Path(options.folder, "index.html").is_file():
        raise NotShown(f"{options.folder}: there is no site yet; build it: make html")
    with shown(options.folder, options.port) as address:
        sys.stdout.write(f"The site is at {address} until you press Ctrl-C\n")
        sys.stdout.flush()
        if options.build:
            keep_built(options.build, options.watch)
        Event().wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m newsarchive.preview", description="Show a built site on this machine."
    )
    parser.add_argument("--folder", type=Path, default=Path("output"), help="where the site is")
    parser.add_argument("--port", type=int, default=8000, help="where it is shown, on loopback")
    parser.add_argument("--watch", nargs="+", default=[], help="what the site is built from")
    parser.add_argument("--build", nargs=argparse.REMAINDER, help="the command that builds it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
