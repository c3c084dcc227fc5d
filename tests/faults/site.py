"""A tiny site, and what builds it: the archive, or stock Pelican under ``STOCK``."""

import ctypes
import logging
import os
import signal
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from resource import RLIMIT_CPU, setrlimit
from textwrap import dedent
from types import ModuleType

import pelican

from tests.sites import newsroom

STOCK = "STOCK" in os.environ  # make faults-on-stock
ROOT = Path(__file__).parents[2]
CONF = Path(__file__).with_name("stockconf.py") if STOCK else ROOT / "pelicanconf.py"
THEME = "simple" if STOCK else str(ROOT / "theme")
CAPABILITIES, CAPBSET_DROP = 0x20080522, 24  # the version of capset(2), an option of prctl(2)
PROCESSOR, PATIENCE = 5, 60  # seconds that a command may work, and take

GOOD = """\
    Title: A ferry sails
    Date: 2024-09-30
    Category: World

    The ferry sailed.
    """


def story(*lines: str, title: str = "B", date: str = "2024-09-30", text: str = "It sailed.") -> str:
    """Write a post, with more lines in its header."""
    return "\n".join((f"Title: {title}", f"Date: {date}", "Category: World", *lines, "", text, ""))


@dataclass(frozen=True)
class Run:
    """What became of a command: its exit code, or minus the signal that ended it; what it said."""

    code: int
    said: str


class Site:
    """A folder with ``content/``, in which commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.live = folder / "output"  # what readers see
        self.conf = CONF
        self.add("content/articles/good.md", GOOD)

    def add(self, name: str, text: str | bytes) -> None:
        """Put a file in its place; a text may be indented."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())

    def configure(self, lines: str) -> None:
        """Have a configuration of its own, which goes on from the usual one."""
        here = f"import sys\nsys.path.insert(0, {str(CONF.parent)!r})\nfrom {CONF.stem} import *\n"
        self.add("conf.py", f"{here}THEME = {THEME!r}\n{lines}\n")
        self.conf = self.folder / "conf.py"

    def seen(self) -> dict[str, bytes | None]:
        """Every file of the site, and every folder."""
        return newsroom.tree(self.live)

    def build(self, *options: str, **environment: str) -> Run:
        """Build the site."""
        return self.ended(self.building(*options, **environment))

    def building(self, *options: str, **environment: str) -> int:
        """Begin to build it."""
        command = ["content", "-o", str(self.live), "-s", str(self.conf), *options]
        return self.start(pelican, *command, **environment)

    def start(self, module: ModuleType, *command: str, **environment: str) -> int:
        """Begin to run a command as a user without privileges; tells its number.

        It is a fork, which has all imported, where it need not see an environment from its start.
        Stock Pelican begins from nothing: it would make use of the archive's readers.
        """
        process = os.fork()
        if process:
            return process
        code = 99
        try:
            self._become(environment)
            if STOCK or environment:
                os.execv(sys.executable, [sys.executable, "-m", module.__name__, *command])  # noqa: S606  # as above
            code = module.main([*command]) or 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def said(self, process: int) -> str:
        """What a command has said so far."""
        log = self.folder / f"log-{process}"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def ended(self, process: int) -> Run:
        """Wait until a command has ended."""
        _, status = os.waitpid(process, 0)
        return Run(os.waitstatus_to_exitcode(status), self.said(process))

    def _become(self, environment: dict[str, str]) -> None:
        """Be a process of its own, which nothing of the test shows in."""
        log = os.open(self.folder / f"log-{os.getpid()}", os.O_WRONLY | os.O_CREAT)
        for number in (1, 2):
            os.dup2(log, number)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # a number
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # as above
        os.chdir(self.folder)
        os.environ.update({"PYTHONUTF8": "1", **environment})
        warnings.resetwarnings()
        logging.root.handlers.clear()  # pytest's, beside which Pelican would have none
        system = ctypes.CDLL(None)
        for capability in range(64):
            system.prctl(CAPBSET_DROP, capability, 0, 0, 0)
        system.capset((ctypes.c_uint32 * 2)(CAPABILITIES, 0), (ctypes.c_uint32 * 6)())
        setrlimit(RLIMIT_CPU, (PROCESSOR, PROCESSOR))
        signal.alarm(PATIENCE)
