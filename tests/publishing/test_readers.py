"""Readers see whole pages of whole sites while one release after the other goes live."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Event, Thread

import brotli

from tests.publishing.conftest import TORTURE
from tests.publishing.printer import CHANGED, STANDING, Printer

RELEASES, READS = (20, 10_000) if TORTURE else (5, 500)
READERS, LINES = 2, 2_000
UNPACKED = {
    "": bytes,
    ".gz": partial(zlib.decompress, wbits=31),
    ".br": brotli.decompress,
}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and tells nobody."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Reader(Thread):
    """Reads page after page; keeps what is wrong with any."""

    def __init__(self, port: int, seed: int, done: Event) -> None:
        super().__init__()
        self.port, self.done, self.reads, self.release = port, done, 0, 0
        self.faults: list[str] = []
        self.random = Random(seed)  # noqa: S311  # pages to read

    def run(self) -> None:
        """Read until it is enough."""
        paths = [*CHANGED, *(path for path in STANDING if path != "theme/p.png")]
        while not (self.done.is_set() or self.faults):
            path, suffix = self.random.choice(paths), self.random.choice([*UNPACKED])
            self.reads += 1
            try:
                self.check(path, self.get(f"/{path}{suffix}"), suffix)
            except Exception as error:  # noqa: BLE001  # to be told by the test
                self.faults.append(f"{path}{suffix}: {error!r}")

    def get(self, path: str) -> bytes:
        """Get a page as a browser does."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 200, answer.status
            return answer.read()
        finally:
            connection.close()

    def check(self, path: str, body: bytes, suffix: str) -> None:
        """Find that a page is whole, and of no release before one that was seen already."""
        lines = UNPACKED[suffix](body).decode().splitlines()
        assert len(lines) == LINES
        assert len(set(lines)) == 1
        if path in CHANGED:
            release = int(lines[0].removeprefix(f"{path} of "))
            assert release >= self.release
            self.release = release


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a folder by its name, whatever it is at each request; tells the port."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_reading_while_releases_go_live(printer: Printer) -> None:
    """No page is missing, cut short or mixed, and whoever saw the new site sees no old page."""
    assert printer.release(printer.draft(0, LINES)) == 0
    done = Event()
    with served(printer.live / "data") as port:
        readers = [Reader(port, seed, done) for seed in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            for number in range(1, RELEASES + 1):
                assert printer.release(printer.draft(number, LINES), "--keep", "2") == 0
                while not seen(readers, number) or read(readers) * RELEASES < READS * number:
                    assert [fault for reader in readers for fault in reader.faults] == []
                    assert read(readers) < READS * 10, "nobody sees the new release"
                    done.wait(0.01)
        finally:
            done.set()
            for reader in readers:
                reader.join()
    assert [fault for reader in readers for fault in reader.faults] == []
    assert read(readers) >= READS


def read(readers: list[Reader]) -> int:
    """How many pages were read."""
    return sum(reader.reads for reader in readers)


def seen(readers: list[Reader], number: int) -> bool:
    """Tell whether somebody has seen a release."""
    return max(reader.release for reader in readers) == number
