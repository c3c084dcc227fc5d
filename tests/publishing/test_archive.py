"""The archive itself, published as ``make publish`` does it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import bagit

from newsarchive import registry

ROOT = Path(__file__).parents[2]
STORY = """\
    Title: A ferry sails
    Date: 2024-09-30
    Id: urn:uuid:8fd6dde1-5de5-4f2b-8b0a-3a6c6f3f7d11

    The ferry sailed.
    """

LayOut = Callable[[Path, Mapping[str, str]], None]


def test_releases_of_an_archive(tmp_path: Path, lay_out: LayOut) -> None:
    """What has not changed is shared, where a story was is known, a fault leaves all as it was."""
    public, content = tmp_path / "public", tmp_path / "content"
    other = STORY.replace("ferry", "barge").replace("8fd6", "8fd7")
    lay_out(content, {"articles/a.md": STORY, "articles/b.md": other})
    command = [sys.executable, "-m", "newsarchive.publish", "--folder", str(public), "release"]
    pelican = [sys.executable, "-m", "pelican", str(content), "-o", str(public / "building")]

    def publish(code: int) -> Path:
        run = subprocess.run(  # noqa: S603  # this very Python
            [*command, "--", *pelican, "-s", "publishconf.py"],
            cwd=ROOT,
            env={**os.environ, "SITEURL": "https://example.org"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == code, run.stderr
        assert "Traceback" not in run.stderr
        return (public / "current").resolve()

    first = publish(0)
    lay_out(content, {"articles/a.md": STORY.replace("Date:", "Slug: ferry\n    Date:")})
    second = publish(0)
    was = "2024/09/30/a-ferry-sails/index.html"
    register = registry.read(second / "register.json")
    assert register.former[was] == register.pages["2024/09/30/ferry/index.html"]
    assert (second / "data/theme/css/archive.css.br").samefile(
        first / "data/theme/css/archive.css.br"
    )
    lay_out(content, {"articles/a.md": STORY.replace("2024-09-30", "Friday")})
    assert publish(1) == second
    (content / "articles/a.md").unlink()
    assert publish(1) == second
    for release in (first, second):
        assert bagit.Bag(str(release)).is_valid()
