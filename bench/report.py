"""The table of targets with what was measured, as Markdown."""

import os
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from bench.measure import Cost

Costs = Mapping[str, Cost]  # medians by the name of what was built

PACKAGES = ("pelican", "markdown", "jinja2", "nh3", "hugo", "pagefind")
SMALL = 0.1  # below it, a ratio is told with three digits


class Figure(NamedTuple):
    """A cost of one build in proportion to that of another; where none is named, by itself."""

    of: str
    to: str
    cost: str = "wall"
    word: str = ""

    def measured(self, costs: Costs) -> str:
        """Say it in figures."""
        value: float = getattr(costs[self.of], self.cost)
        if not self.to:
            return f"{value:.0f} MiB"
        ratio = value / getattr(costs[self.to], self.cost)
        return f"{ratio:.{3 if ratio < SMALL else 2}f} {self.word}".rstrip()


class Row(NamedTuple):
    """One line of the table."""

    words: str
    target: str
    stretch: str
    figures: tuple[Figure, ...]

    @property
    def builds(self) -> set[str]:
        """What has to be built for it."""
        return {build for figure in self.figures for build in (figure.of, figure.to) if build}


def _cold(of: str, to: str) -> tuple[Figure, ...]:
    return Figure(of, to, "wall", "wall"), Figure(of, to, "cpu", "CPU")


ROWS = {
    "plain": Row(
        "cold build, plain pages like those of Hugo's plain site, against Hugo",
        *("≤ 0.65", "≤ 0.5", _cold("plain", "hugo")),
    ),
    "own": Row(
        "cold build, the archive's own theme with feeds and structured data, against the same",
        *("≤ 0.9", "≤ 0.65", _cold("own", "hugo")),
    ),
    "simple": Row(
        "cold build, theme `simple`, against stock Pelican",
        *("≤ 0.15", "≤ 0.10", _cold("simple", "stock")),
    ),
    "edited": Row(
        "one story edited, the archive's own theme, against Hugo's full build",
        *("≤ 0.07", "≤ 0.04", (Figure("own edited", "hugo"),)),
    ),
    "added": Row(
        "one story added, one withdrawn",
        *("≤ 0.08", "≤ 0.05"),
        (
            Figure("own added", "hugo", "wall", "added"),
            Figure("own withdrawn", "hugo", "wall", "withdrawn"),
        ),
    ),
    "unchanged": Row("nothing changed", *("≤ 0.05", "≤ 0.03", (Figure("own unchanged", "hugo"),))),
    "memory": Row(
        "peak memory of the largest process, cold",
        *("≤ 300 MiB", "≤ 150 MiB", (Figure("own", "", "peak"),)),
    ),
    "search": Row(
        "a build that makes the whole search index, against Pagefind on the same pages",
        *("", "", (*_cold("index", "pagefind"), Figure("index", "pagefind", "peak", "memory"))),
    ),
    "many": Row(
        "cold build of many times the stories, against the set once",
        *("≤ 11 times", "memory ≤ 6 times"),
        (Figure("many", "own", "wall", "time"), Figure("many", "own", "peak", "memory")),
    ),
    "many-edited": Row(
        "one story edited in many times the stories, against the same in the set once",
        *("≤ 6 times", "≤ 3 times", (Figure("many edited", "own edited"),)),
    ),
}


def table(costs: Costs, notes: Mapping[str, str]) -> str:
    """Set the rows whose builds were measured; ``notes`` add to a row by its name."""
    lines = ["| | target | stretch | measured |", "|---|---|---|---|"]
    for name, row in ROWS.items():
        if costs.keys() >= row.builds:
            figures = ", ".join(figure.measured(costs) for figure in row.figures)
            note = f"; {notes[name]}" if name in notes else ""
            lines.append(f"| {row.words} | {row.target} | {row.stretch} | {figures}{note} |")
    return "\n".join(lines)


def details(costs: Costs, files: Mapping[str, int]) -> str:
    """Set the medians themselves."""
    lines = ["| build | wall, s | CPU, s | peak, MiB | files |", "|---|--:|--:|--:|--:|"]
    for name, cost in costs.items():
        count = f"{files[name]:,}" if name in files else ""
        lines.append(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} | {count} |")
    return "\n".join(lines)


def document(stories: str, runs: int, *parts: str) -> str:
    """Write it all down."""
    how = (
        f"medians of {runs} alternating runs, old output put aside and disk synced outside the "
        "timing"
    )
    head = f"{datetime.now(UTC).date()}; {stories}; {how}. {_machine()}."
    return "\n\n".join(("# What `make bench` measured", head, *parts))


def _machine() -> str:
    """Say on what was measured, and with which versions."""
    told = Path("/proc/cpuinfo")
    text = told.read_text(encoding="utf-8") if told.is_file() else ""
    model = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    processor = model[1] if model else platform.processor() or platform.machine()
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"Python {platform.python_version()}"
    return f"{processor}, {len(os.sched_getaffinity(0))} processors; {system}; {python}, {packages}"
