"""The sites that are looked at, each built again only when something that it is made of changed."""

# ruff: noqa: T201  # it talks to whoever runs make

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.browser import kitchen_sink
from tools import thirty

PROJECT = Path(__file__).parents[1]
CODE = ("theme", "newsarchive", "pelicanconf.py", "publishconf.py")
SINK_SOURCES = ("tests/browser/kitchen_sink.py",)
THIRTY_SOURCES = ("tools/thirty.py", "tools/thirty.txt")
REUTERS_SECTIONS = ("general", "earn", "acq", "money-fx", "crude", "grain", "trade", "interest")


@dataclass(frozen=True, slots=True)
class Site:
    """A site to build: ``write`` lays out its content, which is made of the files ``sources``."""

    name: str
    title: str
    write: Callable[[Path], object]
    sources: tuple[str, ...]
    sections: tuple[str, ...] = ()


OWN = Site(
    "one", "1 story", lambda content: shutil.copytree(PROJECT / "content", content), ("content",)
)
THIRTY = Site("thirty", "30 stories", thirty.write, THIRTY_SOURCES, thirty.SECTIONS)
KITCHEN_SINK = Site(
    "sink", "The kitchen sink", kitchen_sink.write, SINK_SOURCES, kitchen_sink.SECTIONS
)


def reuters(archive: Path) -> Site:
    """Describe the site of the Reuters-21578 stories, which come as one archive."""

    def unpack(content: Path) -> None:
        with tarfile.open(archive) as packed:
            packed.extractall(content / "articles", filter="data")

    return Site("reuters", "21,578 stories", unpack, (str(archive),), REUTERS_SECTIONS)


def build(site: Site, cache: Path, address: str = "") -> Path:
    """Build a site into ``cache``, published for ``address`` if there is one; tell where it is."""
    folder = cache / site.name
    output, stamp = folder / "output", folder / "made-of"
    made_of = f"{_digest((*CODE, *site.sources))} {address}"
    if stamp.is_file() and stamp.read_text() == made_of:
        return output
    print(f"Building the site: {site.title}", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    site.write(folder / "content")
    _pelican(site, folder, address)
    shutil.rmtree(folder / "content")
    stamp.write_text(made_of)
    return output


def _pelican(site: Site, folder: Path, address: str) -> None:
    config = "publishconf.py" if address else "pelicanconf.py"
    command = [sys.executable, "-m", "pelican", str(folder / "content"), "-s", config]
    command += ["-o", str(folder / "output"), "--quiet"]
    if site.sections:
        command += ["-e", f"NEWSARCHIVE_SECTIONS={json.dumps(site.sections)}"]
    subprocess.run(  # noqa: S603  # our own command
        command, cwd=PROJECT, env=os.environ | {"SITEURL": address}, check=True
    )


def _digest(names: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in _files(names):
        digest.update(str(path).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        path = PROJECT / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)
