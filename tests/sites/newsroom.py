"""A small archive to be edited: stories, what describes them, a theme of its own, settings."""

import os
import re
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from textwrap import dedent

from PIL import Image

from newsarchive.build import pool
from newsarchive.errors import ArchiveError

STORY = """\
    Title: {title}
    Date: {date}
    Category: {section}
    Tags: {tags}
    Byline: By {byline}
    {more}

    {text}
    """


def story(  # noqa: PLR0913  # what tells one story from another
    title: str,
    date: str,
    *,
    section: str = "World",
    tags: str = "Ferries",
    byline: str = "Ada Roe",
    more: str = "Summary: In short.",
    text: str = "It *sailed*.",
) -> str:
    """Write a post."""
    return STORY.format(**locals())


STORIES = {
    "articles/2024/01/a.md": story("Alpha sails", "2024-01-05", tags="Ferries, Quays"),
    "articles/2024/01/b.md": story(
        "Bravo sails",
        "2024-01-05 10:00",
        text="As [before]({filename}a.md), see [the note]({attach}note.txt).",
    ),
    "articles/2024/02/c.md": story(
        "Charlie sails",
        "2024-02-01",
        section="Sport",
        byline="Ada Row and Bo Doe",
        more="Picture: images/quay.png\n    Picture_alt: The quay",
        text="![Map]({static}/images/map.png) and [the chart]({static}/images/chart.svg)",
    ),
    "articles/2024/02/d.md": story(
        "Delta sails",
        "2024-02-01T09:00-05:00",
        tags="Boats, Quays",
        more="Credits: (Reporting by Ada Roe; Editing by Bo Doe)\n    Dateline: PORT (Reuters) –",
    ),
    "articles/2024/e.md": story("Echo sails", "2024-03-01", tags="Tides"),
    "articles/2024/f.md": story("Foxtrot hides", "2024-03-02", more="Status: hidden"),
    "articles/2024/g.md": story("Golf waits", "2024-03-03", more="Status: draft"),
    "articles/2024/h.md": story("Hotel is embargoed", "2024-06-01 12:00", section="Sport"),
}
FILES = {
    **STORIES,
    "articles/2024/01/note.txt": "A note.\n",
    "topics/ferries.md": """\
        Title: Ferries
        Aliases: Boats, Ships
        Pairs: Quays
        Summary: What crosses.

        Since [the first]({filename}/articles/2024/01/a.md).
        """,
    "topics/quays.md": "Title: Quays\n\nWhere they land.\n",
    "people/ada-roe.md": "Title: Ada Roe\nSpellings: Ada Row\n",
    "pages/about.md": "Title: About\n\nThis is [the house]({filename}rules.md).\n",
    "pages/rules.md": "Title: Rules\nStatus: hidden\n\nThere are none.\n",
    "images/chart.svg": "<svg/>\n",
}

EPOCH = 1_711_929_600  # 2024-04-01


def whisper(text: str) -> str:
    """Serve a template as a filter."""
    return text.lower()


def shout(text: str) -> str:
    """Serve as another."""
    return text.upper()


def repeated(times: int) -> Callable[[str], str]:
    """Make filters that are told apart by what they close over alone."""

    def house(text: str) -> str:
        return text * times

    return house


def fatal(_text: str) -> str:
    """Kill whoever prints by this filter."""
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def two_spawned() -> Executor:
    """Name an executor as a configuration would."""
    return pool.spawned(2)


class Newsroom:
    """The archive's folder, and how it is built: into ``output``, or cold into ``cold``."""

    def __init__(self, folder: Path, theme: Path, run_pelican: Callable[..., None]) -> None:
        self.folder = folder
        self.content, self.output = folder / "content", folder / "output"
        self._run_pelican = run_pelican
        self.settings: dict[str, object] = {
            "SITEURL": "https://example.org",
            "TIMEZONE": "UTC",
            "THEME": str(folder / "theme"),
            "DEFAULT_PAGINATION": 2,
            "FEED_MAX_ITEMS": 3,
            "STATIC_PATHS": ["images"],
            "NEWSARCHIVE_WORKERS": 1,
            "JINJA_FILTERS": {"house": whisper},
            "JINJA_GLOBALS": {"motto": "Slow News"},
        }
        self.epoch = EPOCH
        self.release = 0  # of the libraries
        shutil.copytree(theme, folder / "theme", ignore=shutil.ignore_patterns("*-ext.*"))
        self.write("theme/templates/unused.html", "Nobody prints this.")
        block = "{% block main %}"
        errors = self.read("theme/templates/404.html").replace(
            block, f"{block}{{{{ motto|house }}}}"
        )
        self.write("theme/templates/404.html", errors)
        for name, text in FILES.items():
            self.write(f"content/{name}", dedent(text))
        for name, shade in (("quay", 10), ("map", 20)):
            self.draw(f"content/images/{name}.png", shade)

    def write(self, name: str, text: str) -> None:
        """Put a text where it belongs."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        """Read a text."""
        return (self.folder / name).read_text(encoding="utf-8")

    def draw(self, name: str, shade: int) -> None:
        """Put a picture in its place."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", (20 + shade, 10), shade).save(path)

    def say(self, name: str, key: str, value: str) -> None:
        """Give a post's metadata key a value, or take it out."""
        text = self.read(name)
        line = f"{key}: {value}\n" if value else ""
        said, count = re.subn(rf"(?m)^{key}: .*\n", lambda _: line, text, count=1)
        self.write(name, said if count else line + text)

    def posts(self) -> list[str]:
        """The stories that there are, in the order of their names."""
        found = self.content.glob("articles/**/*.md")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def build(self) -> None:
        """Build what has changed."""
        self._run(self.output)

    def build_cold(self) -> Path:
        """Build all, where nothing was before."""
        cold = self.folder / "cold"
        shutil.rmtree(cold, ignore_errors=True)
        states = set(self.states())
        self._run(cold)
        for state in set(self.states()) - states:
            state.unlink()
        return cold

    def states(self) -> list[Path]:
        """The files of the states that there are."""
        return list((self.folder / ".cache").glob("state-*.sqlite"))

    def _run(self, output: Path) -> None:
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = str(self.epoch)
        try:
            self._run_pelican(self.content, output, **self.settings)
        finally:
            del os.environ["SOURCE_DATE_EPOCH"]
            if before is not None:
                os.environ["SOURCE_DATE_EPOCH"] = before


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def differences(first: dict[str, bytes | None], second: dict[str, bytes | None]) -> list[str]:
    """The paths at which two trees are not the same."""
    paths = first.keys() | second.keys()
    return sorted(
        path
        for path in paths
        if path not in first or path not in second or first[path] != second[path]
    )


def written(room: Newsroom) -> list[str]:
    """Build, and tell which files that wrote and, after a minus, which it removed.

    A file that is put in place anew is another one for the disk.
    """
    before = inodes(room.output)
    room.build()
    after = inodes(room.output)
    made = [path for path, inode in after.items() if before.get(path) != inode]
    return sorted([*made, *(f"-{path}" for path in before.keys() - after.keys())])


def inodes(folder: Path) -> dict[str, int]:
    """Every file below a folder, and which of the disk's it is."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in files}


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


def swap(room: Newsroom, name: str) -> None:
    """Edit a file of the theme, or undo that."""
    old, new = TEMPLATES[name]
    text = room.read(f"theme/{name}")
    edited = text.replace(new, old) if new in text else text.replace(old, new)
    room.write(f"theme/{name}", edited if edited != text else f"{text}\n")


def attempt(build: Callable[[], object]) -> str:
    """Build, and tell what that was refused for."""
    try:
        build()
    except ArchiveError as error:
        return str(error)
    return ""
