"""``make topics`` lists tags without a topic file, and begins such files."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from newsarchive import indexing

from .newsroom import story

LayOut = Callable[[Path, Mapping[str, str]], None]
Run = Callable[..., list[str]]

FILES = {
    "articles/a.md": story("A", "2024-09-30", tags="Ferries, Tides, Ada Roe"),
    "articles/b.md": story("B", "2024-09-30", tags="Boats, Tides, Quays"),
    "articles/c.md": story("C", "2024-09-30", tags="Quayes, Tides", more="Status: hidden"),
    "articles/d.md": story("D", "2024-09-30", tags="Secrets", more="Status: draft"),
    "articles/e.md": story("E", "9999-09-30", tags="Secrets"),
    "topics/ferries.md": "Title: Ferries\nAliases: Boats\n",
}

pytestmark = pytest.mark.usefixtures("as_it_was")


@pytest.fixture
def topics(lay_out: LayOut, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Lay out an archive and tell what ``make topics`` prints, by lines."""

    def said(files: Mapping[str, str], stubs: int = 0) -> list[str]:
        lay_out(tmp_path / "content", files)
        places = [str(tmp_path / "content"), "-o", str(tmp_path / "output")]
        conf = ["-s", str(root / "pelicanconf.py")]
        capsys.readouterr()
        assert indexing.main([*places, *conf, "--stubs", str(stubs)]) == 0
        assert not (tmp_path / "output").exists()
        return capsys.readouterr().out.replace(f"{tmp_path}/", "").splitlines()

    return said


def test_tags_without_a_file(topics: Run, tmp_path: Path) -> None:
    """The most used comes first, near spellings beside; of what nobody sees nothing is told."""
    end = "begins a file in content/topics/ for each, STUBS=5 for those in 5 stories"
    assert topics(FILES) == [
        "4 tags have no topic file. In how many stories each is:",
        "  3  Tides",
        "  1  Ada Roe",
        "  1  Quayes (near: Quays)",
        "  1  Quays (near: Quayes)",
        f"make topics STUBS=1 {end}",
    ]
    assert [path.name for path in (tmp_path / "content/topics").iterdir()] == ["ferries.md"]


def test_nothing_to_do(topics: Run) -> None:
    """It says so."""
    assert topics({"articles/a.md": story("A", "2024-09-30", tags="")}) == [
        "Every tag has a topic file"
    ]


def test_stubs(topics: Run, tmp_path: Path) -> None:
    """A file says its name, and that who signs stories is a person; nothing is made up."""
    assert topics(FILES, stubs=1) == [
        *(f"content/topics/{name}.md" for name in ("tides", "ada-roe", "quayes", "quays")),
        "Began 4 files; docs/topics.md tells what to add",
    ]
    folder = tmp_path / "content/topics"
    assert (folder / "tides.md").read_text("utf-8") == "Title: Tides\n"
    assert (folder / "ada-roe.md").read_text("utf-8") == "Title: Ada Roe\nKind: person\n"
    assert topics(FILES) == ["Every tag has a topic file"]


def test_stubs_of_what_has_many_stories(topics: Run) -> None:
    """Where there are many tags, the rare ones can wait."""
    assert topics(FILES, stubs=2) == [
        "content/topics/tides.md",
        "Began 1 file; docs/topics.md tells what to add",
    ]


def test_no_file_is_written_over(topics: Run, tmp_path: Path) -> None:
    """Nor is one begun that somebody has to choose for."""
    files = {
        "articles/a.md": story("A", "2024-09-30", tags="Tides, U.S. trade, US trade, !!!"),
        "topics/tides.md": "Title: The tides\n",
    }
    assert topics(files, stubs=1) == [
        'not "!!!", which makes no address: write a file with another name',
        'not "Tides", for content/topics/tides.md is there already',
        'not "U.S. trade", which is US trade but for its spelling: choose one',
        'not "US trade", which is U.S. trade but for its spelling: choose one',
        "Began 0 files; docs/topics.md tells what to add",
    ]
    assert (tmp_path / "content/topics/tides.md").read_text("utf-8") == "Title: The tides\n"


def test_stubs_build(topics: Run, build: Callable[..., Path]) -> None:
    """The files that were begun are topic files."""
    topics(FILES, stubs=1)
    said = (build({}) / "tag/ada-roe/index.html").read_text("utf-8")
    assert '"about":{"@type":"Person","name":"Ada Roe"' in said


def test_faulty_post(
    topics: Run, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A post that cannot be read may have any tag: it is to be mended first."""
    topics(FILES)
    (tmp_path / "content/articles/a.md").write_text("Title: A\nDate: Friday\n")
    places = [str(tmp_path / "content"), "-o", str(tmp_path / "output")]
    assert indexing.main([*places, "-s", str(root / "pelicanconf.py")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert 'articles/a.md:2: Date "Friday" is not a date' in told.err
