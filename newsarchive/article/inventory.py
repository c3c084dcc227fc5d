"""The inventory: every file below ``content/``, and what it is there for.

A file counts only where it stands there itself. What posts name is looked up here, so that no path
leads out, and nothing is opened that a reader could wait on for ever.
"""

import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from newsarchive.article import reader
from newsarchive.build import sources
from newsarchive.build.pool import aside
from newsarchive.errors import Fault

WIRE = "wire"
_KEPT = "wire copy, kept as it came and never published by itself"
_HIDDEN = "its name begins with a dot"
_CONTEXT = "archive_inventory"  # where the run's context keeps what waits for it
_SETTINGS = (
    *("PATH", "ARTICLE_PATHS", "ARTICLE_EXCLUDES", "PAGE_PATHS", "PAGE_EXCLUDES", "IGNORE_FILES"),
    *("STATIC_PATHS", "STATIC_EXCLUDES", "STATIC_EXCLUDE_SOURCES", "READERS"),
)


@dataclass
class Inventory:
    """What lies below ``root``: paths of files, each with its look on disk.

    ``posts`` are to be read, ``others`` not, ``loose`` those of them that stand among posts.
    ``passed`` are files and whole folders that nobody looks at, each with the reason.
    """

    settings: Mapping[str, Any]
    posts: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    passed: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settings = {name: self.settings[name] for name in _SETTINGS}
        self.root = str(self.settings["PATH"])
        self._ignored = re.compile(
            "|".join(map(translate, self.settings["IGNORE_FILES"])) or "(?!)"
        )
        self._static = frozenset(map(posixpath.normpath, self.settings["STATIC_PATHS"]))
        self._spared = {
            "/".join(steps[:number])  # what is copied, and the folders above it
            for steps in (path.split("/") for path in self._static)
            for number in range(1, len(steps) + 1)
        }
        self._walk()

    def _walk(self) -> None:
        settings = self.settings
        folders = {*settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"], *reader.FOLDERS}
        excluded = {*settings["ARTICLE_EXCLUDES"], *settings["PAGE_EXCLUDES"]} - folders
        suffixes = reader.suffixes(settings)
        waiting = [("", "" in folders)]
        while waiting:
            folder, among_posts = waiting.pop()
            for entry in self._entries(folder):
                path = f"{folder}/{entry.name}" if folder else entry.name
                if reason := self._reason(entry, path):
                    self.passed[path] = reason
                elif entry.is_dir(follow_symlinks=False):
                    inside = path in folders or (among_posts and path not in excluded)
                    waiting.append((path, inside))
                elif problem := _irregular(entry, path):
                    self._add(path, *problem)
                elif among_posts and entry.name.rpartition(".")[2] in suffixes:
                    self.posts[path] = sources.signature(entry)
                else:
                    self.others[path] = sources.signature(entry)
                    if not os.access(entry.path, os.R_OK):
                        self._add(path, "the file cannot be read", "make it readable")
                    if among_posts:
                        self.loose.append(path)

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(f"{self.root}/{folder}") as entries:
                yield from entries
        except OSError as error:
            cure = "make it readable, or take it out"
            self._add(folder, f"the folder cannot be read ({error.strerror})", cure)

    def _reason(self, entry: os.DirEntry[str], path: str) -> str:
        """Why nobody looks at a file or folder, if so."""
        if path in self._spared:
            return ""
        if path == WIRE and entry.is_dir(follow_symlinks=False):
            return _KEPT
        if self._ignored.match(entry.name):
            return "IGNORE_FILES names it"
        return _HIDDEN if entry.name.startswith(".") else ""

    def _add(self, path: str, problem: str, cure: str) -> None:
        self.faults.append(Fault(_shown(self.root, path), 1, problem, cure))

    def __contains__(self, path: str) -> bool:
        return path in self.posts or path in self.others

    def of_kinds(self, *kinds: str) -> set[str]:
        """The posts that describe a ``"story"``, ``"page"``, ``"topic"`` or ``"person"``."""
        return {path for path in self.posts if reader.kind_of(path, self.settings) in kinds}

    @cached_property
    def copied(self) -> set[str]:
        """What is published as it is, by ``STATIC_PATHS``."""
        settings = self.settings
        posts = () if settings["STATIC_EXCLUDE_SOURCES"] else self.posts
        below = tuple(f"{path}/" for path in self._static if path != ".")
        every = "." in self._static  # Pelican's "" is the root itself
        excluded = tuple(f"{path}/" for path in settings["STATIC_EXCLUDES"])
        return {
            path
            for path in (*self.others, *posts)
            if (every or path in self._static or path.startswith(below))
            and not path.startswith(excluded)
        }

    def holds(self, path: str) -> bool:
        """Tell whether a text may link to a file, to have it published."""
        if path.startswith(f"{WIRE}/"):
            return sources.is_within(self.root, path)
        posts = {} if self.settings["STATIC_EXCLUDE_SOURCES"] else self.posts
        return path in self.others or path in posts

    def strays(self, used: Collection[str], unread: Iterable[str]) -> Iterator[Fault]:
        """Find the files among the posts of which nothing would become.

        What a post names that could not be read may be used all the same.
        """
        loose = [path for path in self.loose if path not in self.copied and path not in used]
        texts = b"\n".join(map(self._bytes, unread)) if loose else b""
        for path in loose:
            if os.fsencode(posixpath.basename(path)) not in texts:
                yield Fault(_shown(self.root, path), 1, *_stray(path))

    def _bytes(self, path: str) -> bytes:
        try:
            return Path(self.root, path).read_bytes()
        except OSError:
            return b""


def begin(generator: Generator) -> None:
    """Begin to take the inventory of a run of Pelican, once, beside other work."""
    if _CONTEXT not in generator.context:
        generator.context[_CONTEXT] = aside(Inventory, generator.settings)


def of(generator: Generator) -> Inventory:
    """The inventory of a run of Pelican."""
    begin(generator)
    found: Inventory = generator.context[_CONTEXT]()
    return found


def _shown(root: str, path: str) -> str:
    shown = reader.shown_path(Path(root, path))
    return shown if shown.isprintable() else ascii(shown)[1:-1]


def _irregular(entry: os.DirEntry[str], path: str) -> tuple[str, str] | None:
    """Say what is wrong with a file that is none of its own, or that nothing can name."""
    if entry.is_symlink():
        return "a symbolic link, which may lead anywhere", "put the file itself in its place"
    if not entry.is_file(follow_symlinks=False):
        return "neither a file nor a folder", "take it out"
    if not path.isprintable() and any(map(_unnameable, path)):
        return "its name is no text", "give it another name"
    return None


def _unnameable(character: str) -> bool:
    """Tell whether a character is a control, or stands for a byte that is not UTF-8."""
    return (
        ord(character) < ord(" ")
        or "\x7f" <= character <= "\x9f"
        or "\ud800" <= character <= "\udfff"
    )


def _stray(path: str) -> tuple[str, str]:
    name, _, suffix = posixpath.basename(path).rpartition(".")
    if name and suffix.lower() in reader.MarkdownReader.file_extensions:
        return f"a file .{suffix} is not read", f"rename it {name}.{suffix.lower()}"
    cure = "make it Markdown (.md), link to it with {attach}, or name it in IGNORE_FILES"
    return "nothing would become of this file", cure
