"""What a build says that it has published."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsarchive.errors import SettingsFaults

from .newsroom import Newsroom, differences, tree

Build = Callable[..., Path]

ONE = "urn:uuid:00000000-0000-4000-8000-000000000001"
FERRY = f"""\
    Title: A ferry sails
    Date: 2024-09-30
    Id: {ONE}
    Tags: Ferries

    The ferry sailed.
    """
FERRIES = "Title: Ferries\nAliases: Boats\n"


@pytest.fixture
def newsroom(tmp_path: Path, root: Path, run_pelican: Callable[..., None]) -> Newsroom:
    """Lay out an archive that was not built yet."""
    return Newsroom(tmp_path, root / "theme", run_pelican)


def entries(file: Path) -> dict[str, Any]:
    """What a register says."""
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def test_every_page_and_feed_is_entered(build: Build, tmp_path: Path) -> None:
    """Each says which story's it is; redirects say where they lead; no other file is entered."""
    files = {"articles/a.md": FERRY, "topics/ferries.md": FERRIES, "images/a.svg": "<svg/>"}
    output = build(files, NEWSARCHIVE_REGISTER="register.json")
    found = entries(tmp_path / "register.json")
    assert {path: story for path, story in found["pages"].items() if story} == {
        "2024/09/30/a-ferry-sails/index.html": ONE
    }
    assert found["redirects"] == {"tag/boats/index.html": "tag/ferries/index.html"}
    assert found["withdrawn"] == found["former"] == {}
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert found["pages"].keys() < files
    left = {path.partition("/")[0] for path in files - found["pages"].keys()}
    assert left == {"tag", "theme", "images", ".newsarchive"}


def test_no_register(build: Build, tmp_path: Path) -> None:
    """Unasked, a build writes none."""
    build({"articles/a.md": FERRY})
    assert list(tmp_path.glob("*.json")) == []


def test_a_register_is_not_published(build: Build) -> None:
    """One inside of the output is refused."""
    with pytest.raises(SettingsFaults, match="NEWSARCHIVE_REGISTER has to be outside"):
        build({"articles/a.md": FERRY}, NEWSARCHIVE_REGISTER="output/register.json")


def test_a_register_that_is_missing(build: Build, tmp_path: Path) -> None:
    """Nothing is written where the last release's register cannot be read."""
    with pytest.raises(SettingsFaults, match=r"last\.json: no register can be read there"):
        build({"articles/a.md": FERRY}, NEWSARCHIVE_FORMER="last.json")
    assert not list((tmp_path / "output").rglob("*.html"))


def test_a_build_that_finds_nothing_to_do_leaves_a_register(newsroom: Newsroom) -> None:
    """A lost register is written again, one elsewhere too, and no post is read for it."""
    newsroom.settings["NEWSARCHIVE_REGISTER"] = "one.json"
    newsroom.build()
    first, before = newsroom.read("one.json"), tree(newsroom.output)
    (newsroom.folder / "one.json").unlink()
    newsroom.build()
    newsroom.settings["NEWSARCHIVE_REGISTER"] = "two.json"
    newsroom.build()
    assert newsroom.read("one.json") == newsroom.read("two.json") == first
    assert differences(tree(newsroom.output), before) == []
