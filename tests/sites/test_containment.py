"""A build opens nothing that content names outside of ``content/``, nor writes there: by strace."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

LayOut = Callable[[Path, Mapping[str, str]], None]

CANARY = "canary"
GOOD = "Title: {0}\nDate: 2024-09-30\nCategory: World\n\nThe ferry sailed.\n"
OUTSIDE = (
    *("../{0}", "../../{0}", "../../../{0}", "a/../../../{0}", "/../{0}", "./../{0}", "..//{0}"),
    *("/{1}/{0}", "//{1}/{0}", "../content-evil/{0}", "../../content-evil/{0}", "..%2F{0}"),
    *("..\\{0}", "../output-evil/{0}", "loop/../../../{0}"),
)
KEYS = ("Picture", "Save_as", "Url", "Template", "Slug", "Lang")
PATHS = re.compile(r'"((?:[^"\\]|\\.)*)"')
WRITING = re.compile(r"\b(?:mkdir|rename|symlink|link)\w*\(|O_(?:WRONLY|RDWR|CREAT)")


@pytest.fixture
def folder(tmp_path: Path, lay_out: LayOut) -> Path:
    """A site of hostile stories, pages, topics and links, and what they would have."""
    files = {"good.md": GOOD.format("A")}
    target = str(tmp_path).lstrip("/")
    for number, form in enumerate(OUTSIDE):
        path = form.format("canary.txt", target)
        links = " ".join(f"[x]({{{kind}}}{path})" for kind in ("attach", "static", "filename"))
        files[f"links{number}.md"] = f"{GOOD.format(f'L{number}')}\n{links} ![x]({path})\n"
        for key in KEYS:
            text = GOOD.format(f"K{number}").replace("Category", f"{key}: {path}\nCategory")
            files[f"{key}{number}.md"] = text
    lay_out(tmp_path / "content", {})
    lay_out(tmp_path / "content/articles", files)
    (tmp_path / "content-evil").mkdir()
    for place in (tmp_path, tmp_path / "content-evil", tmp_path.parent):
        (place / "canary.txt").write_text(CANARY)
    for place in ("articles", "images", "topics"):
        (tmp_path / "content" / place).mkdir(exist_ok=True)
        (tmp_path / f"content/{place}/out.md").symlink_to(tmp_path / "canary.txt")
        (tmp_path / f"content/{place}/loop").symlink_to(".")
        (tmp_path / f"content/{place}/evil").symlink_to(tmp_path / "content-evil")
        os.mkfifo(tmp_path / f"content/{place}/pipe.md")
    return tmp_path


def calls(trace: str) -> Iterator[tuple[str, list[str]]]:
    """The system calls about files that came to something, each with its paths."""
    for line in trace.splitlines():
        if " = -1 " not in line and '"' in line:
            yield line, PATHS.findall(line)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_hostile_paths(folder: Path, root: Path) -> None:
    """Each is a fault; no canary is opened, and nothing is written but in the output and cache."""
    payloads = len(list((folder / "content/articles").glob("[!g]*[0-9].md")))
    assert payloads > 40
    trace = folder.parent / "trace.txt"
    traced = ["strace", "-f", "-qq", "-e", "trace=file", "-s", "4096", "-o", str(trace)]
    build = [sys.executable, "-m", "pelican", "content", "-o", "output"]
    done = subprocess.run(  # noqa: S603  # this very Python
        [*traced, *build, "-s", str(root / "pelicanconf.py")],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    told = {line.partition(":")[0] for line in done.stderr.splitlines()}
    files = (path for path in folder.glob("content/*/*") if path.name != "good.md")
    assert told >= {str(path.relative_to(folder)) for path in files}
    own = (f"{folder}/output", f"{folder}/.cache", "/dev/", "/proc/")
    opened = 0
    for call, paths in calls(trace.read_text()):
        if re.search(r"\bopen(?:at2?)?\(", call):
            opened += "content/articles/good.md" in call
            assert not re.search(r"canary\.txt|pipe\.md|evil/|loop/", paths[0]), call
        if WRITING.search(call):
            assert all(os.path.normpath(folder / path).startswith(own) for path in paths), call
    assert opened
