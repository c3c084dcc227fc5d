"""Which files have to be read, and which are as they were."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.build import fingerprint, sources
from newsarchive.build.sources import Rules
from newsarchive.build.state import Source, State

RULES = Rules(("md",), ("*.new", ".#*"), ("posts/drafts",))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder with two posts."""
    for name in ("posts/a.md", "posts/deep/b.md"):
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "content"


@pytest.fixture
def state(content: Path) -> Iterator[State]:
    """A state that knows both, and was made long after they were."""
    state = State(content.parent / "state.sqlite")
    looks = sources.look(str(content), ["posts"], RULES)
    assert sources.changed(state, str(content), looks) == ["posts/a.md", "posts/deep/b.md"]
    state.keep_sources(
        (Source(path, look, fingerprint.of_bytes(path.encode()), b"", b""), b"")
        for path, look in looks.items()
    )
    state.note("young", "[]")
    yield state
    state.close()


def changed(state: State, content: Path) -> list[str]:
    """Look again."""
    looks = sources.look(str(content), ["posts"], RULES)
    return sources.changed(state, str(content), looks)


def test_only_what_counts_is_found(content: Path) -> None:
    """By its suffix, unless its name is ignored or its folder excluded."""
    for name in ("posts/c.txt", "posts/.#c.md", "posts/drafts/c.md", "else/c.md"):
        path = content / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    found = sources.look(str(content), ["posts", "nowhere"], RULES)
    assert sorted(found) == ["posts/a.md", "posts/deep/b.md"]


def test_unchanged_files_are_not_opened(
    state: State, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks as it did, and did so well before the last build, is as it was."""
    monkeypatch.setattr(sources, "hash_of", None)
    assert changed(state, content) == []


def test_touched_file(state: State, content: Path) -> None:
    """Its content is compared once, and it is as it was."""
    (content / "posts/a.md").touch()
    assert changed(state, content) == []
    look = sources.look(str(content), ["posts"], RULES)["posts/a.md"]
    assert state.sources["posts/a.md"].signature == look


def test_same_size_and_time(state: State, content: Path) -> None:
    """Another content with both is seen."""
    path = content / "posts/a.md"
    stat = path.stat()
    path.write_text("POSTS/A.MD", encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert changed(state, content) == ["posts/a.md"]


def test_changed_twice_within_a_moment(state: State, content: Path) -> None:
    """A file that was young when the last build looked is compared, though it looks the same."""
    path = content / "posts/a.md"
    path.write_text("POSTS/A.MD", encoding="utf-8")
    look = sources.look(str(content), ["posts"], RULES)["posts/a.md"]
    state.keep_signatures({"posts/a.md": look})
    state.note("young", '["posts/a.md"]')
    assert changed(state, content) == ["posts/a.md"]


def test_what_cannot_be_read(state: State, content: Path) -> None:
    """It is due, and fails where it is read."""
    path = content / "posts/a.md"
    path.unlink()
    path.symlink_to("nowhere")
    assert changed(state, content) == ["posts/a.md"]
