"""What an incremental build leaves in the output is what a cold build makes, byte for byte."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsarchive.article import markup
from newsarchive.build import fingerprint, sources, standstill
from newsarchive.errors import ArchiveError

from .newsroom import (
    EPOCH,
    Newsroom,
    differences,
    inodes,
    repeated,
    shout,
    story,
    tree,
    whisper,
    written,
)

Edit = Callable[[Newsroom], None]
EXAMPLES = int(os.environ.get("NEWSARCHIVE_EXAMPLES", "6"))

TEXTS = (
    "It *sailed* on.",
    "See [one]({filename}/articles/2024/02/d.md) and [two]({filename}/articles/2024/e.md).",
    "![Quay]({static}/images/quay.png) [Chart]({static}/images/chart.svg)",
    "A longer text. " * 30 + "\n\nIts end.",
    "",
)
VALUES = {
    "Title": ("Alpha sails", "Zulu sinks", "Écho & <co>"),
    "Date": ("2023-12-31", "2024-01-05", "2024-01-05 08:00", "2024-02-10", "2024-05-01 06:00"),
    "Modified": ("", "2024-03-20", "2024-03-21 11:00"),
    "Slug": ("", "once", "twice"),
    "Status": ("", "published", "hidden", "draft", "withdrawn"),
    "Withdrawn": ("", "2024-03-15"),
    "Embargo": ("", "2024-03-31", "2024-04-03 06:00"),
    "Aliases": ("", "once", "older, /old/place.html"),
    "Tags": ("", "Ferries", "Boats, Quays", "Tides, Storms", "Quays, Ferries, Ships"),
    "Category": ("", "World", "Sport"),
    "Summary": ("", "In other words."),
    "Credits": ("", "(Reporting by Ada Row; Editing by Cy Coe)", "(Writing by Bo Doe)"),
    "Byline": ("", "By Ada Roe", "By Ada Row and Cy Coe"),
    "Dateline": ("", "LONDON (Reuters) –"),
    "Picture": ("", "images/quay.png", "images/map.png"),
    "Save_as": ("", "special", "special/index.html", "special/deep/index.html"),
    "Template": ("", "unused"),
}
SETTINGS: dict[str, tuple[object, ...]] = {
    "SITENAME": ("The Test", "The Other Test"),
    "SITESUBTITLE": ("", "All of it"),
    "SITEURL": ("https://example.org", "https://example.org/archive", ""),
    "TIMEZONE": ("UTC", "Asia/Tokyo"),
    "DEFAULT_LANG": ("en", "de"),
    "DEFAULT_PAGINATION": (1, 2, 3),
    "FEED_MAX_ITEMS": (1, 3),
    "TAG_URL": ("tag/{slug}/", "topic/{slug}/"),
    "ARTICLE_SAVE_AS": ("{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html", "s/{slug}.html"),
    "WITH_FUTURE_DATES": (False, True),
    "STATIC_PATHS": (["images"], []),
    "MARKDOWN": ({"extension_configs": {"markdown.extensions.nl2br": {}}}, {"tab_length": 2}),
    "NEWSARCHIVE_SECTIONS": ((), ("World",), ("Sport", "World")),
    "NEWSARCHIVE_KEEPER": ("", "A library"),
    "JINJA_GLOBALS": ({"motto": "Slow News"}, {"motto": "Fast News"}),
    "JINJA_FILTERS": tuple({"house": f} for f in (whisper, shout, repeated(2), repeated(3))),
    "JINJA_ENVIRONMENT": ({}, {"trim_blocks": True}, {"lstrip_blocks": True}),
}
OTHERS = {
    "content/topics/ferries.md": {
        "Title": ("Ferries", "Ferryboats"),
        "Aliases": ("", "Boats", "Boats, Ships, Ferries"),
        "Pairs": ("", "Quays", "Storms"),
        "Summary": ("", "Crossings."),
        "Kind": ("", "organisation"),
        "Broader": ("", "Quays"),
        "Related": ("", "Quays"),
        "Wikidata": ("", "Q7"),
    },
    "content/people/ada-roe.md": {"Title": ("Ada Roe", "A. Roe"), "Spellings": ("", "Ada Row")},
    "content/pages/about.md": {
        "Title": ("About", "About us"),
        "Status": ("", "hidden", "draft"),
        "Slug": ("", "house"),
    },
}
TEMPLATES = {
    "templates/base.html": ("<main", "<main data-edited"),
    "templates/_macros.html": ("<time", "<time data-edited"),
    "templates/article.html": ("{{ text|safe }}", "{{ text|safe }}."),
    "templates/tag.html": ("{% extends", "{# edited #}{% extends"),
    "templates/404.html": ("{{ motto|house }}", "{{ motto|house|upper }}"),
    "templates/unused.html": ("Nobody", "Nobody else"),
    "styles/tokens.css": ("#", "#"),
    "styles/base.css": ("}", "}\n"),
    "static/favicon.svg": ("<svg", "<!-- edited --><svg"),
}


def say(room: Newsroom, number: int, said: tuple[str, str]) -> None:
    """Give a story another value of a key."""
    posts = room.posts()
    room.say(posts[number % len(posts)], *said)


def tell(room: Newsroom, name: str, said: tuple[str, str]) -> None:
    """Give a topic, a person or a page another value of a key."""
    if (room.folder / name).is_file():
        room.say(name, *said)


def write(room: Newsroom, number: int, text: str) -> None:
    """Give a story another text."""
    posts = room.posts()
    name = posts[number % len(posts)]
    header, _, _ = room.read(name).partition("\n\n")
    room.write(name, f"{header}\n\n{text}\n")


def add(room: Newsroom, name: str, title: str) -> None:
    """File a story, or another in its place."""
    lines = story(title, "2024-01-20", tags="Storms, Boats").splitlines()
    room.write(f"content/articles/{name}.md", "\n".join(line.strip() for line in lines))


def delete(room: Newsroom, number: int) -> None:
    """Take a story out; the last one stays."""
    posts = room.posts()
    if len(posts) > 1:
        (room.folder / posts[number % len(posts)]).unlink()


def rename(room: Newsroom, number: int, name: str) -> None:
    """Give a story's file another name."""
    posts = room.posts()
    path = room.folder / posts[number % len(posts)]
    path.rename(path.with_name(f"{name}.md"))


def touch(room: Newsroom, number: int) -> None:
    """Change nothing of a story but the time of its file."""
    posts = room.posts()
    (room.folder / posts[number % len(posts)]).touch()


def change_in_secret(room: Newsroom, number: int) -> None:
    """Change a story, but not the size and the time of its file."""
    posts = room.posts()
    path = room.folder / posts[number % len(posts)]
    stat = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.translate(str.maketrans("12", "21")), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def swap(room: Newsroom, name: str) -> None:
    """Edit a file of the theme, or undo that."""
    old, new = TEMPLATES[name]
    text = room.read(f"theme/{name}")
    edited = text.replace(new, old) if new in text else text.replace(old, new)
    room.write(f"theme/{name}", edited if edited != text else f"{text}\n")


def draw(room: Newsroom, name: str, shade: int) -> None:
    """Put another picture in the place of one."""
    room.draw(f"content/images/{name}.png", shade)


def attach(room: Newsroom, name: str, text: str) -> None:
    """Change a file that is copied as it is, or take it out."""
    if text:
        room.write(name, text)
    else:
        (room.folder / name).unlink(missing_ok=True)


def set_to(room: Newsroom, setting: tuple[str, object]) -> None:
    """Change a setting."""
    name, value = setting
    room.settings[name] = value
    if name == "TAG_URL":
        room.settings["TAG_SAVE_AS"] = f"{value}index.html"
    if name == "ARTICLE_SAVE_AS":
        room.settings["ARTICLE_URL"] = str(value).removesuffix("index.html")


def harm(room: Newsroom, number: int, harm: str) -> None:
    """Do something to a file of the output that no build would."""
    files = sorted(path for path in room.output.rglob("*") if path.is_file())
    if not files:
        return
    file = files[number % len(files)]
    if harm == "alter":
        file.write_bytes(file.read_bytes() + b"altered")
    elif harm == "delete":
        file.unlink()
    elif harm == "delete the folder":
        shutil.rmtree(file.parent)
    else:
        shutil.rmtree(room.folder / ".cache", ignore_errors=True)


def wait(room: Newsroom, days: int) -> None:
    """Let time pass, or turn it back."""
    room.epoch = EPOCH + days * 86_400


def upgrade(room: Newsroom, release: int) -> None:
    """Install another release of a library, which cuts leads elsewhere."""
    room.release = release


def edits() -> st.SearchStrategy[Edit]:
    """Everything that happens to an archive between two builds."""
    number = st.integers(0, 9)

    def known(values: dict[str, tuple[str, ...]]) -> st.SearchStrategy[tuple[str, str]]:
        return st.sampled_from([(key, one) for key, all_ in values.items() for one in all_])

    def of(edit: Callable[..., None], **how: st.SearchStrategy[object]) -> st.SearchStrategy[Edit]:
        return st.builds(partial, st.just(edit), **how)

    return st.one_of(
        of(say, number=number, said=known(VALUES)),
        of(say, number=number, said=known(VALUES)),
        *(of(tell, name=st.just(name), said=known(said)) for name, said in OTHERS.items()),
        of(write, number=number, text=st.sampled_from(TEXTS)),
        of(add, name=st.sampled_from("axyz"), title=st.sampled_from(VALUES["Title"])),
        of(delete, number=number),
        of(rename, number=number, name=st.sampled_from("axyz")),
        of(touch, number=number),
        of(change_in_secret, number=number),
        of(swap, name=st.sampled_from(sorted(TEMPLATES))),
        of(draw, name=st.sampled_from(("quay", "map")), shade=st.integers(1, 3)),
        of(
            attach,
            name=st.sampled_from(("content/images/chart.svg", "content/articles/2024/01/note.txt")),
            text=st.sampled_from(("", "One.", "Two.")),
        ),
        of(set_to, setting=known(SETTINGS)),  # type: ignore[arg-type]
        of(
            harm,
            number=st.integers(0, 99),
            harm=st.sampled_from(("alter", "delete", "delete the folder", "lose the state")),
        ),
        of(wait, days=st.sampled_from((-100, 0, 100))),
        of(upgrade, release=st.integers(0, 2)),
    )


@contextmanager
def opened(root: Path, run_pelican: Callable[..., None]) -> Iterator[Newsroom]:
    """An archive for one example, which trusts what its files look like as far as any may."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        for module in (sources, standstill):
            patch.setattr(module, "GRAIN", 0)
        room = Newsroom(Path(folder), root / "theme", run_pelican)
        patch.setattr(fingerprint, "installed_versions", lambda: [f"jinja2-{room.release}"])
        yield room


def attempt(build: Callable[[], object]) -> str:
    """Build, and tell what that was refused for."""
    try:
        build()
    except ArchiveError as error:
        return str(error)
    return ""


def compare(room: Newsroom) -> None:
    """Build both ways, and find no difference: in the output, or in what is refused."""
    before = tree(room.output)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "LEAD_LENGTH", 40 + room.release)
        refused = attempt(room.build)
        assert refused == attempt(room.build_cold)
    after = tree(room.output)
    expected = before if refused else tree(room.folder / "cold")
    assert differences(after, expected) == []


@given(steps=st.lists(st.lists(edits(), min_size=1, max_size=3), min_size=1, max_size=6))
@settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize="NEWSARCHIVE_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    report_multiple_bugs=False,
)
def test_after_any_edits_the_output_is_that_of_a_cold_build(
    steps: list[list[Edit]], root: Path, run_pelican: Callable[..., None]
) -> None:
    """Whatever was edited since the last build, and whatever state that left."""
    with opened(root, run_pelican) as room:
        compare(room)
        for step in steps:
            for edit in step:
                edit(room)
            compare(room)


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
