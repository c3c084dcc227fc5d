"""What is wrong with the theme, the disk, the cache or the machine spoils no site."""

import gzip
import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.reproducible.circumstances import CUSTOMISED, INSTANT
from tests.sites import newsroom

from .conftest import OLD
from .rows import Row
from .site import Site, story

PROSE = "The ferry sailed on Monday, carrying thirty passengers and two dogs. " * 9 + "\n\n"
CACHED = """\
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CACHE_PATH = "cache"
"""


@pytest.mark.fault(Row.PLUGIN)
@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import nothing", "ModuleNotFoundError: No module named 'nothing'"),
        ("def register():\n    raise RuntimeError('No')", "RuntimeError: No"),
    ],
    ids=["to import", "to register"],
)
@pytest.mark.parametrize("plugins", ["PLUGINS += ['failing']", "PLUGINS[:0] = ['failing']"])
def test_failing_plugin(site: Site, code: str, why: str, plugins: str) -> None:
    """No site is made without what a plugin does for it."""
    site.add("failing.py", code)
    site.configure(f"sys.path.insert(0, {str(site.folder)!r})\n{plugins}")
    site.add("output/index.html", OLD)
    run = site.build()
    assert run.code == 1, run.said
    assert site.seen() == {"index.html": OLD.encode()}
    assert run.said == f"PLUGINS: failing fails ({why}); mend it, or take it out\n"


@pytest.mark.fault(Row.HALF_WRITTEN)
@pytest.mark.parametrize("template", ["{% if %}", "{{ nothing.at.all }}", "{{ nothing }}"])
def test_faulty_template(site: Site, template: str) -> None:
    """A template that cannot be printed leaves the old site whole."""
    site.add("theme/category.html", template)
    site.add("output/index.html", OLD)
    run = site.build("-e", 'THEME_TEMPLATES_OVERRIDES=["theme"]')
    assert run.code == 1, run.said
    assert site.seen() == {"index.html": OLD.encode()}
    assert "Traceback" not in run.said


@pytest.mark.fault(Row.HALF_WRITTEN)
def test_output_that_cannot_be_written(site: Site) -> None:
    """It is said so."""
    site.add("output/index.html", OLD)
    site.live.chmod(0o555)
    run = site.build()
    site.live.chmod(0o755)
    assert run.code == 1, run.said
    assert site.seen() == {"index.html": OLD.encode()}
    assert "Traceback" not in run.said


@pytest.fixture
def disk(site: Site) -> Iterator[None]:
    """Have the site on a small disk; only root may make one."""
    site.live.mkdir()
    try:
        _system("mount", "-t", "tmpfs", "-o", "size=1500k", "none", str(site.live))
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no disk can be mounted to be filled: {error}")
    try:
        yield
    finally:
        _system("umount", str(site.live))


def _system(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # named above


@pytest.mark.fault(Row.HALF_WRITTEN)
@pytest.mark.parametrize("large", ["story", "image"])
@pytest.mark.usefixtures("disk")
def test_full_disk(site: Site, large: str) -> None:
    """The old site stands as it was."""
    if large == "story":
        site.add("content/articles/a.md", story(text=PROSE * 4_000))
    else:
        site.add("content/articles/a.md", story(text="![x]({static}/images/quay.png)"))
        (site.folder / "content/images").mkdir()
        Image.effect_noise((2_000, 2_000), 99).save(site.folder / "content/images/quay.png")
    site.add("output/index.html", OLD)
    run = site.build()
    assert run.code == 1, run.said
    assert site.seen() == {"index.html": OLD.encode()}
    assert "Traceback" not in run.said


class Foreign:
    """Runs a command when it is taken out of a pickle."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch taken",)


@pytest.mark.fault(Row.CACHE)
@pytest.mark.parametrize(
    "foreign", [b"", gzip.compress(pickle.dumps(Foreign()))], ids=["damaged", "foreign"]
)
def test_cache_of_others(site: Site, foreign: bytes) -> None:
    """One that is cut short, or somebody else's, is as if there were none."""
    site.configure(CACHED)
    expected = built(site)
    for path in cached(site):
        path.write_bytes(foreign or path.read_bytes()[:-20])
    again = built(site)
    assert not (site.folder / "taken").exists()
    assert again == expected


@pytest.mark.fault(Row.CACHE)
def test_edit_that_keeps_the_time(site: Site) -> None:
    """What a file says counts, not what its date says."""
    site.configure(CACHED)
    built(site)
    path = site.folder / "content/articles/good.md"
    look = path.stat()
    path.write_text(path.read_text().replace("sailed", "landed"))
    os.utime(path, ns=(look.st_atime_ns, look.st_mtime_ns))
    pages = [data for data in built(site).values() if data]
    assert any(b"The ferry landed" in page for page in pages)
    assert not any(b"The ferry sailed" in page for page in pages)


@pytest.mark.fault(Row.REPRODUCIBLE)
def test_elsewhere(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another language, zone and folder, listed otherwise, the same site is made.

    ``tests/reproducible`` has more of it.
    """
    if not shutil.which("localedef"):
        pytest.skip("there is no localedef to make a locale")
    other = Site(tmp_path / "another folder")
    _system("localedef", "-i", "de_DE", "-f", "UTF-8", str(tmp_path / "de_DE.UTF-8"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(INSTANT))
    monkeypatch.setenv("PYTHONPATH", str(CUSTOMISED))
    for place in (site, other):
        for number in range(3):
            place.add(f"content/articles/{number}.md", story(title=f"Story {number}"))
    expected = built(site, LC_ALL="C", TZ="UTC", PYTHONHASHSEED="0", LISTING_ORDER="forwards")
    found = built(
        other,
        LOCPATH=str(tmp_path),
        LC_ALL="de_DE.UTF-8",
        TZ="Asia/Kathmandu",
        PYTHONHASHSEED="1",
        LISTING_ORDER="backwards",
    )
    assert newsroom.differences(found, expected) == []


def cached(site: Site) -> list[Path]:
    """The files that a build keeps for the next."""
    folders = [site.folder / name for name in ("cache", ".cache")]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert found
    return found


def built(site: Site, *options: str, **environment: str) -> dict[str, bytes | None]:
    """Build, and give every file."""
    run = site.build(*options, **environment)
    assert run.code == 0, run.said
    assert "Traceback" not in run.said
    return site.seen()
