"""What an earlier build left behind, whole, damaged or not at all."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from newsarchive.build import fingerprint
from newsarchive.build.state import Damaged, Source, State, Text, Written
from tests.publishing.conftest import TORTURE
from tests.sites.newsroom import Newsroom, differences, tree

DAMAGES = 200 if TORTURE else 40
PLACE = fingerprint.of_bytes(b"a page")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a state is to be."""
    return tmp_path / "cache" / "state.sqlite"


def source(path: str, record: bytes, text: bytes) -> tuple[Source, bytes]:
    """A file that was read."""
    return Source(path, "1 2 3 4", b"hash", text, fingerprint.of_bytes(record)), record


def test_what_was_kept_is_there_again(file: Path) -> None:
    """Sources with their records and texts, pages, and facts."""
    state = State(file)
    assert not state.known
    (text,) = state.keep_texts(["<p>It sailed.</p>"])
    row = source("articles/a.md", b"[]", text.key)
    state.keep_sources([row])
    state.seal_sources()
    state.keep_pages({"index.html": Written(PLACE, 5, 6)})
    state.note("place", "here")
    state.close()
    state = State(file)
    assert state.known
    assert list(state.records()) == [row]
    assert Text(text.key, text.file).text == "<p>It sailed.</p>"
    assert state.pages == {"index.html": Written(PLACE, 5, 6)}
    assert (state.fact("place"), state.fact("elsewhere")) == ("here", "")
    state.close()


def test_what_is_gone_is_forgotten(file: Path) -> None:
    """And what was read or written anew stands in its place."""
    state = State(file)
    state.keep_sources([source("a.md", b"1", b""), source("b.md", b"2", b"")])
    state.keep_sources([source("b.md", b"3", b"")])
    state.keep_signatures({"b.md": "5 6 7 8"})
    state.drop_sources(["a.md"])
    state.seal_sources()
    state.keep_pages({"a": Written(PLACE, 1, 1), "b": Written(PLACE, 2, 2)})
    state.keep_pages({"b": Written(PLACE, 3, 3)}, ["a"])
    state.close()
    state = State(file)
    ((kept, record),) = state.records()
    assert (kept.path, kept.signature, record) == ("b.md", "5 6 7 8", b"3")
    assert state.pages == {"b": Written(PLACE, 3, 3)}
    state.close()


def test_many_changes_and_few(file: Path) -> None:
    """Many are kept with all the rest, few apart from it; both are there again."""
    state = State(file)
    looks = {f"{number}/index.html": Written(PLACE, number, 1) for number in range(2000)}
    state.keep_pages(looks)
    state.keep_pages({"7/index.html": Written(PLACE, 7, 2)}, ["8/index.html", "9/index.html"])
    state.keep_pages({"9/index.html": Written(PLACE, 9, 2)})
    state.close()
    looks |= {f"{number}/index.html": Written(PLACE, number, 2) for number in (7, 9)}
    del looks["8/index.html"]
    state = State(file)
    assert state.pages == looks
    state.close()
    alter(file, "DELETE FROM facts WHERE name LIKE 'pages% since'")
    state = State(file)
    assert (state.known, state.pages) == (False, {})
    state.close()


def test_a_fact_in_the_place_of_another(file: Path) -> None:
    """It is not taken for that."""
    state = State(file)
    state.note("place", "here")
    state.close()
    alter(file, "UPDATE facts SET name = 'time' WHERE name = 'place'")
    state = State(file)
    assert (state.fact("time"), state.known) == ("", True)
    state.close()


@pytest.mark.parametrize("content", [b"", b"A text.", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_state(file: Path, content: bytes) -> None:
    """It counts as none."""
    file.parent.mkdir()
    file.write_bytes(content)
    state = State(file)
    assert (state.known, state.pages, state.sources) == (False, {}, {})
    state.close()


def test_a_folder_in_its_place(file: Path) -> None:
    """It gives way."""
    file.mkdir(parents=True)
    (file / "file").touch()
    state = State(file)
    assert not state.known
    state.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE facts SET value = CAST('another' AS BLOB) WHERE name = 'schema'",
        "UPDATE facts SET value = CAST(replace(value, 'index', '../../x') AS BLOB)",
        "UPDATE facts SET value = X'00' WHERE name LIKE 'pages%'",
        "UPDATE facts SET value = 5 WHERE name LIKE 'pages%'",
        "UPDATE facts SET seal = 5 WHERE name LIKE 'pages%'",
        "UPDATE facts SET name = 'x' || name WHERE name LIKE 'pages%'",
        "DELETE FROM facts WHERE name LIKE 'pages%'",
        "DROP TABLE facts",
        "DELETE FROM facts",
    ],
)
def test_an_altered_record_of_pages(file: Path, change: str) -> None:
    """Nothing is known then, and nothing is removed on its word."""
    state = State(file)
    state.keep_pages({"index.html": Written(PLACE, 5, 6)})
    state.close()
    alter(file, change)
    state = State(file)
    assert (state.known, state.pages, state.sources) == (False, {}, {})
    state.close()


def test_reading_broken_off(file: Path) -> None:
    """What was read counts once all was, and as long as nobody has altered it."""
    state = State(file)
    state.keep_sources([source("a.md", b"1", b"")])
    state.close()
    state = State(file)
    assert (state.known, state.sources) == (True, {})
    state.keep_sources([source("a.md", b"1", b"text")])
    state.seal_sources()
    state.close()
    alter(file, "UPDATE facts SET value = CAST(value || ' ' AS BLOB) WHERE name LIKE 'sources%'")
    state = State(file)
    assert (state.known, state.sources) == (True, {})
    state.close()


def test_a_later_reading_broken_off(file: Path) -> None:
    """What was known before is known still."""
    state = State(file)
    state.keep_sources([source("a.md", b"1", b"")])
    state.seal_sources()
    with suppress(KeyboardInterrupt), state.transaction():
        state.keep_sources([source("a.md", b"2", b"text")])
        state.drop_sources(["a.md"])
        raise KeyboardInterrupt
    state.close()
    state = State(file)
    ((_, record),) = state.records()
    assert record == b"1"
    state.close()


def test_an_altered_text_or_record(file: Path) -> None:
    """It is told when it is asked for."""
    state = State(file)
    (text,) = state.keep_texts(["It sailed."])
    state.keep_sources([source("a.md", b"1", text.key)])
    state.seal_sources()
    state.close()
    alter(file, "UPDATE texts SET text = 'It sank.'")
    alter(file, "UPDATE records SET record = X'32'")
    state = State(file)
    with pytest.raises(Damaged):
        _ = Text(text.key, text.file).text
    with pytest.raises(Damaged):
        list(state.records())
    state.close()


def alter(file: Path, change: str) -> None:
    """Change a state by the means of its own format."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(change)


# How a state may come to harm: by its bytes, or by its rows.
ALTERED = (
    "UPDATE records SET record = substr(record, 2)",
    "UPDATE records SET record = (SELECT record FROM records LIMIT 1)",
    "UPDATE records SET record = 7",
    "UPDATE records SET path = '../../outside.txt' WHERE rowid = 2",
    "UPDATE records SET path = path || 'x'",
    "UPDATE texts SET text = text || '.'",
    "UPDATE texts SET text = 3",
    "UPDATE texts SET key = zeroblob(16) WHERE rowid = 2",
    *(
        f"UPDATE facts SET {change} WHERE name LIKE '{name}%'"  # noqa: S608  # this test's own
        for name in ("pages", "sources", "standstill", "")
        for change in (
            "value = CAST(replace(value, 'index', '../../outside') AS BLOB)",
            "value = CAST(value || ' ' AS BLOB)",
            "value = substr(value, 2)",
            "value = 5",
            "seal = zeroblob(16)",
        )
    ),
    "DELETE FROM texts",
    "DELETE FROM records WHERE rowid % 2",
    "DELETE FROM facts WHERE name LIKE 'm%'",
    "DELETE FROM facts WHERE name LIKE 's%'",
    "ALTER TABLE records ADD COLUMN another TEXT",
    "DROP TABLE texts",
    "PRAGMA journal_mode = WAL",
)


def harm(file: Path, other: bytes, chance: random.Random) -> str:
    """Do some harm to a state, and tell what."""
    data = bytearray(file.read_bytes())
    at, size = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    kind = chance.choice(
        ("flip", "flip", "cut", "zero", "zero", "swap", "junk", "empty", "folder", "other", "rows")
    )
    if kind == "rows":
        change = chance.choice(ALTERED)
        with suppress(sqlite3.Error):
            alter(file, change)
        return change
    if kind == "folder":
        file.unlink()
        file.mkdir()
        return kind
    if kind == "flip":
        for _ in range(size):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del data[at:]
    elif kind == "zero":
        data[at : at + size] = bytes(len(data[at : at + size]))
    elif kind == "swap":
        first, second = (4096 * chance.randrange(len(data) // 4096) for _ in "ab")
        block = data[first : first + 4096]
        data[first : first + 4096] = data[second : second + 4096]
        data[second : second + 4096] = block
    elif kind == "junk":
        data += chance.randbytes(size)
    else:
        data = bytearray(other if kind == "other" else b"")
    file.write_bytes(data)
    return f"{kind} {size} at {at}"


@pytest.fixture
def room(tmp_path: Path, root: Path, run_pelican: Callable[..., None]) -> Iterator[Newsroom]:
    """An archive in a folder, beside which lies something that no build may touch."""
    outside = tmp_path / "outside.txt"
    outside.write_text("Outside.", encoding="utf-8")
    folder = tmp_path / "room"
    folder.mkdir()
    yield Newsroom(folder, root / "theme", run_pelican)
    assert outside.read_text("utf-8") == "Outside."


def test_a_damaged_state_gives_the_output_of_none(room: Newsroom) -> None:
    """However it was damaged; whatever was edited meanwhile; and nothing outside is touched."""
    chance = random.Random(5)  # noqa: S311  # the same damage each time
    stories = {name: room.read(name) for name in room.posts()}
    editions = []
    for edit in ("", "text", "headline", "withdrawn"):
        for name, text in stories.items():
            room.write(name, text)
        change(room, edit)
        editions.append((edit, tree(room.build_cold())))
    room.build()
    (state,) = room.states()
    other = state.read_bytes()[::-1]
    for number in range(DAMAGES):
        done = harm(state, other, chance)
        edit, expected = chance.choice(editions)
        for name, text in stories.items():
            room.write(name, text)
        change(room, edit)
        room.build()
        assert differences(tree(room.output), expected) == [], (number, done, edit)


def change(room: Newsroom, edit: str) -> None:
    """Edit the archive of the test above in one of four ways."""
    echo = "content/articles/2024/e.md"
    if edit == "text":
        room.write(echo, room.read(echo) + "\n\nMore.\n")
    elif edit == "headline":
        room.say(echo, "Title", "Echo rings")
    elif edit == "withdrawn":
        (room.folder / echo).unlink()


def test_one_build_at_a_time(tmp_path: Path) -> None:
    """A second one says that it waits, and goes on when the first has ended."""
    code = f"""
import sys
from pathlib import Path
from newsarchive.build.state import State
State(Path({str(tmp_path / "state.sqlite")!r}))
print("has it", flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", code]
    start = partial(
        *(subprocess.Popen, command),
        **dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE),
        text=True,
    )
    with start() as first:
        assert first.stdout.readline() == "has it\n"
        with start() as second:
            assert "waiting for it to end" in second.stderr.readline()
            first.communicate()
            assert second.communicate()[0] == "has it\n"
