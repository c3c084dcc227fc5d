"""A small site to be published again and again, and who publishes it, with faults and without."""

import os
import signal
import sys
from hashlib import sha256
from pathlib import Path

import bagit

from newsarchive import publish, registry
from newsarchive.build import bag
from newsarchive.build.pool import Pool
from newsarchive.registry import Register

CHANGED = (
    "index.html",
    "2024/index.html",
    "2024/09/30/x/index.html",
    "feeds/all.xml",
    "a/b/c.json",
)
STANDING = (
    "about/index.html",
    "theme/css/a.css",
    "theme/p.png",
    "2024/09/29/y/index.html",
    "t.txt",
)
PAGES = ("index.html", "2024/index.html", "2024/09/30/x/index.html", "2024/09/29/y/index.html")
STORY = {"2024/09/30/x/index.html": "urn:x", "2024/09/29/y/index.html": "urn:y"}
COPY = """\
import os, shutil, sys
draft, building = sys.argv[1:]
try:
    shutil.rmtree(building, True)
    shutil.copytree(draft, building)
    shutil.copy(draft + ".json", os.environ["NEWSARCHIVE_REGISTER"])
except OSError as error:
    sys.exit(str(error))
"""


class Printer:
    """A folder with sites by their numbers, and releases of them."""

    def __init__(self, folder: Path, public: Path | None = None) -> None:
        self.folder, self.public = folder, public or folder / "public"

    def draft(self, number: int, lines: int = 40) -> Path:
        """Write a site, of which half the files bear its number in each line; tells where."""
        site = self.folder / f"draft-{number}"
        for path in (*CHANGED, *STANDING):
            text = f"{path} of {number}\n" if path in CHANGED else f"{path} stands\n"
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text * lines, encoding="utf-8")
            os.utime(site / path, (number if path in CHANGED else 0,) * 2)
        self.enter(site, Register(pages={path: STORY.get(path, "") for path in PAGES}))
        return site

    def enter(self, draft: Path, register: Register) -> None:
        """Write down what a site has."""
        registry.write(draft.with_name(f"{draft.name}.json"), register)

    def release(self, draft: Path, *options: str) -> int:
        """Publish a site that is at hand; tells the exit code."""
        return self.run("release", *options, "--", *self.build(draft))

    def build(self, draft: Path) -> list[str]:
        """What is to build a site: it copies it."""
        building = str(self.public / "building")
        return [sys.executable, "-S", "-E", "-c", COPY, str(draft), building]

    def run(self, *arguments: str) -> int:
        """Call the command in this process; tells the exit code."""
        known = {number: signal.getsignal(number) for number in publish.SIGNALS}
        try:
            return publish.main(["--folder", str(self.public), *arguments])
        except SystemExit as stop:
            return int(stop.code or 0)
        finally:
            for number, handler in known.items():
                signal.signal(number, handler)

    @property
    def live(self) -> Path:
        """The live release."""
        return self.public / "current"

    @property
    def spare(self) -> Path:
        """The old release that the next one is made of."""
        return self.public / "releases/.spare"

    def seen(self) -> str:
        """What readers see, as a digest: whole files of a whole release, or this fails."""
        assert bag.faults(self.live, Pool(1)) == []
        return digest(self.live / "data")

    def stamps(self) -> list[str]:
        """All that stands among the releases, whole or not, but for the one that is used again."""
        names = {path.name for path in (self.public / "releases").iterdir()}
        return sorted(names - {".spare"})


def digest(site: Path) -> str:
    """Tell a site from every other; twins, which follow from the rest, do not count."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    parts = [
        f"{path.relative_to(site)} {sha256(path.read_bytes()).hexdigest()}"
        for path in files
        if path.suffix not in {".gz", ".br"}
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def valid(release: Path) -> bool:
    """Ask the Library of Congress."""
    return bool(bagit.Bag(str(release)).is_valid())
