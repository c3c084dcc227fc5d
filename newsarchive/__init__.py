"""A news archive on Pelican: wire copy in, a static site that keeps stories for good out."""

import gc
import logging

from pelican.plugins import signals

from newsarchive.errors import leave_out_no_plugin, speak_plainly


def begin() -> None:
    """See to it that a build is refused in words; a configuration calls this above all else."""
    gc.set_threshold(100_000)  # what is loaded is no garbage, and to look for that takes long
    logging.getLogger("pelican").addFilter(speak_plainly)
    for name in ("pelican", "pelican.plugins._utils"):
        logging.getLogger(name).addFilter(leave_out_no_plugin)


def register() -> None:
    """Connect Pelican's signals; this is how Pelican loads the archive as a plugin."""
    begin()
    from newsarchive import hooks  # noqa: PLC0415  # wire copy is imported without Pelican's site

    signals.initialized.connect(hooks.check_settings)
    signals.readers_init.connect(hooks.use_reader)
    signals.article_generator_init.connect(hooks.take_over_stories)
    signals.page_generator_init.connect(hooks.take_over_pages)
    signals.static_generator_init.connect(hooks.take_over_copies)
    signals.get_generators.connect(hooks.generators)
