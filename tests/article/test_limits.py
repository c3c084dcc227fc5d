"""What is too much for the parser is refused by name; what is merely long is read."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsarchive.desk import Copy

Read = Callable[[bytes], Copy]

HEADER = "Title: A ferry sails\nDate: 2024-09-30\n\n"
CURE = "simplify it, or split the story in two"
PROSE = "The ferry sailed on Monday, carrying thirty passengers and two dogs. " * 9 + "\n\n"
MEASURED = r"""\
import re, sys, time
from pathlib import Path
from pelican.settings import read_settings
from newsarchive.desk import Desk
desk = Desk(read_settings(sys.argv[1], override={"PATH": sys.argv[2], "PLUGINS": []}))
began = time.process_time()
copy = desk.read("articles/a.md")
assert not copy.faults, copy.faults[0]
# What the system says of resources used counts those of the process that started this one.
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]
print(time.process_time() - began, peak)
"""


def test_ten_megabytes_of_prose(tmp_path: Path, root: Path) -> None:
    """They are read within five seconds and 300 MB."""
    (tmp_path / "articles").mkdir()
    text = HEADER + PROSE * ((10_000_000 - len(HEADER)) // len(PROSE))
    (tmp_path / "articles/a.md").write_text(text)
    command = [sys.executable, "-c", MEASURED, str(root / "pelicanconf.py"), str(tmp_path)]
    done = subprocess.run(  # noqa: S603  # this very Python
        command, cwd=root, capture_output=True, text=True, check=True
    )
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < 5
    assert kilobytes < 300_000


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("x\n\n" + "[" * 20_000, 6, "a paragraph has 20,000 opening brackets and 0 other marks"),
        ("[a](b) " * 20_000, 4, "a paragraph has 20,000 opening brackets and 0 other marks"),
        ("*a* _b_ " * 20_000, 4, "a paragraph has 0 opening brackets and 80,000 other marks"),
        ("x\n\n" + "# a\n" * 20_000, 6, "there are more than 2,000 headings in a row"),
        ("x\n\n" + "---\n" * 20_000, 6, "there are more than 2,000 headings in a row"),
        (PROSE.replace("ferry", "*ferry*") * 6_500, 4, "the text has more than 4,000,000 chara"),
        ("- a\n" * 50_000, 4, "the text has more than 20,000 lines of lists, tables and headings"),
        ("a|b\n-|-\n" + "c|d\n" * 50_000, 4, "the text has more than 20,000 lines of lists, tab"),
        ("|".join("a" * 60_000) + "\n", 4, "the text has tables of more than 50,000 cells"),
        ("".join(f"*[A{n}]: x\n" for n in range(900)) + "A1 " * 9_000, 4, "the text is too long"),
        ("- " * 1_000 + "a", 4, "the text is nested too deep"),
        ("> " * 9_000_000, 1, "the file has more than 10 million bytes"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_too_much(text: str, line: int, problem: str, read: Read) -> None:
    """Each is a fault on its line, that says what there is too much of."""
    [fault] = read((HEADER + text).encode()).faults
    assert fault.problem.startswith(problem)
    assert fault.line == line
    assert fault.cure.endswith("split the story in two")


@pytest.mark.parametrize(
    "text", ["[" * 999, "[a](http://b.c) " * 999, "- [a](http://b.c)\n" * 3_000, "a|*b*\n" * 3_000]
)
def test_much_that_is_not_too_much(text: str, read: Read) -> None:
    """A text of a thousand links is read."""
    assert read((HEADER + text).encode()).faults == ()


def test_text_after_one_that_was_too_much(read: Read) -> None:
    """What was broken off leaves nothing behind in the parser."""
    good = f"{HEADER}A *ferry*[^1].\n\n> It [sailed][].\n\n[^1]: Yes.\n".encode()
    before = read(good)
    for bad in ("- " * 1_000 + "a", "> [^1]: x\n" + "[" * 20_000):
        assert read((HEADER + bad).encode()).faults
        assert read(good) == before


def test_value_that_goes_on(read: Read) -> None:
    """A value is a line or a few; a text that begins too late is not taken for one."""
    text = f"{HEADER.rstrip()}\nSummary: a\n" + "    more\n" * 3_000
    [fault] = read(text.encode()).faults
    assert fault.line == 3
    assert fault.problem == "Summary has more than 10,000 characters"
