"""The archive itself, published as ``make publish`` does it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import bagit
import brotli
import pytest

from newsarchive import registry
from newsarchive.build import bag
from newsarchive.build.pool import Pool
from tests.publishing.conftest import TORTURE

ROOT = Path(__file__).parents[2]
KILLS = 60 if TORTURE else 1
STORY = """\
    Title: A ferry sails
    Date: 2024-09-30
    Id: urn:uuid:8fd6dde1-5de5-4f2b-8b0a-3a6c6f3f7d11

    The ferry sailed.
    """
CANARY = "Xyzzyva"
SECRET = STORY.replace("A ferry", CANARY).replace("8fd6", "8fd7").replace("ferry", CANARY)

LayOut = Callable[[Path, Mapping[str, str]], None]


class Archive:
    """A small archive, and the command that publishes it."""

    def __init__(self, folder: Path) -> None:
        self.content, self.public = folder / "content", folder / "public"

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Begin to do something with releases."""
        command = [sys.executable, "-m", "newsarchive.publish", "--folder", str(self.public)]
        return subprocess.Popen(  # noqa: S603  # this very Python
            [*command, *arguments],
            cwd=ROOT,
            env={**os.environ, "SITEURL": "https://example.org"},
            stdout=-1,
            stderr=-1,
            text=True,
        )

    def release(self) -> "subprocess.Popen[str]":
        """Begin to publish."""
        pelican = [sys.executable, "-m", "pelican", str(self.content), "-s", "publishconf.py"]
        return self.start("release", "--", *pelican, "-o", str(self.public / "building"))

    @property
    def live(self) -> Path:
        """The release that is live."""
        return (self.public / "current").resolve()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive without a story."""
    return Archive(tmp_path)


def ended(run: "subprocess.Popen[str]", code: int) -> str:
    """Wait for a command that is to end so; tells what it complained of."""
    _, errors = run.communicate(timeout=60)
    assert run.returncode == code, errors
    assert "Traceback" not in errors
    return errors


def test_releases_of_an_archive(archive: Archive, lay_out: LayOut) -> None:
    """What is withdrawn is in no byte of the live site and stays out; what moved leads on."""
    lay_out(archive.content, {"articles/a.md": STORY, "articles/b.md": SECRET})
    ended(archive.release(), 0)
    first = archive.live
    assert CANARY in everything(first)
    withdrawn = SECRET.replace("Date:", "Status: withdrawn\n    Withdrawn: 2024-10-02\n    Date:")
    moved = STORY.replace("Date:", "Slug: ferry\n    Date:")
    lay_out(archive.content, {"articles/a.md": moved, "articles/b.md": withdrawn})
    ended(archive.release(), 0)
    second = archive.live
    assert CANARY not in everything(second)
    assert (second / f"data/2024/09/30/{CANARY.lower()}-sails/index.html").is_file()
    register = registry.read(second / "register.json")
    was, now = (f"2024/09/30/{slug}/index.html" for slug in ("a-ferry-sails", "ferry"))
    assert register.redirects[was] == now
    style = "data/theme/css/archive.css.br"
    assert (first / style).samefile(second / style)
    assert "its story is withdrawn" in ended(archive.start("rollback"), 1)
    lay_out(archive.content, {"articles/a.md": STORY.replace("2024-09-30", "Friday")})
    ended(archive.release(), 1)
    (archive.content / "articles/a.md").unlink()
    assert f"{now}: a story; withdraw it" in ended(archive.release(), 1)
    assert archive.live == second
    for release in (first, second):
        assert bagit.Bag(str(release)).is_valid()


def everything(release: Path) -> str:
    """All that readers can get, names of files left out."""
    texts = []
    for path in filter(Path.is_file, (release / "data").rglob("*")):
        data = path.read_bytes()
        texts.append((brotli.decompress(data) if path.suffix == ".br" else data).decode("latin-1"))
    return "\n".join(texts)


def test_killed_while_it_builds(archive: Archive, lay_out: LayOut) -> None:
    """Whenever Pelican is stopped in its work, the old site stands, and the next publish is new."""
    random = Random(7)  # noqa: S311  # moments to try
    lay_out(archive.content, {"articles/a.md": STORY})
    began = time.monotonic()
    ended(archive.release(), 0)
    took, text = time.monotonic() - began, ["The ferry sailed."]
    for number in range(KILLS):
        text.append(f"It sailed {number} times.")
        lay_out(archive.content, {"articles/a.md": STORY.replace(text[0], text[-1])})
        run = archive.release()
        time.sleep(random.uniform(0, took))
        sent = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)[number % 3]
        run.send_signal(sent)
        run.communicate(timeout=60)
        live = (archive.live / "data/2024/09/30/a-ferry-sails/index.html").read_text("utf-8")
        assert bag.faults(archive.live, Pool(1)) == []
        assert sum(line in live for line in text) == 1
        assert text[-1] in live or run.returncode in {-sent, 128 + sent}
    ended(archive.release(), 0)
    assert text[-1] in (archive.live / "data/2024/09/30/a-ferry-sails/index.html").read_text(
        "utf-8"
    )
