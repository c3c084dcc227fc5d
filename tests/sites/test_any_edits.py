"""After any edits, what a build leaves in the output is what a cold build makes, byte for byte."""

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

from .newsroom import (
    EPOCH,
    TEMPLATES,
    Newsroom,
    attempt,
    differences,
    repeated,
    shout,
    story,
    swap,
    tree,
    whisper,
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
def opened(root: Path, run_pelican: Callable[..., None], address: str) -> Iterator[Newsroom]:
    """An archive for one example, which trusts what its files look like as far as any may."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        for module in (sources, standstill):
            patch.setattr(module, "GRAIN", 0)
        room = Newsroom(Path(folder), root / "theme", run_pelican)
        room.settings["SITEURL"] = address
        patch.setattr(fingerprint, "installed_versions", lambda: [f"jinja2-{room.release}"])
        yield room


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


@given(
    steps=st.lists(st.lists(edits(), min_size=1, max_size=3), min_size=1, max_size=6),
    address=st.sampled_from(("https://example.org", "")),
)
@settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize="NEWSARCHIVE_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    report_multiple_bugs=False,
)
def test_after_any_edits_the_output_is_that_of_a_cold_build(
    steps: list[list[Edit]], address: str, root: Path, run_pelican: Callable[..., None]
) -> None:
    """Whatever was edited since the last build, and whatever state that left."""
    with opened(root, run_pelican, address) as room:
        compare(room)
        for step in steps:
            for edit in step:
                edit(room)
            compare(room)
