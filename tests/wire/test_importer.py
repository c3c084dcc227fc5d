"""An import writes a story and its source of record, or says what is missing and writes nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsarchive.errors import ImportRefused
from newsarchive.wire import importer
from newsarchive.wire.__main__ import main
from newsarchive.wire.importer import Facts, import_copy, slug_of
from tests.wire.conftest import STORY

TITLE = "North Korea dismisses prospect of return to personal diplomacy with Trump"
SLUG = "north-korea-dismisses-prospect-of-return-to-personal-diplomacy-with-trump"
FACTS = Facts(title=TITLE, date="2024-09-30")


def copy_file(folder: Path, data: bytes) -> Path:
    """Lay a file of copy beside the archive."""
    path = folder / "story.txt"
    path.write_bytes(data)
    return path


def refusal(folder: Path, data: bytes, facts: Facts = FACTS) -> list[str]:
    """Give the lines in which an import is refused, having seen that nothing was written."""
    content = folder / "content"
    before = sorted(content.rglob("*"))
    with pytest.raises(ImportRefused) as refused:
        import_copy(copy_file(folder, data), content, facts)
    assert sorted(content.rglob("*")) == before
    return str(refused.value).split("\n")


def test_first_story(tmp_path: Path, story: str, paragraphs_of: Callable[[str], list[str]]) -> None:
    """The post says what the copy says, word for word, and the copy is kept byte for byte."""
    facts = replace(FACTS, tags="North Korea,US diplomacy", section="World", supplied="title, date")
    imported = import_copy(STORY, tmp_path, replace(facts, date_note="The Monday it speaks of."))
    assert imported.article == tmp_path / f"articles/2024/09/30/{SLUG}.md"
    assert imported.wire == tmp_path / f"wire/2024/09/30/{SLUG}.txt"
    assert imported.wire.read_bytes() == STORY.read_bytes()
    header, _, body = imported.article.read_text("utf-8").partition("\n\n")
    assert re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID", header).split("\n") == [
        f"Title: {TITLE}",
        "Date: 2024-09-30",
        f"Slug: {SLUG}",
        "Id: urn:uuid:UUID",
        "Category: World",
        "Tags: North Korea, US diplomacy",
        "Byline: By Michelle Nichols and David Brunnstrom",
        "Dateline: UNITED NATIONS (Reuters) \u2013",
        "Source: Reuters",
        "Credits: (Reporting by Michelle Nicholls and David Brunnstrom; Editing by Howard Goller)",
        "Supplied: title, date",
        "Date_note: The Monday it speaks of.",
    ]
    values = dict(line.split(": ", 1) for line in header.split("\n"))
    text = "\n".join(paragraphs_of(body))
    assert f"{values['Byline']}\n{values['Dateline']} {text}\n{values['Credits']}" == story
    assert "\\" not in body
    assert "&" not in body


def test_every_fault_in_one_message(tmp_path: Path) -> None:
    """What is missing and what is wrong is all said at once, each with its cure."""
    facts = Facts(supplied="byline, summary", slug="page")
    assert refusal(tmp_path, b"Text.\0", facts) == [
        "story.txt:1: control character U+0000; take it out of the copy",
        (
            'story.txt: no headline in the copy; give TITLE="\u2026" '
            "(and name it in SUPPLIED= if the archive wrote it)"
        ),
        (
            'story.txt: no date in the copy; give DATE="2024-09-30" '
            "(and DATE_NOTE= if it was worked out)"
        ),
        (
            'story.txt: SUPPLIED= names "byline"; '
            "the archive may supply title, date, summary and nothing else"
        ),
        "story.txt: SUPPLIED= names summary, which is not given; give SUMMARY= too",
        'story.txt: the slug "page" is reserved for numbered listings; give another SLUG=',
    ]


@pytest.mark.parametrize(
    "date",
    [
        "2024-09-30",
        "2024-09-30 14:05",
        "2024-09-30T14:05:00",
        "2024-09-30T14:05Z",
        "2024-09-30 14:05-04:00",
    ],
)
def test_dates(tmp_path: Path, date: str) -> None:
    """Every form of the archive's dates is kept as given and names the folder."""
    imported = import_copy(copy_file(tmp_path, b"Text."), tmp_path, replace(FACTS, date=date))
    assert f"\nDate: {date}\n" in imported.article.read_text("utf-8")
    assert imported.article.parent == tmp_path / "articles/2024/09/30"


@pytest.mark.parametrize(
    "date",
    [
        "2024",
        "Friday",
        "30.9.2024",
        "03/04/2024",
        "2024-02-30",
        "2024-09-30Z",
        "2024-09-30 10:00 KST",
        *("2024-09-30T25:00", "20240930", "2024-W40-1", "../../../../x"),
    ],
)
def test_no_other_dates(tmp_path: Path, date: str) -> None:
    """A date that would have to be guessed is refused."""
    [line] = refusal(tmp_path, b"Text.", replace(FACTS, date=date))
    assert line.startswith(f'story.txt: "{date}" is not ')


def test_headline_of_the_copy(tmp_path: Path) -> None:
    """The copy's own headline becomes the title; no other is taken, nor is it supplied."""
    data = b"Rates rise\nBy A\nText."
    imported = import_copy(
        copy_file(tmp_path, data), tmp_path / "content", Facts(date="2024-09-30")
    )
    assert imported.article.name == "rates-rise.md"
    facts = Facts(title="Rates fall", slug="other", date="2024-09-30", supplied="title")
    assert refusal(tmp_path, data, facts) == [
        (
            'story.txt: the copy has the headline "Rates rise"; '
            'leave out TITLE="Rates fall", since a headline is kept as sent'
        ),
        (
            "story.txt: SUPPLIED= names title, but the copy has a headline; "
            "take title out of SUPPLIED="
        ),
    ]


def test_dollar_in_a_title(tmp_path: Path) -> None:
    """A title is text to the end: nothing in it is expanded."""
    title = "Oil at $80 a barrel: what $HOME `owners` pay"
    imported = import_copy(copy_file(tmp_path, b"Text."), tmp_path, replace(FACTS, title=title))
    assert imported.article.read_text("utf-8").startswith(f"Title: {title}\n")
    assert imported.article.stem == "oil-at-80-a-barrel-what-home-owners-pay"


@pytest.mark.parametrize("taken", ["articles/2024/09/30/x.md", "articles/1999/01/02/X.md"])
def test_slug_of_another_story(tmp_path: Path, taken: str) -> None:
    """A story of any day keeps its slug and its bytes."""
    path = tmp_path / "content" / taken
    path.parent.mkdir(parents=True)
    path.write_bytes(b"kept")
    [line] = refusal(tmp_path, b"Text.", replace(FACTS, slug="x"))
    assert line == f"story.txt: {path} is there already; give another SLUG=, or edit that story"
    assert path.read_bytes() == b"kept"


def test_copy_of_another_story(tmp_path: Path) -> None:
    """Copy that is there already is not overwritten."""
    path = tmp_path / "content/wire/2024/09/30/x.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"kept")
    assert len(refusal(tmp_path, b"Text.", replace(FACTS, slug="x"))) == 1
    assert path.read_bytes() == b"kept"


def test_story_that_appears_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another import wins the race, its story stays and no copy is left behind."""
    path = tmp_path / "content/articles/2024/09/30/x.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"kept")
    monkeypatch.setattr(importer, "_faults_of_place", lambda *_: ())
    with pytest.raises(ImportRefused, match=r"x\.md: cannot be written .*nothing was imported"):
        import_copy(copy_file(tmp_path, b"Text."), tmp_path / "content", replace(FACTS, slug="x"))
    assert path.read_bytes() == b"kept"
    assert [file for file in (tmp_path / "content").rglob("*") if file.is_file()] == [path]


@pytest.mark.parametrize("slug", ["a/b", "../x", "a b", "a_b", "-a", "a.b", "PAGE", "x" * 81])
def test_slugs_that_cannot_stand(tmp_path: Path, slug: str) -> None:
    """A given slug is refused, not mended."""
    assert len(refusal(tmp_path, b"Text.", replace(FACTS, slug=slug))) == 1


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("U.S. & China: what\u2019s next?", "u-s-china-whats-next"),
        ("\ud55c\uad6d \ub274\uc2a4", "\ud55c\uad6d-\ub274\uc2a4"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 90, "x" * 80),
        ("\ub274" * 40, "\ub274" * 26),
        ("!!!", ""),
    ],
)
def test_slug_of_a_title(title: str, slug: str) -> None:
    """Letters and digits of any script, joined by hyphens, cut at a word."""
    assert slug_of(title) == slug


def test_title_without_letters(tmp_path: Path) -> None:
    """Where no slug can be derived, one is asked for."""
    [line] = refusal(tmp_path, b"Text.", replace(FACTS, title="!!!"))
    assert "give SLUG=" in line


@pytest.mark.parametrize(
    "data",
    [
        "\u201cYes\u201d\n\n\u2013 caf\u00e9".encode(),
        "\ufeff\u201cYes\u201d\n\n\u2013 caf\u00e9".encode(),
        *("\u201cYes\u201d\r\r\u2013 caf\u00e9".encode("cp1252"),),
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, data: bytes) -> None:
    """The post is UTF-8 with LF whatever the copy is; the copy stays what it is."""
    imported = import_copy(copy_file(tmp_path, data), tmp_path, FACTS)
    text = imported.article.read_bytes().decode("utf-8")
    assert text.endswith("\n\n\u201cYes\u201d\n\n\u2013 caf\u00e9\n")
    assert imported.wire.read_bytes() == data


def test_kill_is_no_story(tmp_path: Path) -> None:
    """A notice that withdraws a story is not published as one."""
    [line] = refusal(tmp_path, b"KILL-Rates rise\nBy A\nText.", Facts(date="2024-09-30"))
    assert line.startswith('story.txt: "KILL-Rates rise" withdraws a story')


def test_fact_of_two_lines(tmp_path: Path) -> None:
    """A fact cannot smuggle in another line of metadata."""
    [line] = refusal(tmp_path, b"Text.", replace(FACTS, section="World\nStatus: draft"))
    assert line.startswith("story.txt: SECTION has to be one line of text")


def test_empty_or_missing_copy(tmp_path: Path) -> None:
    """There has to be a file with something in it."""
    assert refusal(tmp_path, b" \n") == ["story.txt: the file is empty; name a file of wire copy"]
    with pytest.raises(ImportRefused, match=r"none\.txt: cannot be read"):
        import_copy(tmp_path / "none.txt", tmp_path, FACTS)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says in one line what it wrote and what comes next."""
    options = [
        "--title",
        TITLE,
        "--date",
        "2024-09-30",
        "--summary",
        "",
        "--content",
        str(tmp_path),
    ]
    assert main([str(STORY), *options]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert f"articles/2024/09/30/{SLUG}.md" in out
    assert err == ""


def test_command_that_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty option counts as not given; the faults go to standard error, exit code 1."""
    assert main([str(STORY), "--title", "", "--date", "", "--content", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(";")[0] for line in err.splitlines()] == [
        "wire-story.txt: no headline in the copy",
        "wire-story.txt: no date in the copy",
    ]
