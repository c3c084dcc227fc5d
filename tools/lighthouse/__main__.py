"""Let Lighthouse judge every kind of page, as nginx serves it, on a phone and on a desktop."""

# ruff: noqa: T201  # it talks to whoever runs make

import argparse
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from tools import pages, sites

HERE = Path(__file__).parent
CACHE = sites.PROJECT / ".cache/lighthouse"
ADDRESS = "https://example.org"  # to publish for: Lighthouse accepts another host's canonical links
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
OF_THIRTY = ("front", "story", "tag", "section", "year", "month", "place", "places")
OF_THE_SINK = ("numbered page", "people")
ROW = "{:34} {:8} {:>11} {:>13} {:>14} {:>4} {:>6} {:>8}"


def main() -> None:
    """Build the sites, serve them, have every page audited, and fail where one is not perfect."""
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("kinds", nargs="*", help="the kinds of page to look at; all, if none")
    only = parser.parse_args().kinds
    chosen = [page for page in _pages() if not only or page["kind"] in only]
    with _served() as port:
        results = list(_audited(chosen, port))
    sys.exit(not all(results))


def _pages() -> Iterator[dict[str, str]]:
    """Take every kind of page of the archive's own site, and what only fuller ones have."""
    for site in (sites.OWN, sites.THIRTY, sites.KITCHEN_SINK):
        kinds = pages.of_each_kind(sites.build(site, CACHE, ADDRESS))
        if site is sites.THIRTY:
            kinds = {kind: kinds[kind] for kind in OF_THIRTY}
        if site is sites.KITCHEN_SINK:
            kinds = {kind: kinds[kind] for kind in OF_THE_SINK} | pages.EXTREMES
        for kind, path in kinds.items():
            # Search engines are told to leave the page of errors out, which costs it their marks.
            without = "seo" if kind == "404" else ""
            yield {"site": site.name, "kind": kind, "path": path, "without": without}


@contextmanager
def _served() -> Iterator[int]:
    """Serve all sites by nginx, and tell at which port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config = CACHE / "nginx.conf"
    config.write_text((HERE / "nginx.conf").read_text().replace("@PORT@", str(port)))
    command = ["nginx", "-p", str(CACHE), "-c", str(config), "-e", "stderr"]
    with subprocess.Popen(command) as nginx:  # noqa: S603  # our own command
        try:
            _wait_for(port, nginx)
            yield port
        finally:
            nginx.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    sys.exit("nginx did not start")


def _audited(chosen: list[dict[str, str]], port: int) -> Iterator[bool]:
    """Audit pages one by one, print a line for each, and tell whether it is perfect."""
    asked = [
        {**page, "url": f"http://{page['site']}.localhost:{port}{page['path']}"} for page in chosen
    ]
    command = ["node", str(HERE / "audit.js"), json.dumps(asked)]
    print(ROW.format("page", "device", *CATEGORIES, "shift", "bytes"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as audit:  # noqa: S603  # as above
        for line in audit.stdout or ():
            yield _report(json.loads(line))
    yield audit.returncode == 0


def _report(found: Mapping[str, Any]) -> bool:
    scores = [found["scores"].get(category, "") for category in CATEGORIES]
    page = f"{found['site']}: {found['kind']}"
    shift, size = f"{found['shift']:.3f}", f"{found['bytes']:,}"
    print(ROW.format(page, found["device"], *scores, shift, size))
    print("".join(f"  {failure}\n" for failure in found["failed"]), end="", flush=True)
    return set(scores) <= {100, ""} and found["shift"] == 0


main()
