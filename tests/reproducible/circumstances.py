"""Under what a site is published: all that must not show in any of its bytes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

PROJECT = Path(__file__).parents[2]
OURS = ("newsarchive", "theme", "pelicanconf.py", "publishconf.py")
CUSTOMISED = Path(__file__).parent / "customised"
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
INSTANT = 1_735_689_600  # 2025-01-01
DAY = 86_400  # seconds

ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati")
LOCALES = ("C.UTF-8", "C", "de_DE.ISO-8859-1", "tr_TR.UTF-8")
SEEDS = ("0", "1", "4294967295")
FOLDERS = ("a", "a folder/with a ‘name’", "/".join("deeper" for _ in range(12)))
UMASKS = (0o022, 0o077, 0o002)
CLOCKS = (0, -4_000, 4_000)  # days
ORDERS = ("forwards", "backwards", "by chance")
WORKERS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One of each; ``incremental`` when another edition was published from there before."""

    zone: str = ZONES[0]
    locale: str = LOCALES[0]
    seed: str = SEEDS[0]
    folder: str = FOLDERS[0]
    umask: int = UMASKS[0]
    clock: int = CLOCKS[0]
    order: str = ORDERS[0]
    workers: int = WORKERS[0]
    incremental: bool = False

    def __str__(self) -> str:
        made = "incremental" if self.incremental else "cold"
        return (
            f"{self.zone}, {self.locale}, hash seed {self.seed}, {self.folder[:20]}, "
            f"umask {self.umask:03o}, {self.clock:+} days, {self.order}, {self.workers} workers, "
            f"{made}"
        )


def combined(count: int) -> list[Circumstances]:
    """Combinations by chance, the same each time, in which each circumstance is as frequent."""
    chance = Random(1987)  # noqa: S311  # no secret
    columns = []
    for values in (ZONES, LOCALES, SEEDS, FOLDERS, UMASKS, CLOCKS, ORDERS, WORKERS, (True, False)):
        column = list(islice(cycle(values), count))
        chance.shuffle(column)
        columns.append(column)
    return [Circumstances(*row) for row in zip(*columns, strict=True)]  # type: ignore[arg-type]


def publish(write: Callable[[Path], object], folder: Path, now: Circumstances) -> Path:
    """Publish a site whose content ``write`` lays out; tells where the release is."""
    project = folder / now.folder
    project.mkdir(parents=True)
    for name in OURS:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, project / name)
    write(project / "content")
    if now.incremental:
        texts = {path: path.read_text("utf-8") for path in (project / "content").rglob("*.md")}
        for path, text in texts.items():
            path.write_text(f"{text}\nTo be continued.\n", encoding="utf-8")
        _published(project, now, INSTANT - DAY)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
    _published(project, now, INSTANT)
    return (project / "public/current").resolve()


def _published(project: Path, now: Circumstances, instant: int) -> None:
    build = [sys.executable, "-m", "pelican", "content", "-o", "public/building"]
    options = ["-s", "publishconf.py", "-e", f"NEWSARCHIVE_WORKERS={now.workers}"]
    environment = {
        "PATH": os.environ["PATH"],
        **{name: os.environ[name] for name in ("LOCPATH",) if name in os.environ},
        "PYTHONUTF8": "1",  # as make has it
        "PYTHONPATH": str(CUSTOMISED),
        "LISTING_ORDER": now.order,
        "SITEURL": "https://example.org/archive",
        "SOURCE_DATE_EPOCH": str(instant),
        "TZ": now.zone,
        "LC_ALL": now.locale,
        "LANGUAGE": now.locale[:2],
        "PYTHONHASHSEED": now.seed,
    }
    if FAKETIME and now.clock:
        environment |= {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME": f"{now.clock:+}d",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
    published = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "newsarchive.publish", "release", "--", *build, *options],
        cwd=project,
        env=environment,
        umask=now.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert published.returncode == 0, published.stdout + published.stderr
