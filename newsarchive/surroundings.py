"""The surroundings: what a site is made from beside its posts, and whether that has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsarchive import settings as archive_settings
from newsarchive.build import standstill
from newsarchive.build.fingerprint import Digests
from newsarchive.run import Run


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What posts are ``read_by``, code and settings, as a digest; how all other files looked.

    They are looked at before anything is read: what changes after that is the next build's to see.
    """

    read_by: bytes = b""
    looks: Mapping[str, str] = field(default_factory=dict)


def of(run: Run, digests: Digests) -> Surroundings:
    """Look at the surroundings of a run.

    A setting that cannot be seen into counts as changed. Where the registers are says nothing of
    what is read.
    """
    registers = {archive_settings.REGISTER, archive_settings.FORMER}
    readable = {
        name: digests.seen(value)
        for name, value in sorted(run.settings.items())
        if name not in registers
    }
    themes = map(Path, (run.theme, *run.settings["THEME_TEMPLATES_OVERRIDES"]))
    looks = standstill.looks(themes, ())
    looks |= {f"{run.path}/{path}": look for path, look in run.inventory.others.items()}
    return Surroundings(digests.of((run.code, readable)), looks)


def are_as_before(run: Run, now: Surroundings) -> bool:
    """Tell whether the last build was whole, and all but posts is as it was then."""
    last = standstill.noted(run.state)
    found = _looks_with(run, now, last.beside)
    return (
        last.sources == run.state.seal
        and last.holds(standstill.digest(now.read_by, found), found.values(), run.instant)
        and not run.lacking()
    )


def digest(run: Run, now: Surroundings, beside: Iterable[str]) -> str:
    """Tell these surroundings from any other; ``beside`` are paths of further files."""
    return standstill.digest(now.read_by, _looks_with(run, now, beside))


def _looks_with(run: Run, now: Surroundings, beside: Iterable[str]) -> dict[str, str]:
    """How all files look that are not posts: the registers, which builds write, as of now."""
    registers = filter(None, (run.ledger, run.former))
    return {
        **standstill.looks((), map(Path, beside)),
        **now.looks,
        **standstill.looks((), registers),
    }
