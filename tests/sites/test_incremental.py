"""What an incremental build writes, and that it leaves what a cold build makes, byte for byte."""

import shutil

import pytest

from newsarchive.build import fingerprint

from .newsroom import (
    Newsroom,
    attempt,
    differences,
    inodes,
    story,
    swap,
    tree,
    written,
)


def feeds(*names: str) -> list[str]:
    """The files of feeds, by their stems."""
    return [f"feeds/{name}.{form}" for name in names for form in ("atom.xml", "json", "rss.xml")]


ECHO = "content/articles/2024/e.md"
ECHO_PAGE = "2024/03/01/echo-sails/index.html"
SHARD = "search/1.idx"  # of the search
ECHO_FEEDS = feeds("all", "people/ada-roe", "section/world", "tag/tides")
ECHO_LISTS = [
    *("2024/03/01/index.html", "2024/03/index.html", "404.html", "index.html"),
    *("people/ada-roe/index.html", "section/world/index.html", "tag/tides/index.html"),
]


def test_nothing_changed(room: Newsroom) -> None:
    """No file is written."""
    assert written(room) == []


def test_sources_touched(room: Newsroom) -> None:
    """A story whose file has another date and the same content is as it was."""
    for name in room.posts():
        (room.folder / name).touch()
    assert written(room) == []


def test_text_edited(room: Newsroom) -> None:
    """The story's page is written, the feeds that hold its text, the search's part; no list."""
    room.write(ECHO, room.read(ECHO) + "\n\nThen it rang.\n")
    assert written(room) == sorted([ECHO_PAGE, *ECHO_FEEDS, SHARD])


def test_headline_edited(room: Newsroom) -> None:
    """The story's page, those beside it, the lists and the feeds that it stands in."""
    room.say(ECHO, "Title", "Echo rings")
    room.say(ECHO, "Slug", "echo-sails")
    beside = "2024/02/01/delta-sails/index.html"
    assert written(room) == sorted([ECHO_PAGE, beside, *ECHO_FEEDS, *ECHO_LISTS, SHARD])


def test_story_added(room: Newsroom) -> None:
    """A full list of older stories stays; the newest, the indexes and the neighbours change."""
    lines = story("India sails", "2024-03-02", tags="Tides").splitlines()
    room.write("content/articles/i.md", "\n".join(line.strip() for line in lines))
    pages = [page for page in written(room) if not page.startswith("feeds/")]
    assert pages == sorted(
        [
            *("2024/03/02/india-sails/index.html", ECHO_PAGE, "2024/03/02/index.html"),
            *("2024/03/index.html", "404.html", "index.html", "sitemap.xml"),
            *("people/ada-roe/index.html", "section/world/index.html", "tag/tides/index.html"),
            *("people/index.html", "section/index.html", "tag/index.html", "2024/index.html"),
            *("archives/index.html", "people/ada-roe/page/2/index.html"),  # full now
            *("2024/03/01/index.html", SHARD),  # which leads on to the day after
        ]
    )


def test_story_withdrawn(room: Newsroom) -> None:
    """Its page goes, with the folders that nothing is left in; no list names it any more."""
    (room.folder / ECHO).unlink()
    gone = [page for page in written(room) if page.startswith("-")]
    alone = ["2024/03/01/index.html", "2024/03/index.html", ECHO_PAGE, "tag/tides/index.html"]
    full = ["section/world/page/1/index.html"]  # which it is no more
    assert gone == sorted(f"-{page}" for page in [*alone, *full, *feeds("tag/tides")])
    assert not (room.output / "2024/03/01").exists()
    assert (room.output / "2024/03/02").exists()  # where a hidden story is
    assert not [path for path, data in tree(room.output).items() if data and b"Echo" in data]


def test_macro_edited(room: Newsroom) -> None:
    """Every page by a template that takes it in is written, and nothing else is."""
    swap(room, "templates/_macros.html")
    pages = set(written(room))
    every = {path for path in tree(room.output) if path.endswith(".html")}
    plain = {page for page in every if b'http-equiv="refresh"' in (room.output / page).read_bytes()}
    assert plain
    assert pages == every - plain


def test_template_of_one_page_edited(room: Newsroom) -> None:
    """That page is written."""
    swap(room, "templates/404.html")
    assert written(room) == ["404.html"]


def test_template_of_no_page_edited(room: Newsroom) -> None:
    """Nothing is written."""
    swap(room, "templates/unused.html")
    assert written(room) == []


def test_value_that_one_template_refers_to(room: Newsroom) -> None:
    """A value for all templates changes the pages of those that refer to it."""
    room.settings["JINJA_GLOBALS"] = {"motto": "Fast News"}
    assert written(room) == ["404.html"]


def test_text_of_a_page_that_all_link_to(room: Newsroom) -> None:
    """It is written alone; under another title, all that name it are."""
    about = "content/pages/about.md"
    room.write(about, room.read(about) + "\n\nIt has a roof.\n")
    assert written(room) == ["about/index.html"]
    room.say(about, "Title", "The house")
    assert len(written(room)) > 30


def test_style_and_static_files(room: Newsroom) -> None:
    """Each is written alone."""
    swap(room, "styles/base.css")
    assert written(room) == ["theme/css/archive.css"]
    swap(room, "static/favicon.svg")
    assert written(room) == ["theme/favicon.svg"]
    room.write("content/articles/2024/01/note.txt", "Another note.\n")
    assert written(room) == ["2024/01/05/bravo-sails/note.txt"]


def test_library_upgraded(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is made again by it."""
    monkeypatch.setattr(fingerprint, "installed_versions", lambda: ["jinja2-99"])
    assert set(written(room)) == set(inodes(room.output))


def test_output_harmed(room: Newsroom) -> None:
    """A file that was deleted or altered is written again."""
    (room.output / ECHO_PAGE).unlink()
    (room.output / "index.html").write_text("altered", encoding="utf-8")
    assert written(room) == [ECHO_PAGE, "index.html"]
    shutil.rmtree(room.output / "2024/03")
    (room.folder / ECHO).unlink()
    room.build()
    assert differences(tree(room.output), tree(room.build_cold())) == []


def test_file_gives_way_to_a_folder(room: Newsroom) -> None:
    """What is in the way of a page, and was a page, is removed first; and the other way round."""
    for place in ("special", "special/index.html", "special"):
        room.say(ECHO, "Save_as", place)
        room.build()
        assert differences(tree(room.output), tree(room.build_cold())) == []


def test_files_of_others(room: Newsroom) -> None:
    """A build leaves alone what it did not write, while it knows what it wrote."""
    room.write("output/theirs.txt", "Theirs.")
    room.write("output/2024/03/01/theirs.txt", "Theirs.")
    (room.folder / ECHO).unlink()
    room.build()
    assert room.read("output/theirs.txt") == room.read("output/2024/03/01/theirs.txt") == "Theirs."


def test_state_lost(room: Newsroom) -> None:
    """What an earlier build left is removed all the same, but not what OUTPUT_RETENTION names."""
    room.settings["OUTPUT_RETENTION"] = [".git", "CNAME"]
    room.write("output/.git/HEAD", "ref: main")
    room.write("output/CNAME", "example.org")
    (room.folder / ECHO).unlink()
    shutil.rmtree(room.folder / ".cache", ignore_errors=True)
    room.build()
    assert room.read("output/.git/HEAD") == "ref: main"
    assert room.read("output/CNAME") == "example.org"
    shutil.rmtree(room.output / ".git")
    (room.output / "CNAME").unlink()
    assert differences(tree(room.output), tree(room.build_cold())) == []


def test_state_lost_of_a_folder_that_is_no_archive(room: Newsroom) -> None:
    """Nothing is removed from a folder in which no build has left its mark."""
    (room.output / ".newsarchive").unlink()
    room.write("output/theirs.txt", "Theirs.")
    shutil.rmtree(room.folder / ".cache", ignore_errors=True)
    room.build()
    assert room.read("output/theirs.txt") == "Theirs."


def test_picture_taken_away(room: Newsroom) -> None:
    """A story that is as it was is a fault all the same, as in a cold build."""
    (room.content / "images/quay.png").unlink()
    refused = attempt(room.build)
    assert refused.endswith(
        'c.md:6: no picture "images/quay.png" below content/; '
        "put it there, or correct the path\n1 fault; nothing was written"
    )
    assert refused == attempt(room.build_cold)


def test_attached_file_taken_away(room: Newsroom) -> None:
    """The link to it is a fault."""
    (room.content / "articles/2024/01/note.txt").unlink()
    assert "b.md:8: link {attach}note.txt leads nowhere" in attempt(room.build)


def test_link_to_a_story_under_embargo(room: Newsroom) -> None:
    """It is a fault until the story is out, and tells nobody of it."""
    room.write(ECHO, room.read(ECHO) + "\n\n[Soon]({filename}h.md)\n")
    assert "e.md:11: link {filename}h.md leads nowhere" in attempt(room.build)
    room.epoch += 100 * 86_400
    assert attempt(room.build) == ""
