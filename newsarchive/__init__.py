"""A news archive on Pelican: wire copy in, a static site that keeps stories for good out."""

import logging

from pelican.plugins import signals

from newsarchive.errors import speak_plainly


def register() -> None:
    """Connect Pelican's signals; this is how Pelican loads the archive as a plugin."""
    from newsarchive import hooks  # noqa: PLC0415  # wire copy is imported without Pelican's site

    logging.getLogger("pelican").addFilter(speak_plainly)
    signals.initialized.connect(hooks.check_settings)
    signals.readers_init.connect(hooks.use_reader)
    signals.article_generator_init.connect(hooks.take_over_stories)
    signals.page_generator_init.connect(hooks.take_over_pages)
    signals.static_generator_init.connect(hooks.take_over_copies)
    signals.get_generators.connect(hooks.generators)
