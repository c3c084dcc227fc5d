"""Whole sites built by several processes, which may fail or be killed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from newsarchive import desk
from newsarchive.build import engine
from newsarchive.errors import ArchiveError, PageFailed, WorkerLost
from tests.sites.newsroom import Newsroom, differences, fatal, tree

SPAWNED = "tests.sites.newsroom.two_spawned"
EXECUTORS = pytest.mark.parametrize("executor", ["", SPAWNED])


@pytest.fixture
def room(
    tmp_path: Path,
    root: Path,
    run_pelican: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> Newsroom:
    """An archive whose work comes in many small batches, for two workers."""
    monkeypatch.setattr(desk, "BATCH", 2)
    monkeypatch.setattr(engine, "BATCH", 5)
    room = Newsroom(tmp_path, root / "theme", run_pelican)
    room.settings["NEWSARCHIVE_WORKERS"] = 2
    return room


def test_any_number_of_workers(room: Newsroom) -> None:
    """One, two, eight, or two that were started afresh: every byte is the same."""
    room.settings["NEWSARCHIVE_WORKERS"] = 1
    room.build()
    expected = tree(room.output)
    for workers, executor in ((2, ""), (8, ""), (2, SPAWNED)):
        room.settings["NEWSARCHIVE_WORKERS"] = workers
        room.settings["NEWSARCHIVE_EXECUTOR"] = executor
        assert differences(tree(room.build_cold()), expected) == []


def expect_a_sound_site(room: Newsroom) -> None:
    """Build again, in this process alone; the site is that of a cold build."""
    room.settings |= {"NEWSARCHIVE_EXECUTOR": "", "NEWSARCHIVE_WORKERS": 1}
    room.build()
    assert differences(tree(room.output), tree(room.build_cold())) == []


@EXECUTORS
def test_a_page_that_cannot_be_made(room: Newsroom, executor: str) -> None:
    """The story is named, with what is wrong; mended, the site is that of a cold build."""
    room.settings["NEWSARCHIVE_EXECUTOR"] = executor
    article = "theme/templates/article.html"
    before = room.read(article)
    broken = '{{ nowhere.to_be_found if article.slug == "echo-sails" }}'
    room.write(article, before.replace("{{ text|safe }}", broken))
    with pytest.raises(PageFailed, match=r"^articles/2024/e\.md: .*nowhere"):
        room.build()
    room.write(article, before)
    expect_a_sound_site(room)


@EXECUTORS
def test_a_killed_worker_ends_the_build(room: Newsroom, executor: str) -> None:
    """With an error and not a wait without end; the next build makes what is missing."""
    filters = room.settings["JINJA_FILTERS"]
    room.settings["NEWSARCHIVE_EXECUTOR"] = executor
    room.settings["JINJA_FILTERS"] = {"house": fatal}
    with pytest.raises(WorkerLost, match="killed"):
        room.build()
    room.settings["JINJA_FILTERS"] = filters
    expect_a_sound_site(room)


@EXECUTORS
def test_every_fault_of_all_workers(room: Newsroom, executor: str) -> None:
    """Faults are gathered from all batches, and told in the order of the files."""
    room.settings["NEWSARCHIVE_EXECUTOR"] = executor
    names = room.posts()
    for name in names:
        room.say(name, "Date", "Friday")
    with pytest.raises(ArchiveError) as error:
        room.build()
    *faults, count = str(error.value).splitlines()
    assert [fault.partition("/content/")[2].partition(":")[0] for fault in faults] == [
        name.removeprefix("content/") for name in names
    ]
    assert count == f"{len(names)} faults; nothing was written"
    assert not room.output.exists()
