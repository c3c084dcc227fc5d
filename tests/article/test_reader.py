"""Files in, stories out: how posts are read on the way through Pelican."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from newsarchive.errors import ContentFaults

Build = Callable[..., Path]

HEADER = "Title: A ferry sails\nDate: 2024-09-30\nSlug: ferry\n"
PAGE = "2024/09/30/ferry/index.html"


@pytest.fixture
def faults_of(tmp_path: Path, build: Build) -> Callable[[bytes], list[str]]:
    """Build a site of one file, byte for byte, and give what is said of it below its path."""

    def faults(data: bytes) -> list[str]:
        path = tmp_path / "content/articles/a.md"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        with pytest.raises(ContentFaults) as error:
            build({})
        return [str(fault).removeprefix(str(path)) for fault in error.value.faults]

    return faults


def test_latin_1(faults_of: Callable[[bytes], list[str]]) -> None:
    """A file in another encoding is a fault at the first byte that shows it."""
    data = f"{HEADER}\nA café.".encode("latin-1")
    problem = f"byte {len(HEADER) + 6} is not UTF-8 (invalid continuation byte)"
    assert faults_of(data) == [f":5: {problem}; save the file as UTF-8"]


def test_a_mark_of_utf_8_before_what_is_not(faults_of: Callable[[bytes], list[str]]) -> None:
    """The bytes are counted from the beginning of the file."""
    data = f"\ufeff{HEADER}\nA caf".encode() + b"\xe9."
    problem = f"byte {len(HEADER) + 9} is not UTF-8 (invalid continuation byte)"
    assert faults_of(data) == [f":5: {problem}; save the file as UTF-8"]


def test_authors_of_whom_none_is_named(build: Build) -> None:
    """The story is nobody's."""
    output = build({"articles/a.md": f"{HEADER}Authors: ;\n\nText."})
    assert 'name="author"' not in (output / PAGE).read_text(encoding="utf-8")


def test_utf_16(faults_of: Callable[[bytes], list[str]]) -> None:
    """So is a file of which no line can be told."""
    assert faults_of(HEADER.encode("utf-16")) == [
        ":1: byte 0 is not UTF-8 (invalid start byte); save the file as UTF-8"
    ]


def test_empty_file(faults_of: Callable[[bytes], list[str]]) -> None:
    """An empty file is no story, and does not vanish."""
    missing = [":1: no Date; add a Date: line", ":1: no Title; add a Title: line"]
    opening = ":1: the post opens without metadata; begin with Title: and Date: lines"
    assert faults_of(b"") == [*missing, opening]


def test_two_byte_order_marks(faults_of: Callable[[bytes], list[str]]) -> None:
    """A second mark is no part of a key."""
    first = faults_of(b"\xef\xbb\xbf\xef\xbb\xbf" + HEADER.encode())[0]
    assert first.endswith("write it as Key: value, or put a blank line above the text")


def test_control_characters(faults_of: Callable[[bytes], list[str]]) -> None:
    """What no page and no feed can print is a fault on its line, in header and text alike."""
    data = HEADER.replace("ferry sails", "f\x01erry") + "\nA\tferry.\n\nIt\x00.\n"
    assert faults_of(data.encode()) == [
        ":1: control character U+0001; take it out of the text",
        ":7: control character U+0000; take it out of the text",
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_and_line_ends(
    ends: str, mark: bytes, build: Build, tmp_path: Path
) -> None:
    """A byte order mark and any kind of line end are read as if they were not there."""
    path = tmp_path / "content/articles/a.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(mark + f"{HEADER}\nIt sailed.\n\nBack.\n".replace("\n", ends).encode())
    page = (build({}) / PAGE).read_text("utf-8")
    assert '<p id="p1">It sailed.<a ' in page
    assert '<p id="p2">Back.<a ' in page


def test_missing_picture(build: Build) -> None:
    """A picture that is not there is a fault on its line."""
    with pytest.raises(
        ContentFaults, match=r':4: no picture "images/a.jpg" below content/; put it'
    ):
        build({"articles/a.md": f"{HEADER}Picture: images/a.jpg\n\nText."})


def test_picture(build: Build, tmp_path: Path) -> None:
    """A picture has its words beside it."""
    words = "Picture: images/a.jpg\nPicture_alt: A <ferry>\nPicture_caption: It sails\n"
    post = f"{HEADER}{words}Picture_credit: Ada Roe\n\nText."
    (tmp_path / "content/images").mkdir(parents=True)
    Image.new("L", (64, 36)).save(tmp_path / "content/images/a.jpg")
    page = (build({"articles/a.md": post}) / PAGE).read_text("utf-8")
    assert 'width="64" height="36" alt="A &lt;ferry&gt;"' in page
    assert "It sails" in page
    assert "Ada Roe" in page


def test_agency_that_signs_is_no_person(build: Build) -> None:
    """An author that is the source or an agency is the source of the story, and has no page."""
    output = build(
        {
            "articles/a.md": f"{HEADER}Authors: Reuters\n\nText.",
            "articles/b.md": f"{HEADER}Authors: Ferry News\nSource: Ferry News\n\nText.".replace(
                "Slug: ferry", "Slug: other"
            ),
        }
    )
    assert [path.name for path in (output / "people").iterdir()] == ["index.html"]
    assert '<span class="source">Reuters</span>' in (output / PAGE).read_text("utf-8")


def test_source_is_read_off_the_dateline(build: Build) -> None:
    """A story without a source has the agency of its dateline."""
    output = build({"articles/a.md": f"{HEADER}Dateline: GENEVA (Reuters) –\n\nText."})
    page = (output / PAGE).read_text("utf-8")
    assert "© Reuters." in page
    assert '<p id="p1"><span class="dateline">GENEVA (Reuters) –</span> Text.<a ' in page


def test_id_of_the_slug(build: Build) -> None:
    """A story without an id always gets the same one, made of its slug."""
    files = {"articles/a.md": f"{HEADER}\nText."}
    name = 'name="DC.identifier" content="urn:uuid:'
    first = (build(files) / PAGE).read_text("utf-8").split(name)[1][:36]
    moved = {"articles/a.md": f"{HEADER.replace('A ferry', 'The ferry')}\nOther text."}
    assert (build(moved) / PAGE).read_text("utf-8").split(name)[1][:36] == first
    assert first[14] == "5"


def test_links_to_files(build: Build) -> None:
    """Pelican's way to name a file leads to its page, below the site's own path."""
    files = {
        "articles/a.md": f"{HEADER}\nSee [about]({{filename}}/pages/about.md).",
        "pages/about.md": "Title: About\n\nText.",
    }
    page = (build(files, SITEURL="https://example.org/archive") / PAGE).read_text("utf-8")
    assert '<a href="/archive/about/">about</a>' in page


def test_words_of_a_story_are_escaped(build: Build) -> None:
    """HTML in metadata is text wherever it is printed."""
    script = "<script>alert(1)</script>"
    keys = ("Category", "Tags", "Byline", "Source", "Rights", "Summary", "Advisory", "Date_note")
    words = "".join(f"{key}: {key} {script}\n" for key in keys)
    post = f"{HEADER}{words}Supplied: title\n\nText.".replace("sails", script)
    output = build({"articles/a.md": post}, SITENAME=f"The Test {script}")
    for path in output.rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<script>" not in page
        own = (
            '<script type="application/ld+json">',
            '<script type="module" src="/theme/search.js">',
        )
        assert page.count("<script ") == sum(map(page.count, own))
        assert page.count("</script>") == page.count("<script ")
    assert "&lt;script&gt;" in (output / PAGE).read_text("utf-8")
