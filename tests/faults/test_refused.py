"""What cannot be published as it stands is refused by its line, before anything is written."""

import os
from collections.abc import Mapping
from unicodedata import normalize

import pytest
from _pytest.mark import ParameterSet

from .conftest import Refused
from .rows import Row
from .site import Site, story

PROSE = "The *ferry* sailed on Monday, carrying thirty passengers and two dogs. " * 9 + "\n\n"
Files = Mapping[str, str | bytes]

FORMS = "is not a date of the archive; write it as 2024-09-30,"
NOWHERE = "leads nowhere; correct it, or take it out"
OPENS = "1: the post opens without metadata; begin with Title: and Date: lines"
TITLE, DATE = "1: no Title; add a Title: line", "1: no Date; add a Date: line"
TWIN = "write both the same, or list one as the other's alias in a topic file"


def case(row: Row, name: str, files: Files | str | bytes, *told: str) -> ParameterSet:
    """Files, or one story's text, and each line that is told of them."""
    if not isinstance(files, Mapping):
        files = {"a.md": files}
        told = tuple(f"a.md:{line}" for line in told)
    return pytest.param(files, told, marks=pytest.mark.fault(row), id=name)


def two(row: Row, name: str, one: str, other: str, told: str) -> ParameterSet:
    """Two stories, and what is told of the second because of the first."""
    return case(row, name, {"a.md": one, "b.md": other}, f"b.md:{told}")


def date(row: Row, value: str) -> ParameterSet:
    """A date that nobody could read for sure."""
    return case(row, value, story(date=value), f'2: Date "{value}" {FORMS}')


POSTS = [
    case(Row.DROPPED, "no Title", "Date: 2024-09-30\n\nIt sailed.", TITLE),
    case(Row.DROPPED, "no Date", "Title: B\n\nIt sailed.", DATE),
    case(Row.DROPPED, "empty file", "", DATE, TITLE, OPENS),
    case(Row.DROPPED, "blank first line", f"\n{story()}", DATE, TITLE, OPENS),
    case(
        *(Row.DROPPED, "double BOM", f"\ufeff\ufeff{story()}"),
        *('1: "\ufeffTitle: B" is not metadata; write it as Key: value', DATE, TITLE, OPENS),
    ),
    case(Row.DROPPED, "unknown Status", story("Status: publishd"), '4: Status "publishd" is '),
    date(Row.UNREADABLE, "31 Foobar"),
    date(Row.UNREADABLE, "Feb 30"),
    case(
        *(Row.UNREADABLE, "Latin-1", story(title="Café").encode("latin-1")),
        "1: byte 10 is not UTF-8 (invalid continuation byte); save the file as UTF-8",
    ),
    case(
        *(Row.UNREADABLE, "UTF-16", story().encode("utf-16")),
        "1: byte 0 is not UTF-8 (invalid start byte); save the file as UTF-8",
    ),
    date(Row.GAPS, "2024"),
    date(Row.GAPS, "Friday"),
    date(Row.GAPS, "10:30"),
    date(Row.GUESSED, "03/04/2024"),
    date(Row.GUESSED, "12/11/10"),
    date(Row.ZONE, "10:00 KST"),
    date(Row.ZONE, "2024-09-30 10:00 KST"),
    *(
        case(Row.CONTROLS, f"U+{ord(sign):04X} in a {place}", post, f"{line}: control character ")
        for sign in "\0\x1b"
        for place, post, line in (
            ("title", story(title=f"A{sign}B"), 1),
            ("text", story(text=f"A{sign}B"), 5),
        )
    ),
    case(
        *(Row.LEAD, "a lead", story(text="BEIJING: China spoke.").replace("\n\n", "\n")),
        '4: "beijing" is not a metadata key; put a blank line above the text, ',
    ),
]
ADDRESSES = [
    two(
        *(Row.SLUG_TWICE, "given", story("Slug: x"), story("Slug: x", title="C")),
        '4: slug "x" is that of articles/a.md already; give one of the two another slug',
    ),
    two(
        *(Row.SLUG_TWICE, "derived", story(), story(date="2024-10-01")),
        '1: slug "b" is that of articles/a.md already; give one of the two another slug',
    ),
    two(
        *(Row.SLUG_TWICE, "given and derived", story(), story("Slug: b", title="C")),
        '4: slug "b" is that of articles/a.md already; give one of the two another slug',
    ),
    two(
        *(Row.SLUG_TWICE, "NFC and NFD, derived"),
        *(story(title=normalize("NFC", "Café")), story(title=normalize("NFD", "Café"))),
        '1: slug "café" is that of articles/a.md already; give one of the two another slug',
    ),
    two(
        *(Row.SLUG_TWICE, "NFC and NFD, given"),
        story(f"Slug: {normalize('NFC', 'café')}"),
        story(f"Slug: {normalize('NFD', 'café')}", title="C"),
        f'4: Slug "{normalize("NFD", "café")}" cannot stand in an address; use letters, ',
    ),
    two(
        *(Row.CASE, "case alone", story("Slug: Ferry"), story("Slug: ferry", title="C")),
        '4: slug "ferry" is that of articles/a.md already; give one of the two another slug',
    ),
    case(
        *(Row.LONG_SLUG, "a slug of 300 bytes", story(f"Slug: {'a' * 300}")),
        '4: Slug "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is too long for a file\'s name; ',
    ),
    *(
        case(Row.ESCAPES, f"{key} {value}", story(f"{key}: {value}"), f'4: {key} "{value}" {told}')
        for key, told in {
            "Slug": "cannot stand in an address; use letters, digits and hyphens",
            "Lang": "is not a language; write a code such as en or pt-BR",
            "Save_as": "leads out of its folder; write a path below it",
        }.items()
        for value in ("../evil", "/tmp/evil", "../output-evil/x")  # noqa: S108  # never written
    ),
    case(
        *(Row.SAVE_AS, "index.html", story("Save_as: index.html")),
        "4: it would be index.html, as the front would; give one of them another address",
    ),
    case(
        *(Row.SAVE_AS, "another page"),
        {"a.md": story("Save_as: x.html"), "../pages/x.md": "Title: X\nSave_as: x.html\n\nX."},
        "a.md:4: it would be x.html, as pages/x.md would; give one of them another address",
    ),
    *(
        case(Row.SCRIPTS, f"tag {tag}", story(f"Tags: {tag}"), f'4: tag "{tag}" has no address ')
        for tag in ("😀", "!!!")
    ),
    case(
        *(Row.TWINS, "in one story", story("Tags: U.S. diplomacy, US diplomacy")),
        f'4: tag "US diplomacy" is hardly to be told from "U.S. diplomacy"; {TWIN}',
    ),
    two(
        *(Row.TWINS, "in two", story("Tags: U.S. diplomacy")),
        story("Tags: US diplomacy", title="C"),
        f'4: tag "US diplomacy" is hardly to be told from "U.S. diplomacy"; {TWIN}',
    ),
]
FILES = [
    case(
        *(Row.UNACCOUNTED, "b.MD", {"b.MD": story()}),
        "b.MD:1: a file .MD is not read; rename it b.md",
    ),
    *(
        case(Row.UNACCOUNTED, name, {name: text}, f"{name}:1: nothing would become of this file; ")
        for name, text in (
            ("b.txt", story()),
            ("b.html", "<html><head><title>B</title></head><body>It sailed."),
        )
    ),
    *(
        case(
            Row.DEAD_LINKS,
            mark.format(link),
            story(text=mark.format(link)),
            f"5: link {link} {NOWHERE}",
        )
        for mark, link in (
            ("[x]({})", "{filename}missing.md"),
            ("[x]({})", "{static}/missing.pdf"),
            ("[x]({})", "{attach}missing.txt"),
            ("[x]({})", "/missing/"),
            ("![x]({})", "missing.png"),
            ("![x]({})", "{static}/images/missing.png"),
        )
    ),
    *(
        case(
            *(
                Row.OUTSIDE,
                link,
                {"a.md": story(text=f"[x]({link})"), "../../secret.txt": "A secret."},
            ),
            f"a.md:5: link {link} {NOWHERE}",
        )
        for link in (
            "{attach}../../secret.txt",
            "{static}../../secret.txt",
            "{static}/../secret.txt",
        )
    ),
]


@pytest.mark.parametrize(("files", "told"), [*POSTS, *ADDRESSES, *FILES])
def test_refused(site: Site, refused: Refused, files: Files, told: tuple[str, ...]) -> None:
    """Each fault is told in a line with its cure."""
    for name, text in files.items():
        site.add(f"content/articles/{name}", text)
    refused(*told)


@pytest.mark.fault(Row.UNREADABLE)
def test_unreadable_file(site: Site, refused: Refused) -> None:
    """A story that nobody may read."""
    site.add("content/articles/a.md", story())
    (site.folder / "content/articles/a.md").chmod(0)
    refused("a.md:1: the file cannot be read (Permission denied); make it readable")


@pytest.mark.fault(Row.UNACCOUNTED)
def test_unreadable_folder(site: Site, refused: Refused) -> None:
    """A folder that nobody may look into."""
    site.add("content/articles/a/a.md", story())
    (site.folder / "content/articles/a").chmod(0)
    try:
        refused("a:1: the folder cannot be read (Permission denied); make it readable")
    finally:
        (site.folder / "content/articles/a").chmod(0o755)


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("nowhere.md", marks=pytest.mark.fault(Row.UNREADABLE), id="to nothing"),
        pytest.param("../../secret.md", marks=pytest.mark.fault(Row.OUTSIDE), id="out"),
        pytest.param("..", marks=pytest.mark.fault(Row.OUTSIDE), id="loop"),
    ],
)
def test_symbolic_link(site: Site, refused: Refused, target: str) -> None:
    """A link may lead anywhere."""
    site.add("secret.md", story(title="A secret"))
    (site.folder / "content/articles/a.md").symlink_to(target)
    refused("a.md:1: a symbolic link, which may lead anywhere; put the file itself in its place")


@pytest.mark.fault(Row.OUTSIDE)
def test_pipe(site: Site, refused: Refused) -> None:
    """Who reads a pipe waits for ever."""
    os.mkfifo(site.folder / "content/articles/a.md")
    refused("a.md:1: neither a file nor a folder; take it out")


@pytest.mark.fault(Row.TOO_MUCH)
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 20_000, "a paragraph has 20,000 opening brackets and 0 other marks, too many "),
        (
            PROSE * (9_900_000 // len(PROSE)),
            "the text has more than 4,000,000 characters, too many ",
        ),
    ],
    ids=["brackets", "prose"],
)
def test_too_much(site: Site, refused: Refused, text: str, told: str) -> None:
    """A text on which Markdown's parser would work for long."""
    site.add("content/articles/a.md", story(text=text))
    refused(f"a.md:5: {told}")
