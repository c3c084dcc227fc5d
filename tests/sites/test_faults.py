"""What is wrong stops the build before a byte is written, and all of it is said."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsarchive.errors import ContentFaults, SettingsFaults

Build = Callable[..., Path]
LayOut = Callable[[Path, dict[str, str]], None]
Pelican = Callable[[], subprocess.CompletedProcess[str]]

FORMS = "write it as 2024-09-30, 2024-09-30 14:05 or 2024-09-30T14:05-04:00"
NEAREST = "write Category, or list it in NEWSARCHIVE_EXTRA_METADATA"
GOOD = """\
    Title: A ferry sails
    Date: 2024-09-30
    Category: World

    The ferry sailed.
    """


@pytest.fixture
def pelican(root: Path, tmp_path: Path) -> Pelican:
    """Run ``pelican content -s pelicanconf.py`` in a folder of its own."""
    command = [sys.executable, "-m", "pelican", "content", "-s", str(root / "pelicanconf.py")]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # this very Python
            [*command, "-o", "output"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_fault_and_the_old_site_untouched(
    pelican: Pelican, lay_out: LayOut, tmp_path: Path
) -> None:
    """Two faulty files are both told by line, the exit code is 1, and the old site stands."""
    lay_out(tmp_path / "content", {"articles/good.md": GOOD})
    run = pelican()
    assert run.returncode == 0
    assert run.stdout.startswith("Built 1 story in output/: ")
    before = files(tmp_path / "output")
    lay_out(
        tmp_path / "content",
        {
            "articles/late.md": GOOD.replace("2024-09-30", "Friday"),
            "articles/odd.md": GOOD.replace("Category", "Catgory").replace("Title: A", "Title:"),
            "articles/new.md": GOOD.replace("A ferry", "Another ferry"),
        },
    )
    run = pelican()
    assert run.returncode == 1
    late, odd, count = run.stderr.splitlines()
    assert (
        late == f'content/articles/late.md:2: Date "Friday" is not a date of the archive; {FORMS}'
    )
    assert odd == f'content/articles/odd.md:3: "catgory" is not a metadata key; {NEAREST}'
    assert count == "2 faults; nothing was written"
    assert files(tmp_path / "output") == before


def test_nothing_is_written(build: Build, tmp_path: Path) -> None:
    """Where there was no site, a fault leaves none."""
    with pytest.raises(ContentFaults):
        build({"articles/good.md": GOOD, "topics/ferries.md": "Title:\n"})
    assert not files(tmp_path / "output")


def test_faults_of_every_kind_of_file(build: Build) -> None:
    """Stories, pages, topics and people are all read before the build fails."""
    with pytest.raises(ContentFaults) as error:
        build(
            {
                "articles/a.md": "Title: A\n\nText.",
                "pages/b.md": "Title: B\nDate: 2024-09-30\n\nText.",
                "topics/c.md": "Title: C\nAlias: D\n\nText.",
                "people/d.md": "\nTitle: D",
            }
        )
    named = [(Path(fault.path).parent.name, fault.line) for fault in error.value.faults]
    assert named == [("articles", 1), ("pages", 2), ("people", 1), ("people", 1), ("topics", 2)]


def test_what_does_not_fit_together(build: Build) -> None:
    """A misfit is told on the line of its key: an alias of two topics, twin tags, a lone pair."""
    with pytest.raises(ContentFaults) as error:
        build(
            {
                "articles/a.md": GOOD.replace("Category", "Tags: Ferries, harbour\n    Category"),
                "articles/b.md": GOOD.replace("A ferry sails", "B\n    Tags: Harbours"),
                "topics/boats.md": "Title: Boats\nPairs: Nobody\nAliases: Ferries\n",
                "topics/ferries.md": "Title: Ferries\nSummary: x\nAliases: Lines\n",
            }
        )
    named = [(Path(fault.path).name, fault.line) for fault in error.value.faults]
    assert named == [("b.md", 2), ("boats.md", 2), ("ferries.md", 1)]


def test_two_pages_for_one_path(build: Build, tmp_path: Path) -> None:
    """Two pages that would be one file are told by the post that asks for it, and by the other."""
    with pytest.raises(ContentFaults) as error:
        build(
            {
                "articles/a.md": GOOD,
                "pages/front.md": "Title: Front\nSave_as: index.html\n\nText.",
                "pages/world.md": "Title: World\nSave_as: Section/World/index.html\n\nText.",
            }
        )
    front, world = error.value.faults
    assert (Path(front.path).name, front.line) == ("front.md", 2)
    assert front.problem == "it would be index.html, as the front would"
    assert front.cure == "give one of them another address"
    assert (Path(world.path).name, world.line) == ("world.md", 2)
    assert world.problem == (
        'it would be section/world/index.html, as the page of the section "World" would'
    )
    assert not files(tmp_path / "output")


def test_wrong_setting(build: Build, tmp_path: Path) -> None:
    """A setting that cannot be followed stops the build before anything is read."""
    with pytest.raises(SettingsFaults, match=r"^DEFAULT_ORPHANS is refused"):
        build({"articles/a.md": "no metadata"}, DEFAULT_ORPHANS=3)
    assert not files(tmp_path / "output")


def test_a_locale_in_which_addresses_find_no_files(
    build: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server looks for the file of an address in UTF-8; in Latin-1 its name would be another."""
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "iso8859-1")
    with pytest.raises(SettingsFaults, match=r"written in iso8859-1; set PYTHONUTF8=1$"):
        build({})


def test_missing_template(build: Build, tmp_path: Path) -> None:
    """A story that asks for a template that is not there stops the build before it writes."""
    other = GOOD.replace("Category", "Template: nowhere\n    Category").replace("A", "Another")
    with pytest.raises(ContentFaults, match=r'b\.md:3: Template "nowhere" is not in the theme;'):
        build({"articles/a.md": GOOD, "articles/b.md": other})
    assert not files(tmp_path / "output")
