"""Where the archive takes hold of a run of Pelican: one function for each signal."""

import sys
from collections.abc import Callable
from functools import partial

from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.readers import Readers
from pelican.writers import Writer

from newsarchive import settings as archive_settings
from newsarchive.archive import ArchiveGenerator
from newsarchive.article import intake, inventory, reader
from newsarchive.errors import Faults, SettingsFaults


def check_settings(pelican: Pelican) -> None:
    """Fail before anything is read where a setting is wrong."""
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8":  # an address would not find its file
        raise SettingsFaults(f"Names of files would be written in {encoding}; set PYTHONUTF8=1")
    archive_settings.read(pelican.settings)


def use_reader(readers: Readers) -> None:
    """Have posts read by the archive's reader."""
    reader.use(readers)


def take_over_stories(generator: ArticlesGenerator) -> None:
    """Leave reading stories to the desk, unless plugins want to see them, and pages to the plan."""
    console.quiet = False  # again, where Pelican builds more than once
    generator.context["archive_stories"] = generator
    _take_over(generator, intake.read_stories)


def take_over_pages(generator: PagesGenerator) -> None:
    """Do the same for the pages that stand beside the stories."""
    generator.context["archive_pages"] = generator
    _take_over(generator, intake.read_pages)


def take_over_copies(generator: StaticGenerator) -> None:
    """Take the files to copy from the inventory, and leave copying them to the plan."""
    generator.get_files = lambda *_, **__: inventory.of(generator).copied
    generator.check_disabled_readers = _leave_to_the_desk
    generator.generate_output = _leave_to_the_plan


def _take_over(generator: Generator, read: Callable[[Generator], None]) -> None:
    generator.context.setdefault(intake.FAULTS, Faults())
    generator.generate_context = partial(_read_for_plugins, generator, read)
    generator.check_disabled_readers = _leave_to_the_desk
    generator.generate_output = _leave_to_the_plan


def _read_for_plugins(generator: Generator, read: Callable[[Generator], None]) -> None:
    if intake.listening(generator.settings):
        read(generator)


def _leave_to_the_desk() -> None:
    """Look at no file: the desk does."""


def _leave_to_the_plan(_writer: Writer) -> None:
    """Write nothing: ArchiveGenerator writes every page."""


def generators(_pelican: Pelican) -> type[Generator]:
    """Add the archive's own generator to Pelican's."""
    return ArchiveGenerator
