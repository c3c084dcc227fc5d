"""Say everything that is wrong below ``content/``, and write nothing: ``make check``."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from pelican import Pelican
from pelican.log import console
from pelican.settings import read_settings

from newsarchive.archive import ArchiveGenerator
from newsarchive.errors import NO_CONTENT, ArchiveError, ContentFaults, Fault, SettingsFaults
from newsarchive.reading import Reading


class Checker(ArchiveGenerator):
    """Does all that a build does up to its plan."""

    def build(self, read: Reading) -> NoReturn:
        """Read the proofs, unless nothing has changed, and print nothing."""
        if not read.stands:
            self.proofread(read)
        raise Enough(())


class Enough(Exception):
    """A build has come as far as it should, and no plugin is to be told that it is done."""

    def __init__(self, found: Sequence[Any]) -> None:
        self.found = found
        super().__init__()


class Rehearsal(Pelican):  # type: ignore[misc]
    """A run of Pelican in which the archive's own generator is another one."""

    def __init__(self, settings: dict[str, Any], generator: type[ArchiveGenerator]) -> None:
        super().__init__({**settings, "DELETE_OUTPUT_DIRECTORY": False})
        self._generator = generator

    def _get_generator_classes(self) -> list[type]:
        usual = super()._get_generator_classes()
        return [self._generator if each is ArchiveGenerator else each for each in usual]

    def run(self) -> Sequence[Any]:
        """Give what the generator has found when it has had enough; raises ArchiveError."""
        try:
            super().run()
        except Enough as enough:
            return enough.found
        finally:
            console.quiet = False
        return ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check an archive; returns the exit code."""
    options = parser("newsarchive.check", __doc__ or "")
    options.add_argument("--format", choices=[*FORMATS, ""], default="", help="how to say it")
    given = options.parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    faults: Sequence[Fault] = ()
    try:
        Rehearsal(settings_of(given), Checker).run()
    except ContentFaults as error:
        faults = error.faults
    except ArchiveError as error:
        faults = [_of_no_file(line, given.settings) for line in str(error).splitlines()]
    sys.stdout.write(FORMATS[given.format or "text"](faults))
    return 1 if faults else 0


def parser(module: str, meaning: str) -> argparse.ArgumentParser:
    """What every command takes that looks at an archive as Pelican would build it."""
    found = argparse.ArgumentParser(prog=f"python -m {module}", description=meaning)
    found.add_argument("content", type=Path, help="the folder of the archive's content")
    found.add_argument("-o", "--output", type=Path, required=True, help="where it is built")
    found.add_argument("-s", "--settings", required=True, help="its configuration")
    return found


def settings_of(given: argparse.Namespace) -> dict[str, Any]:
    """Pelican's settings for an archive; raises SettingsFaults where there is none."""
    places = {"PATH": str(given.content.absolute()), "OUTPUT_PATH": str(given.output.absolute())}
    if not given.content.is_dir():
        raise SettingsFaults(NO_CONTENT)
    settings: dict[str, Any] = read_settings(given.settings, override=places)
    return settings


def _of_no_file(message: str, settings: str) -> Fault:
    """A fault that is nobody's in ``content/``, and mostly the configuration's."""
    problem, _, cure = message.rpartition("; ")
    return Fault(settings, 1, problem or cure, cure if problem else "see docs/settings.md")


def _as_text(faults: Sequence[Fault]) -> str:
    count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "No faults"
    return "".join(f"{line}\n" for line in (*faults, count))


def _as_json(faults: Sequence[Fault]) -> str:
    return f"{json.dumps(list(map(asdict, faults)), indent=1)}\n"


def _as_annotations(faults: Sequence[Fault]) -> str:
    """Commands to a GitHub workflow, which shows each fault beside its line."""
    return "".join(
        f"::error file={_escaped(fault.path, of_property=True)},line={fault.line}::"
        f"{_escaped(f'{fault.problem}; {fault.cure}')}\n"
        for fault in faults
    )


def _escaped(text: str, *, of_property: bool = False) -> str:
    for character in "%\r\n" + ":," * of_property:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


FORMATS: Mapping[str, Callable[[Sequence[Fault]], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_annotations,
}

if __name__ == "__main__":
    sys.exit(main())
