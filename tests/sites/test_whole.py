"""Where a build fails after the plan, the site that was there stays as it was, whole."""

import errno
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from newsarchive.build import writer
from newsarchive.errors import PageFailed

Build = Callable[..., Path]

STORY = """\
    Title: {title}
    Date: 2024-09-30
    Category: World
    Tags: {tag}

    {text}
    """
BEFORE = {"articles/a.md": STORY.format(title="A ferry sails", tag="Ferries", text="It sailed.")}
AFTER = {
    "articles/a.md": STORY.format(title="A ferry sails", tag="Quays", text="It sailed back."),
    "articles/b.md": STORY.format(title="Another sails", tag="Quays", text="It sailed too."),
}


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old_site(build: Build, tmp_path: Path) -> Mapping[str, bytes]:
    """The site of one story, and a theme of its own that knows no error."""
    build(BEFORE)
    return files(tmp_path / "output")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_cannot_be_made(
    workers: int, old_site: Mapping[str, bytes], build: Build, tmp_path: Path
) -> None:
    """It is found out when many others are finished, none of which is seen."""
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides/tag.html").write_text("{{ group.nowhere.to_be_found }}", "utf-8")
    with pytest.raises(PageFailed, match="nowhere"):
        build(
            AFTER,
            THEME_TEMPLATES_OVERRIDES=[str(tmp_path / "overrides")],
            NEWSARCHIVE_WORKERS=workers,
        )
    assert files(tmp_path / "output") == old_site
    build(AFTER)
    assert (
        b"It sailed back." in (tmp_path / "output/2024/09/30/a-ferry-sails/index.html").read_bytes()
    )
    assert not (tmp_path / "output/tag/ferries").exists()


def test_a_first_site_that_is_broken_off(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had its place by then is made anew by the next build, or taken away."""
    usual = writer.move
    places: list[str] = []

    def move(file: str, path: str) -> None:
        if len(places) == 3:
            raise OSError(errno.EIO, "Input/output error")
        places.append(path)
        usual(file, path)

    monkeypatch.setattr(writer, "move", move)
    with pytest.raises(OSError, match="Input/output error"):
        build(AFTER)
    assert not (tmp_path / "output/.newsarchive.new").exists()
    monkeypatch.undo()
    output = build(BEFORE)
    healed = {path.removeprefix(f"{output}/") for path in files(output)}
    (tmp_path / "output").rename(tmp_path / "healed")
    anew = {path.removeprefix(f"{output}/") for path in files(build(BEFORE))}
    assert healed == anew


def test_a_full_disk(
    old_site: Mapping[str, bytes],
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wherever in the build there is no room any more, what was written of it is gone again."""
    usual = writer.create
    for room in range(20):
        left = iter(range(room))

        def create(path: str, content: object, left: object = left) -> object:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise OSError(errno.ENOSPC, "No space left on device")
            return usual(path, content)  # type: ignore[arg-type]

        monkeypatch.setattr(writer, "create", create)
        with pytest.raises(PageFailed, match="No space left"):
            build(AFTER, NEWSARCHIVE_WORKERS=1)
        assert files(tmp_path / "output") == old_site


def test_what_a_killed_build_has_left(build: Build) -> None:
    """The next one takes it away."""
    output = build(BEFORE)
    left = output / ".newsarchive.new/0"
    left.parent.mkdir()
    left.write_text("half a pa", encoding="utf-8")
    build(AFTER)
    assert not left.parent.exists()
