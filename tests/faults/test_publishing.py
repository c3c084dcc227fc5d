"""Whatever befalls a publish, readers see the old site or the new one, whole.

``tests/publishing`` tries it at every point there is.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsarchive import publish

from .rows import Row
from .site import ROOT, STOCK, Run, Site, story

STORIES = 40
CANARY = b"canary"


class Publisher(Site):
    """A site of many stories that is published; stock Pelican's ``make publish`` has no more."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.work = self.live  # where files change first
        if not STOCK:
            self.live, self.work = folder / "public/current/data", folder / "public/building"
        (folder / "content/articles/good.md").unlink()
        self.write("sailed")

    def write(self, word: str) -> None:
        """Write all stories."""
        for number in range(STORIES):
            text = story(title=f"Story {number}", text=f"The ferry {word}.")
            self.add(f"content/articles/{number}.md", text)

    def publishing(self) -> int:
        """Begin to publish."""
        if STOCK:
            return self.building("-d")
        build = ("content", "-o", str(self.work), "-s", str(ROOT / "publishconf.py"))
        command = ("release", "--", sys.executable, "-m", "pelican", *build)
        return self.start(publish, "--folder", "public", *command)

    def publish(self) -> Run:
        """Publish."""
        return self.ended(self.publishing())


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site that was published once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITEURL", "https://example.org")
        publisher = Publisher(tmp_path_factory.mktemp("published"))
        run = publisher.publish()
        assert run.code == 0, run.said
        yield publisher.folder


@pytest.fixture
def publisher(published: Path, tmp_path: Path) -> Publisher:
    """Such a site, to be published again."""
    shutil.copytree(published, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Publisher(tmp_path)


def looks(folder: Path) -> set[tuple[str, int]]:
    """The pages of a site and those that wait to be, with the times when they were written."""
    with os.scandir(folder) as entries:
        pages = {(entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.is_file()}
    return pages | {(path.name, 0) for path in folder.glob(".newsarchive.new/*")}


def wait_until(true: Callable[[], object]) -> None:
    """Wait, though not for ever."""
    for _ in range(6_000):
        if true():
            return
        time.sleep(0.005)
    raise RuntimeError("nothing happened for half a minute")


@pytest.mark.fault(Row.KILLED)
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_killed(publisher: Publisher, sent: signal.Signals) -> None:
    """Readers have one of both sites, all of it."""
    before, written = publisher.seen(), looks(publisher.work)
    publisher.write("landed")
    process = publisher.publishing()
    wait_until(lambda: looks(publisher.work) - written)
    os.kill(process, sent)
    publisher.ended(process)
    now = publisher.seen()
    pages = [data for data in now.values() if data]
    words = {word for word in (b"sailed", b"landed") if any(word in page for page in pages)}
    assert now.keys() == before.keys()
    assert len(words) == 1


@pytest.mark.fault(Row.KILLED)
def test_ctrl_c(publisher: Publisher) -> None:
    """Who stops a publish is not told that it succeeded."""
    written = looks(publisher.work)
    publisher.write("landed")
    process = publisher.publishing()
    wait_until(lambda: looks(publisher.work) - written)
    os.kill(process, signal.SIGINT)
    assert publisher.ended(process).code == 128 + signal.SIGINT


@pytest.mark.fault(Row.EMPTIED)
@pytest.mark.parametrize("left", [0, 1])
def test_content_gone(publisher: Publisher, left: int) -> None:
    """A publish that would lose stories is refused."""
    before = publisher.seen()
    for path in [*publisher.folder.glob("content/articles/*.md")][left:]:
        path.unlink()
    run = publisher.publish()
    assert run.code == 1, run.said
    assert publisher.seen() == before


@pytest.mark.fault(Row.TWO_BUILDS)
def test_two_builds(site: Site) -> None:
    """The second waits for the first, which does not bring back what the second has not."""
    for number in range(STORIES):
        site.add(f"content/articles/{number}.md", story(title=f"Story {number}"))
    site.add("content/articles/a.md", story(title="Canary"))
    site.add("output/index.html", "The old site.")
    written, options = looks(site.live), ["-d"] if STOCK else []
    first = site.building(*options)
    wait_until(lambda: looks(site.live) - written)
    os.kill(first, signal.SIGSTOP)
    (site.folder / "content/articles/a.md").unlink()
    second = site.building(*options)
    wait_until(lambda: site.said(second))
    os.kill(first, signal.SIGCONT)
    assert {site.ended(process).code for process in (first, second)} == {0}
    assert not [path for path, data in site.seen().items() if data and CANARY in data.lower()]
