"""Pages on disk, each whole or not at all."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from newsarchive.build.plan import Page
from newsarchive.build.writer import Look, copy, move, remove, replace, write
from newsarchive.errors import PageFailed

TEMPLATES = {"page": "<p>{{ word }}</p>", "torn": "<p>{{ word }}</p>{{ nowhere.to_be_found }}"}


Write = Callable[..., list[Look]]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Write pages below a folder, by templates that fail where a name is unknown."""
    loader = DictLoader(TEMPLATES)
    templates = Environment(loader=loader, undefined=StrictUndefined, autoescape=True)
    by_name = SimpleNamespace(
        render=lambda name, values: templates.get_template(name).render(values)
    )
    return lambda *pages: write(by_name, [(page, f"{tmp_path}/{page.path}") for page in pages])  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder, and what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_pages_and_files(tmp_path: Path, written: Write) -> None:
    """A page is its template with its values, a file its text; each is told as it looks."""
    pages = [
        Page("a/b/index.html", partial(dict, word="1 < 2"), "page"),
        Page("a/feed.xml", partial(str, "é\r\n")),
    ]
    looks = written(*pages)
    assert [(look.path, look.size) for look in looks] == [("a/b/index.html", 15), ("a/feed.xml", 4)]
    assert files(tmp_path)["a/b/index.html"] == "<p>1 &lt; 2</p>"
    assert (tmp_path / "a/feed.xml").read_bytes() == "é\r\n".encode()
    assert len(files(tmp_path)) == 2


def test_page_is_replaced(tmp_path: Path, written: Write) -> None:
    """What stood there gives way, and nothing else is left."""
    for word in ("long ago", "now"):
        written(Page("index.html", partial(dict, word=word), "page"))
    assert files(tmp_path) == {"index.html": "<p>now</p>"}


@pytest.mark.parametrize(
    ("template", "error"), [("torn", "UndefinedError"), ("missing", "TemplateNotFound")]
)
def test_template_error_leaves_the_old_file(
    template: str, error: str, tmp_path: Path, written: Write
) -> None:
    """A page that cannot be rendered to its end is not begun, and says whose it is."""
    replace(tmp_path / "index.html", "old")
    page = Page("index.html", partial(dict, word="new"), template, "articles/a.md")
    with pytest.raises(PageFailed, match=rf"^articles/a\.md: index\.html: {error}: "):
        written(page)
    assert files(tmp_path) == {"index.html": "old"}


def test_values_that_fail_leave_the_old_file(tmp_path: Path, written: Write) -> None:
    """The same holds where a page's values cannot be worked out."""
    replace(tmp_path / "index.html", "old")
    with pytest.raises(PageFailed, match="KeyError: 'word'"):
        written(Page("index.html", partial({}.__getitem__, "word"), "page"))
    assert files(tmp_path) == {"index.html": "old"}


def test_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be written whole does not take the old one's place."""
    (tmp_path / "output").mkdir()
    replace(tmp_path / "output/index.html", "old")
    (tmp_path / "new.html").write_text("new", encoding="utf-8")

    def full(_original: object, file: object) -> None:
        file.write(b"ne")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space left"):
        replace(tmp_path / "output/index.html", tmp_path / "new.html")
    assert files(tmp_path / "output") == {"index.html": "old"}


def test_copy_is_the_file(tmp_path: Path, written: Write) -> None:
    """A copied file keeps its bytes."""
    (tmp_path / "original.bin").write_bytes(b"\x00\xff")
    written(copy(tmp_path / "original.bin", "files/copy.bin", "original.bin"))
    assert (tmp_path / "files/copy.bin").read_bytes() == b"\x00\xff"


def test_removed_files_take_their_folders_along(tmp_path: Path) -> None:
    """Folders that are left empty go, others stay, and nothing outside is touched."""
    for name in ("output/a/b/c.html", "output/a/d.html", "beside.html"):
        replace(tmp_path / name, "x")
    remove(tmp_path / "output", ["a/b/c.html", "../beside.html", "never/was.html"])
    assert files(tmp_path) == {"output/a/d.html": "x", "beside.html": "x"}
    assert not (tmp_path / "output/a/b").exists()


def test_removing_what_is_not_there_or_no_longer_a_file(tmp_path: Path) -> None:
    """Folders that others emptied go too; what became a folder stays, as do all files outside."""
    output = tmp_path / "site"
    for name in ("became/folder/theirs.txt", "empty/below/x.html"):
        replace(output / name, "x")
    (output / "empty/below/x.html").unlink()
    (output / "file").write_text("theirs", encoding="utf-8")
    outside = tmp_path / "outside.txt"
    outside.touch()
    paths = ["became/folder", "empty/below/x.html", "gone/long/ago.html", "file/index.html"]
    remove(tmp_path / "site/../site", [*paths, "../outside.txt", str(outside), "", ".", "a/../.."])
    assert outside.exists()
    assert sorted(path.relative_to(output).as_posix() for path in output.rglob("*")) == [
        *("became", "became/folder", "became/folder/theirs.txt", "file"),
    ]


def test_finished_file_is_put_in_its_place(tmp_path: Path) -> None:
    """The folders that it needs are made, and what stood there gives way."""
    for text in ("old", "new"):
        replace(tmp_path / "stage/1", text)
        move(f"{tmp_path}/stage/1", f"{tmp_path}/a/b/index.html")
    assert files(tmp_path) == {"a/b/index.html": "new"}
