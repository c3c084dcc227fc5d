"""How the comparison is told."""

import sys
from pathlib import Path

import pytest

from bench import measure, report
from bench.measure import Cost

COSTS = {
    "hugo": Cost(20, 40, 1000),
    "plain": Cost(10, 18, 130),
    "own": Cost(14, 27, 140.4),
    "own edited": Cost(0.8, 0.9, 90),
    "own added": Cost(1, 1, 90),
}


def test_table() -> None:
    """Each row whose builds were measured says its ratio; the others are left out."""
    lines = report.table(COSTS, {"own": "a note"}).splitlines()
    assert lines[:2] == ["| | target | stretch | measured |", "|---|---|---|---|"]
    assert [line.split(" | ")[1:] for line in lines[2:]] == [
        ["≤ 0.65", "≤ 0.5", "0.50 wall, 0.45 CPU |"],
        ["≤ 0.9", "≤ 0.65", "0.70 wall, 0.68 CPU; a note |"],
        ["≤ 0.07", "≤ 0.04", "0.040 |"],
        ["≤ 300 MiB", "≤ 150 MiB", "140 MiB |"],
    ]


def test_details() -> None:
    """The figures themselves stand below, with the number of files where there is one."""
    lines = report.details(COSTS, {"plain": 25_564}).splitlines()
    assert "| plain | 10.00 | 18.00 | 130 | 25,564 |" in lines
    assert "| own edited | 0.80 | 0.90 | 90 |  |" in lines


def test_document_names_machine_and_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was measured is worth nothing without what it was measured on."""
    monkeypatch.setattr(report, "version", lambda _name: "1.2.3")
    text = report.document("500 made-up stories", 3, "the table")
    assert "500 made-up stories; medians of 3 alternating runs" in text
    assert "hugo 1.2.3" in text
    assert text.endswith("\n\nthe table")


def test_cost_counts_children(tmp_path: Path) -> None:
    """Processor time and memory are those of the processes that a build starts, too."""
    child = "x = bytearray(80 * 2**20); sum(range(3_000_000))"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    )
    cost = measure.cost([sys.executable, "-c", parent], tmp_path, tmp_path / "log.txt")
    assert cost.peak > 80
    assert cost.cpu > 0
    assert cost.wall > 0


def test_failed_build(tmp_path: Path) -> None:
    """A build that fails ends the comparison with what it said."""
    command = [sys.executable, "-c", "raise SystemExit('the disk is full')"]
    with pytest.raises(measure.BuildFailed, match="the disk is full"):
        measure.cost(command, tmp_path, tmp_path / "log.txt")


def test_middle() -> None:
    """Each figure is the median of its own."""
    costs = [Cost(3, 10, 7), Cost(1, 30, 9), Cost(2, 20, 8)]
    assert measure.middle(costs) == Cost(2, 20, 8)


def test_differing(tmp_path: Path) -> None:
    """Files that are missing or differ by a byte are named."""
    for folder, files in (("a", {"x": "1", "y": "2"}), ("b", {"x": "1", "y": "3", "z/z": ""})):
        for name, text in files.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(text)
    assert measure.differing(tmp_path / "a", tmp_path / "b") == ["y", "z/z"]
