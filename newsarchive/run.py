"""The run: what is known of one build from its beginning, and where it notes what is wrong."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import time_ns
from typing import Any
from urllib.parse import unquote

from pelican.generators import Generator
from pelican.log import console

from newsarchive import settings as archive_settings
from newsarchive.article import header, intake, inventory, reader
from newsarchive.article.inventory import Inventory
from newsarchive.build import fingerprint, images
from newsarchive.build.engine import lacking
from newsarchive.build.pool import Pool, aside, cpus
from newsarchive.build.progress import Watch
from newsarchive.build.state import State
from newsarchive.catalog.addresses import Addresses
from newsarchive.errors import Fault, Faults, Misfit
from newsarchive.settings import Site


@dataclass(frozen=True)
class Run:
    """One build, of ``content/`` at ``path`` into ``output``.

    ``context`` is Pelican's, which its other generators fill. ``began`` is when files were looked
    at first, in nanoseconds, ``instant`` the moment for which the site is built, in seconds.
    ``ledger`` is the register to be written, ``former`` that of the last release. Where others
    ``heard`` Pelican's signals, Pelican's own contents are made. ``code`` is the digest of all
    that pages are made with. ``faults``, ``watch`` and ``state`` are added to; ``lacking`` waits
    for the pages that are not in the output as they were written.
    """

    settings: Mapping[str, Any]
    context: dict[str, Any]
    path: str
    theme: Path
    output: Path
    began: int
    instant: float
    site: Site
    pool: Pool
    addresses: Addresses
    images: images.Store
    ledger: Path | None
    former: Path | None
    heard: Sequence[str]
    code: bytes
    inventory: Inventory
    faults: Faults
    watch: Watch
    state: State
    lacking: Callable[[], Collection[str]]

    @classmethod
    def begin(cls, generator: Generator) -> "Run":
        """Find out all this for a run of Pelican; the inventory is taken beside the rest."""
        watch = Watch(console)
        with watch.phase("look"):
            began, settings = time_ns(), generator.settings
            site = archive_settings.read(settings)
            instant = archive_settings.instant(os.environ).timestamp()
            inventory.begin(generator)
            cache = archive_settings.cache(settings)
            output = Path(generator.output_path)
            name = fingerprint.of_bytes(str(output.resolve()).encode()).hex()[:12]
            state = State(cache / f"state-{name}.sqlite")
            lacks = aside(lacking, output, state.pages)  # while the inventory is taken
            run = cls(
                settings=settings,
                context=generator.context,
                path=generator.path,
                theme=Path(generator.theme),
                output=output,
                began=began,
                instant=instant,
                site=site,
                pool=archive_settings.pool(settings, cpus()),
                addresses=Addresses(settings),
                images=images.Store(cache / "pictures", Path(generator.path)),
                ledger=archive_settings.place(settings, archive_settings.REGISTER),
                former=archive_settings.place(settings, archive_settings.FORMER),
                heard=intake.listening(settings),
                code=fingerprint.of_code(Path(__file__).parent),
                inventory=inventory.of(generator),
                faults=generator.context[intake.FAULTS],
                watch=watch,
                state=state,
                lacking=lacks,
            )
            run.faults.extend(run.inventory.faults)
        return run

    def note(self, misfits: Iterable[Misfit]) -> None:
        """Note what does not fit, each in its line."""
        self.faults.extend(placed(misfit, self.path) for misfit in misfits)

    @cached_property
    def copies(self) -> dict[str, str]:
        """Where the files that may be copied come from, by their addresses.

        Pelican has found them only when everything is read.
        """
        files = self.context["static_content"].values()
        return {unquote(file.url): file.get_relative_source_path() for file in files}


def placed(misfit: Misfit, root: str) -> Fault:
    """Find the line of a misfit, which only the file itself tells; ``root`` is ``content/``."""
    path = Path(root, misfit.source_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""  # a picture, which has no lines
    lines, _ = header.split(text, "", Faults())
    if misfit.key in lines:
        line = lines[misfit.key].line
    else:
        words = misfit.key if misfit.key in text else unquote(misfit.key)
        found = re.search(rf"{re.escape(words)}(?![\w/#%-])", text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
    return Fault(reader.shown_path(path), line, misfit.problem, misfit.cure)
