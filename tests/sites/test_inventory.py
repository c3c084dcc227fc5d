"""Every file below ``content/`` is accounted for, and no path in one leads anywhere else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from newsarchive.errors import ContentFaults

Build = Callable[..., Path]

HEADER = "Title: A ferry sails\nDate: 2024-09-30\nSlug: ferry\n"
STORY = f"{HEADER}\nThe ferry sailed."
PAGE = "2024/09/30/ferry/index.html"
CANARY = "canary"  # what stands in files that nobody may read
NOTHING = (
    "nothing would become of this file; "
    "make it Markdown (.md), link to it with {attach}, or name it in IGNORE_FILES"
)
READABLE = "make it readable, or take it out"
LINK = "a symbolic link, which may lead anywhere; put the file itself in its place"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder of a site with one story."""
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/a.md").write_text(STORY)
    return tmp_path / "content"


@pytest.fixture
def faults_of(content: Path, build: Build) -> Callable[..., list[str]]:
    """Build a site that cannot be built, and give what is said of it below ``content/``."""

    def faults(files: dict[str, str] | None = None, **settings: object) -> list[str]:
        with pytest.raises(ContentFaults) as error:
            build(files or {}, **settings)
        assert not list((content.parent / "output").rglob("*"))
        return [str(fault).removeprefix(f"{content}/") for fault in error.value.faults]

    return faults


def test_what_is_no_post(faults_of: Callable[..., list[str]]) -> None:
    """A file among the posts that is none of them and used by none is a fault."""
    says = dict.fromkeys(("live", "live.html", "live.rst", "live.txt", "quay.png"), NOTHING)
    says["live.MD"] = "a file .MD is not read; rename it live.md"
    says["live.Markdown"] = "a file .Markdown is not read; rename it live.markdown"
    told = {
        f"{folder}/{name}": fault
        for folder in ("articles/2024", "pages", "topics", "people")
        for name, fault in says.items()
    }
    found = faults_of(dict.fromkeys(told, "Title: Live\n\nText."))
    assert found == [f"{name}:1: {told[name]}" for name in sorted(told)]


def test_what_is_no_post_and_has_its_use(build: Build) -> None:
    """One that a text links to, that a setting names or whose name begins with a dot is none."""
    output = build(
        {
            "articles/a.md": f"{HEADER}\nSee [the note]({{attach}}note.txt).",
            "articles/note.txt": "A note.",
            "articles/a.md~": STORY,
            "articles/.a.swp": CANARY,
            "articles/.git/config": CANARY,
            "articles/maps/quay.svg": "<svg/>",
            "notes/todo.txt": CANARY,
        },
        IGNORE_FILES=["*~"],
        STATIC_PATHS=["articles/maps"],
    )
    assert (output / PAGE).with_name("note.txt").read_text() == "A note."
    assert (output / "articles/maps/quay.svg").is_file()
    assert not any(CANARY.encode() in path.read_bytes() for path in output.rglob("*.*"))


def test_strays_are_told_together_with_other_faults(faults_of: Callable[..., list[str]]) -> None:
    """A faulty post's own files are spared, for it may link to them; others are not."""
    faulty = f"{HEADER.replace('2024', 'In 2024')}\nSee [the note]({{attach}}note.txt)."
    files = {"articles/a.md": faulty, "articles/note.txt": "", "articles/other.txt": ""}
    date, other = faults_of(files)
    assert date.startswith('articles/a.md:2: Date "In 2024-09-30" is not a date')
    assert other == f"articles/other.txt:1: {NOTHING}"


def test_stray_beside_what_was_built(build: Build, content: Path) -> None:
    """One that comes later is found although no post has changed."""
    build({})
    (content / "articles/late.txt").write_text("Late.")
    with pytest.raises(ContentFaults, match=r"late\.txt:1: nothing would become"):
        build({})


def test_symbolic_links(content: Path, faults_of: Callable[..., list[str]]) -> None:
    """A link out, in a circle or to nothing is a fault, wherever it stands."""
    targets = ("/etc/hostname", "../outside", "..", ".", "/", "nowhere", "a.md", str(content))
    names = [
        f"{name}{number}{suffix}"
        for name, suffix in (("articles/b", ".md"), ("pages/b", ".md"), ("images/b", ""), ("b", ""))
        for number in range(len(targets))
    ]
    for number, name in enumerate(names):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).symlink_to(targets[number % len(targets)])
    assert faults_of() == [f"{name}:1: {LINK}" for name in sorted(names)]


def test_pipes(content: Path, faults_of: Callable[..., list[str]]) -> None:
    """A pipe, on which a reader would wait for ever, is a fault."""
    names = ["articles/b.md", "b", "images/b.png", "pages/b.md"]
    for name in names:
        (content / name).parent.mkdir(exist_ok=True)
        os.mkfifo(content / name)
    assert faults_of() == [f"{name}:1: neither a file nor a folder; take it out" for name in names]


def test_picture_and_link_to_a_pipe(content: Path, faults_of: Callable[..., list[str]]) -> None:
    """Nor is one opened because a post names it."""
    os.mkfifo(content / "pipe")
    post = f"{HEADER}Picture: pipe\n\n![x]({{static}}/pipe) [y]({{attach}}/pipe)"
    picture, pipe = faults_of({"articles/a.md": post})
    assert picture == (
        'articles/a.md:4: no picture "pipe" below content/; put it there, or correct the path'
    )
    assert pipe == "pipe:1: neither a file nor a folder; take it out"


OUTSIDE = (
    *("../secret.txt", "../../secret.txt", "/../secret.txt", "./../../secret.txt"),
    *("../content-evil/secret.txt", "../../content-evil/secret.txt", "/../content-evil/secret.txt"),
    *("/etc/hostname", "//etc/hostname", "../../../../../../../../etc/hostname"),
    *("..%2Fsecret.txt", "%2e%2e/secret.txt", "..\\secret.txt", "linked/secret.txt"),
)


@pytest.mark.parametrize("kind", ["attach", "static", "filename"])
def test_links_out(kind: str, content: Path, faults_of: Callable[..., list[str]]) -> None:
    """A text links to files below ``content/`` alone: any other link is a fault on its line."""
    for folder in (content.parent, content.with_name("content-evil")):
        folder.mkdir(exist_ok=True)
        (folder / "secret.txt").write_text(CANARY)
    links = "\n\n".join(f"[x]({{{kind}}}{path})" for path in OUTSIDE)
    found = faults_of({"articles/a.md": f"{HEADER}\n{links}"})
    lines = {int(fault.split(":")[1]) for fault in found}
    assert lines == {5 + 2 * number for number in range(len(OUTSIDE))}
    assert all(" leads nowhere; correct it, or take it out" in fault for fault in found)


ESCAPES = (
    *("../x", "../../etc/passwd", "/etc/passwd", "../output-evil/x", "a/../../x", "..", "../"),
    *("a\\..\\x", ".htaccess", ".git/config", "a//x", "./x", "a/", ""),
)


@pytest.mark.parametrize("key", ["Picture", "Save_as", "Url", "Template", "Slug", "Lang"])
def test_metadata_that_leads_out(key: str, faults_of: Callable[..., list[str]]) -> None:
    """No key of a post names a place outside of the folder that it is about."""
    values = [value for value in ESCAPES if value and not (key == "Url" and value == "a/")]
    files = {
        f"articles/{number:02}.md": STORY.replace("ferry\n", f"ferry{number}\n{key}: {value}\n")
        for number, value in enumerate(values)
    }
    if key == "Slug":
        files = {name: text.replace("Slug: ferry", "Summary: ") for name, text in files.items()}
    found = faults_of(files)
    assert [fault.split(":")[:2] for fault in found] == [[name, "4"] for name in sorted(files)]


def test_link_to_wire_copy(build: Build) -> None:
    """Wire copy is published where a text links to it, and only there."""
    wire = {"wire/a.txt": "Copy.", "wire/b.txt": CANARY}
    post = f"{HEADER}\nSee [the copy]({{static}}/wire/a.txt)."
    output = build({"articles/a.md": post, **wire})
    assert [path.name for path in (output / "wire").iterdir()] == ["a.txt"]


def test_files_of_stories_that_are_not_on_the_site(build: Build, content: Path) -> None:
    """What only drafts and embargoed stories show or link to is not published either."""
    (content / "images").mkdir()
    for name in ("draft", "ahead"):
        Image.new("L", (9, 9)).save(content / f"images/{name}.png")
    links = "[x]({{attach}}{0}.txt) ![y]({{static}}/images/{0}.svg)"
    post = f"{HEADER}Picture: images/{{0}}.png\n\n{links}"
    files = {
        "articles/draft.md": post.format("draft").replace("ferry\n", "draft\nStatus: draft\n"),
        "articles/ahead.md": post.format("ahead").replace("2024", "9999"),
        **{f"articles/{name}.txt": CANARY for name in ("draft", "ahead")},
        **{f"images/{name}.svg": CANARY for name in ("draft", "ahead")},
        "images/free.svg": "<svg/>",
    }
    output = build(files)
    assert [path.name for path in (output / "images").iterdir()] == ["free.svg"]
    assert not any(CANARY.encode() in path.read_bytes() for path in output.rglob("*.*"))
    assert not [path.name for path in output.rglob("*.txt") if path.stem in {"draft", "ahead"}]


def test_folder_that_cannot_be_read(
    content: Path, faults_of: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is closed to the build is a fault, not an empty one."""
    (content / "articles/closed").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert faults_of() == [
        f"articles/closed:1: the folder cannot be read (Permission denied); {READABLE}"
    ]


def test_names_that_are_no_text(content: Path, faults_of: Callable[..., list[str]]) -> None:
    """A name that no address can hold is a fault, and is told in letters."""
    (content / "images").mkdir()
    for name in (b"a\nb.png", b"\xff.png"):
        (content / "images" / os.fsdecode(name)).touch()
    assert faults_of() == [
        "images/\\udcff.png:1: its name is no text; give it another name",
        "images/a\\nb.png:1: its name is no text; give it another name",
    ]
