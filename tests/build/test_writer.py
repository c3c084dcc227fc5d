"""Pages on disk, each whole or not at all."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateNotFound, UndefinedError

from newsarchive.build.plan import Page
from newsarchive.build.writer import replace, write

TEMPLATES = {"page": "<p>{{ word }}</p>", "torn": "<p>{{ word }}</p>{{ nowhere.to_be_found }}"}


@pytest.fixture
def templates() -> Environment:
    """Templates that fail where a name is unknown."""
    return Environment(loader=DictLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder, and what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_pages_and_files(tmp_path: Path, templates: Environment) -> None:
    """A page is its template with its values, a file its text; both are counted."""
    pages = [
        Page("a/b/index.html", "page", lambda: {"word": "1 < 2"}),
        Page("a/feed.xml", content=lambda: "é\r\n"),
    ]
    assert write(pages, tmp_path, templates.get_template) == 2
    assert files(tmp_path)["a/b/index.html"] == "<p>1 &lt; 2</p>"
    assert (tmp_path / "a/feed.xml").read_bytes() == "é\r\n".encode()
    assert len(files(tmp_path)) == 2


def test_page_is_replaced(tmp_path: Path, templates: Environment) -> None:
    """What stood there gives way, and nothing else is left."""
    for word in ("long ago", "now"):
        page = Page("index.html", "page", lambda word=word: {"word": word})
        write([page], tmp_path, templates.get_template)
    assert files(tmp_path) == {"index.html": "<p>now</p>"}


@pytest.mark.parametrize(
    ("template", "error"), [("torn", UndefinedError), ("missing", TemplateNotFound)]
)
def test_template_error_leaves_the_old_file(
    template: str, error: type[Exception], tmp_path: Path, templates: Environment
) -> None:
    """A page that cannot be rendered to its end is not begun."""
    replace(tmp_path / "index.html", "old")
    page = Page("index.html", template, lambda: {"word": "new"})
    with pytest.raises(error):
        write([page], tmp_path, templates.get_template)
    assert files(tmp_path) == {"index.html": "old"}


def test_values_that_fail_leave_the_old_file(tmp_path: Path, templates: Environment) -> None:
    """The same holds where a page's values cannot be worked out."""

    def values() -> dict[str, str]:
        raise KeyError("word")

    replace(tmp_path / "index.html", "old")
    with pytest.raises(KeyError):
        write([Page("index.html", "page", values)], tmp_path, templates.get_template)
    assert files(tmp_path) == {"index.html": "old"}


def test_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be written whole does not take the old one's place."""
    replace(tmp_path / "index.html", "old")

    def full(path: Path, *_: object, **__: object) -> None:
        with path.open("wb") as file:
            file.write(b"ne")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        replace(tmp_path / "index.html", "new")
    assert (tmp_path / "index.html").read_text("utf-8") == "old"


def test_nothing_is_worked_out_before_its_turn(tmp_path: Path, templates: Environment) -> None:
    """A page's values are asked for once, when it is rendered."""
    asked = []

    def values() -> dict[str, str]:
        asked.append((tmp_path / "first.txt").exists())
        return {"word": "x"}

    pages = [Page("first.txt", content=lambda: "first"), Page("index.html", "page", values)]
    write(pages, tmp_path, templates.get_template)
    assert asked == [True]
