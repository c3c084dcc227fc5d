"""The same content gives the same bytes, in each file of a release, its manifest and its twins."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from PIL import Image

from tests.browser import kitchen_sink
from tests.sites import newsroom

from .circumstances import LOCALES, PROJECT, Circumstances, combined, publish

THOROUGHLY = "REPRODUCE" in os.environ  # make repro
ELSEWHERE = Circumstances(
    zone="Asia/Kathmandu",
    locale="C",
    seed="1",
    folder="a folder/with a ‘name’",
    umask=0o077,
    clock=-4_000,
    order="backwards",
    workers=2,
)
LATER = Circumstances(
    zone="America/St_Johns",
    locale="de_DE.ISO-8859-1",
    seed="4294967295",
    folder="b",
    umask=0o002,
    clock=4_000,
    order="by chance",
    workers=5,
    incremental=True,
)


def _newsroom(content: Path) -> None:
    embargoed = {"articles/2025/i.md": newsroom.story("India waits", "2025-06-01")}
    for name, text in {**newsroom.FILES, **embargoed}.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    for name, shade in (("quay", 10), ("map", 20)):
        Image.new("L", (20 + shade, 10), shade).save(content / f"images/{name}.png")


def _own(content: Path) -> None:
    shutil.copytree(PROJECT / "content", content)


WRITERS: Mapping[str, Callable[[Path], object]] = {
    "newsroom": _newsroom,
    **({"own": _own, "kitchen sink": kitchen_sink.write} if THOROUGHLY else {}),
}


@pytest.fixture(scope="module", autouse=True)
def locales(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have the locales that this machine lacks; without their sources their names must do."""
    folder = tmp_path_factory.mktemp("locales")
    with pytest.MonkeyPatch.context() as patch:
        if shutil.which("localedef"):
            for locale in LOCALES:
                language, _, charmap = locale.partition(".")
                command = ["localedef", "-i", language, "-f", charmap, str(folder / locale)]
                subprocess.run(command, check=False, capture_output=True)  # noqa: S603  # ours
            patch.setenv("LOCPATH", str(folder))
        yield


@pytest.fixture(scope="module", params=WRITERS)
def site(request: pytest.FixtureRequest) -> str:
    """A site by its name."""
    return str(request.param)


@pytest.fixture(scope="module")
def expected(site: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """Every file of its release, as published here and now."""
    release = publish(WRITERS[site], tmp_path_factory.mktemp("expected"), Circumstances())
    return newsroom.tree(release)


@pytest.mark.parametrize("now", combined(12) if THOROUGHLY else [ELSEWHERE, LATER], ids=str)
def test_one_site(
    tmp_path: Path, site: str, expected: dict[str, bytes | None], now: Circumstances
) -> None:
    """Nothing of where, when and how it was built is in it."""
    release = newsroom.tree(publish(WRITERS[site], tmp_path, now))
    assert len(release) > 50
    assert newsroom.differences(release, expected) == []
