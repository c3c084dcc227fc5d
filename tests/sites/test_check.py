"""``make check`` says all that is wrong, ``make audit`` accounts for all files; none writes."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from newsarchive import audit, check
from newsarchive.errors import NO_CONTENT

from .newsroom import FILES

LayOut = Callable[[Path, Mapping[str, str]], None]
Run = Callable[..., tuple[int, str]]

GOOD = """\
    Title: A ferry sails
    Date: 2024-09-30
    Category: World

    The ferry sailed.
    """
FAULTY = {
    "articles/a.md": GOOD.replace("2024-09-30", "Friday"),
    "articles/b.md": GOOD.replace("sailed", "[sailed](/nowhere/)"),
    "articles/c.md": GOOD.replace("A ferry", "C").replace("sailed", "[sailed]({filename}d.md)"),
    "articles/d.md": GOOD.replace("Category: World", "Category: !!!").replace("A ferry", "D"),
    "articles/e.md": GOOD.replace("A ferry", "E").replace("Category", "Template: none\n    X"),
    "articles/f.txt": "A note.",
    "articles/g.md": GOOD.replace("A ferry", "G").replace(
        "Category", "Save_as: index.html\n    Tags"
    ),
    "articles/h.md": GOOD.replace("A ferry", "H").replace("Category: World", "Picture: none.png"),
    "topics/t.md": "Title: T\nPairs: Nobody\n",
}
# Only what hangs on another post, which may be mended first, is not said yet.
SAID = {
    "articles/a.md": 2,
    "articles/d.md": 3,
    "articles/e.md": 4,
    "articles/f.txt": 1,
    "articles/g.md": 3,
    "articles/h.md": 3,
    "topics/t.md": 2,
}


pytestmark = pytest.mark.usefixtures("as_it_was")


@pytest.fixture
def conf(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration that is the archive's own, to be added to."""
    monkeypatch.syspath_prepend(root)
    path = tmp_path / "conf.py"
    path.write_text(f"from pelicanconf import *\nTHEME = {str(root / 'theme')!r}\n")
    return path


@pytest.fixture
def run(conf: Path, lay_out: LayOut, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command over a tiny site, and give its exit code and what it said."""
    tmp_path = conf.parent

    def ran(
        main: Callable[[list[str]], int], files: Mapping[str, str], *more: str
    ) -> tuple[int, str]:
        lay_out(tmp_path / "content", files)
        places = [str(tmp_path / "content"), "-o", str(tmp_path / "output"), "-s", str(conf)]
        code = main([*places, *more])
        assert not (tmp_path / "output").exists()
        return code, capsys.readouterr().out.replace(f"{tmp_path}/", "")

    return ran


def test_faults_of_all_phases_in_one_run(run: Run) -> None:
    """What reading, assembling and planning find comes out together, sorted, with a count."""
    code, said = run(check.main, FAULTY)
    *faults, count = said.splitlines()
    assert code == 1
    places = [tuple(fault.split(":")[:2]) for fault in faults]
    assert places == [(f"content/{path}", str(line)) for path, line in SAID.items()]
    assert all("; " in fault for fault in faults)
    assert count == "7 faults"


def test_what_hangs_on_other_posts_is_said_once_they_can_be_read(run: Run) -> None:
    """Then dead links are found."""
    _, said = run(check.main, {name: FAULTY[name] for name in ("articles/b.md", "articles/c.md")})
    assert said.splitlines() == [
        "content/articles/b.md:5: link /nowhere/ leads nowhere; correct it, or take it out",
        "content/articles/c.md:5: link {filename}d.md leads nowhere; correct it, or take it out",
        "2 faults",
    ]


def test_no_faults(run: Run) -> None:
    """That too is said, whether everything was read or nothing has changed since a build."""
    assert run(check.main, {"articles/a.md": GOOD}) == (0, "No faults\n")
    assert run(check.main, {"articles/a.md": GOOD}) == (0, "No faults\n")


def test_json(run: Run) -> None:
    """A script reads each fault's place, problem and cure."""
    code, said = run(check.main, {"articles/a.md": GOOD.replace("Title", "Titel")}, "--format=json")
    assert code == 1
    assert json.loads(said) == [
        {
            "path": "content/articles/a.md",
            "line": 1,
            "problem": '"titel" is not a metadata key',
            "cure": "write Title, or list it in NEWSARCHIVE_EXTRA_METADATA",
        },
        {
            "path": "content/articles/a.md",
            "line": 1,
            "problem": "no Title",
            "cure": "add a Title: line",
        },
    ]
    assert run(check.main, {"articles/a.md": GOOD}, "--format=json") == (0, "[]\n")


def test_annotations(run: Run) -> None:
    """A GitHub workflow shows each fault beside its line; what it takes for syntax is escaped."""
    files = {"articles/a,b.md": GOOD.replace("2024-09-30", "100% sure")}
    code, said = run(check.main, files, "--format=github")
    assert code == 1
    assert said.startswith(
        '::error file=content/articles/a%2Cb.md,line=2::Date "100%25 sure" is not a date of the arc'
    )
    assert said.count("\n") == 1


def test_fault_of_the_configuration(run: Run, conf: Path) -> None:
    """A setting that cannot be followed is told of its file."""
    conf.write_text(f"{conf.read_text()}RELATIVE_URLS = True\n")
    code, said = run(check.main, {"articles/a.md": GOOD})
    assert code == 1
    assert said.startswith("conf.py:1: RELATIVE_URLS is refused: ")


def test_no_content(conf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is told in a sentence with its cure, whoever is asked."""
    places = ["nowhere", "-o", "output", "-s", str(conf)]
    assert check.main(places) == audit.main(places) == 1
    told, account = capsys.readouterr()
    assert told == f"{conf}:1: {NO_CONTENT}\n1 fault\n"
    assert account == f"{NO_CONTENT}\n"


def test_no_traceback_reaches_an_author(conf: Path, root: Path, lay_out: LayOut) -> None:
    """Of a mistake in the theme a build says where it is, and not how it was found."""
    folder = conf.parent
    lay_out(folder, {"content/articles/a.md": GOOD, "theme/article.html": "{% if %}"})
    conf.write_text(f"{conf.read_text()}THEME_TEMPLATES_OVERRIDES = ['theme']\n")
    done = subprocess.run(  # noqa: S603  # this very Python
        [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", str(conf)],
        cwd=folder,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "article.html" in done.stderr


def test_every_file_is_accounted_for(run: Run) -> None:
    """Each is a page, an asset, or left out for a reason that is said; and the sum is right."""
    pictures = ("images/quay.png", "images/map.png")
    files = {
        **{name: text for name, text in FILES.items() if name != "articles/2024/02/c.md"},
        "wire/2024/a.txt": "Copy.",
        "wire/2024/b.txt": "Copy.",
        "articles/.a.swp": "",
        "notes/todo.txt": "",
        "people/bo-poe.md": "Title: Bo Poe",
        "articles/2024/i.md": GOOD.replace("2024", "9999").replace("sailed", "[x]({attach}i.txt)"),
        "articles/2024/i.txt": "",
        **dict.fromkeys(pictures, ""),
    }
    code, said = run(audit.main, files)
    assert code == 0
    assert (
        said
        == """\
6 stories
2 pages
2 topics
2 people
4 assets
1 left out: a draft
    content/articles/2024/g.md
1 left out: its name begins with a dot
    content/articles/.a.swp
1 left out: no text links to it, and STATIC_PATHS does not name it
    content/notes/todo.txt
1 left out: only stories that are not on the site show it or link to it
    content/articles/2024/i.txt
1 left out: under embargo
    content/articles/2024/i.md
2 left out: wire copy, kept as it came and never published by itself
    content/wire/2024/a.txt
    content/wire/2024/b.txt
23 files = 12 pages + 4 assets + 7 left out
"""
    )


def test_audit_of_what_has_faults(run: Run) -> None:
    """There is no account of an archive that cannot be built."""
    assert run(audit.main, FAULTY)[0] == 1
