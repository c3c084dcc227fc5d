"""Any Pelican site, faster: the same bytes, and the same signals in the same order.

Pelican's own generators go on doing what they do; this module gives them quicker tools. What it
does not know for sure, it leaves to Pelican, and says so.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from weakref import ref

import pelican
from blinker import Signal
from pelican import Pelican, generators, readers, urlwrappers, utils
from pelican import contents as pelican_contents
from pelican.cache import FileDataCacher
from pelican.generators import ArticlesGenerator, CachingGenerator, Generator, PagesGenerator
from pelican.plugins import signals
from pelican.writers import Writer

from newsarchive.build.stock import (
    contents,
    following,
    fragments,
    listings,
    quicker,
    reading,
    workers,
    writer,
)
from newsarchive.build.stock.swapping import Swap, swapped

_KNOWN = "4.12."

# Receivers that only take note of what was written, and may hear of it later.
_NOTE_TAKERS = {"pelican.plugins.sitemap.sitemap.SitemapGenerator.queue_page"}


def connect() -> None:
    """Connect Pelican's signals, if this is the Pelican that is known here."""
    if not pelican.__version__.startswith(_KNOWN):
        workers.say(f"Pelican {pelican.__version__} is not known here, and builds as it is")
        return
    signals.article_generator_init.connect(help_with_articles)
    signals.page_generator_init.connect(help_with_pages)
    signals.get_writer.connect(provide_writer)


def help_with_articles(generator: ArticlesGenerator) -> None:
    """Have a generator read, list and write articles with quicker tools."""
    if type(generator) is not ArticlesGenerator:
        return
    generator.generate_context = partial(
        _generate_context, generator, signals.article_generator_preread
    )
    periods = generator._build_period_archives  # noqa: SLF001  # it is quadratic
    generator._build_period_archives = partial(listings.periods, periods)  # noqa: SLF001
    generator.generate_tags = partial(listings.pages_of, "tag", "tags", generator)
    generator.generate_categories = partial(listings.pages_of, "category", "categories", generator)
    generator.generate_authors = partial(listings.pages_of, "author", "authors", generator)
    generator.generate_output = partial(_write_articles, generator)


def help_with_pages(generator: PagesGenerator) -> None:
    """Have a generator read and write pages with quicker tools."""
    if type(generator) is not PagesGenerator:
        return
    generator.generate_context = partial(
        _generate_context, generator, signals.page_generator_preread
    )
    generator.generate_output = partial(_write_pages, generator)


def provide_writer(_site: Pelican) -> type[Writer] | None:
    """Provide a writer, unless a plugin brings its own."""
    others = [who for who in _receivers(signals.get_writer) if who is not provide_writer]
    if others:
        workers.say(f"{_name(others[0])} writes the pages; they are rendered one by one")
        return None
    return writer.Writer


def _generate_context(generator: CachingGenerator, preread: Signal) -> None:
    settings = generator.settings
    obstacle = reading.obstacle(settings)
    if obstacle and isinstance(generator, ArticlesGenerator):
        workers.say(f"{obstacle}; files are read one by one")
    with ExitStack() as tools:
        tools.enter_context(swapped(_untouched([_TRANSLATIONS, *_WHILE_READING])))
        tools.enter_context(_rare_collections())
        # What Pelican's own cache keeps has to be of Pelican's own classes.
        if not (settings["CACHE_CONTENT"] or settings["LOAD_CONTENT_CACHE"]):
            tools.enter_context(swapped(_untouched(_CLASSES)))
            tools.enter_context(
                reading.reading_ahead(
                    generator, workers.pool_of(settings), ahead=not preread.receivers
                )
            )
            _cache_nothing(generator)
            _cache_nothing(generator.readers)
        type(generator).generate_context(generator)
    if not generator.readers.disabled_extensions:
        generator.check_disabled_readers = _nothing_to_check


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Search for garbage less often while all that is made is made to stay."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _untouched(swaps: Iterable[Swap]) -> list[Swap]:
    """Those whose place no plugin has taken before."""
    return [swap for swap in swaps if getattr(swap[0], swap[1]).__module__ in _PELICANS]


def _cache_nothing(cacher: FileDataCacher) -> None:
    """Spare a cache that is off the look at each file's date."""
    cacher.get_cached_data = lambda _name, default=None: default
    cacher.cache_data = lambda _name, _data: None


def _nothing_to_check() -> None:
    """Look for no files of disabled readers: there are none."""


def _write_articles(generator: ArticlesGenerator, whose: Writer) -> None:
    with _held(generator, whose, _LOOK_AT_ARTICLES):
        generator.generate_feeds(whose)
        generator.generate_pages(whose)
    signals.article_writer_finalized.send(generator, writer=whose)


def _write_pages(generator: PagesGenerator, whose: Writer) -> None:
    with _held(generator, whose, _LOOK_AT_PAGES):
        PagesGenerator.generate_output(generator, whose)


@contextmanager
def _held(generator: Generator, whose: Writer, looks: Iterable[Signal]) -> Iterator[None]:
    """Hold pages back, unless somebody looks on."""
    if not isinstance(whose, writer.Writer):
        yield
        return
    reason = (
        _onlooker(looks)
        or _attachment(generator.context)
        or following.obstacle(generator.env, generator.context)
    )
    if reason:
        whose.say(f"{reason}; pages are rendered one by one")
        yield
        return
    with (
        swapped([*_rendering(generator), *_untouched(_FUNCTIONS)]),
        whose.holding(generator.context),
    ):
        yield


def _rendering(generator: Generator) -> Iterator[Swap]:
    yield generator.env, "auto_reload", False
    if generator.env.bytecode_cache is None:  # what it keeps would be marked for Pelican too
        parse = fragments.Fragments(generator.env, generator.context).parse
        yield generator.env, "_parse", parse


def _onlooker(looks: Iterable[Signal]) -> str | None:
    for signal in looks:
        for receiver in _receivers(signal):
            if _name(receiver) not in _NOTE_TAKERS:
                return f"{_name(receiver)} may look at or change each"
    return None


def _attachment(context: Mapping[str, Any]) -> str | None:
    """A link that moves a file, which changes what others see."""
    for content in context["generated_content"].values():
        text = getattr(content, "_content", None)
        if not text or "attach" not in text:
            continue
        links = content._get_intrasite_link_regex().finditer(text)  # noqa: SLF001  # none is public
        if any(link.group("what") == "attach" for link in links):
            return f"{content.relative_source_path} attaches a file"
    return None


def _receivers(signal: Signal) -> list[Any]:
    held = [who() if isinstance(who, ref) else who for who in signal.receivers.values()]
    return [who for who in held if who is not None]


def _name(receiver: Any) -> str:  # noqa: ANN401  # any callable
    kind = receiver if hasattr(receiver, "__qualname__") else type(receiver)
    return f"{kind.__module__}.{kind.__qualname__}"


_PELICANS = {"pelican.generators", "pelican.contents", "pelican.urlwrappers"}
_PELICANS |= {"pelican.readers", "pelican.utils"}

_TRANSLATIONS: Swap = (generators, "process_translations", listings.translations_apart)
_FUNCTIONS: tuple[Swap, ...] = (
    (utils, "strftime", quicker.strftime),
    (pelican_contents, "truncate_html_words", quicker.truncate_html_words),
    (pelican_contents, "sanitised_join", quicker.sanitised_join),
)
_CLASSES: tuple[Swap, ...] = (
    (generators, "Article", contents.Article),
    (generators, "Page", contents.Page),
    (pelican_contents, "Author", contents.Author),
    (readers, "Author", contents.Author),
    (readers, "Category", contents.Category),
    (readers, "Tag", contents.Tag),
)
_WHILE_READING: tuple[Swap, ...] = (
    *_FUNCTIONS,
    (readers, "find_empty_alt", quicker.find_empty_alt),
    (readers, "get_date", quicker.get_date),
    (urlwrappers, "slugify", quicker.slugify),
)
_LOOK_AT_ARTICLES = (
    signals.article_generator_write_article,
    signals.feed_generated,
    signals.feed_written,
    signals.content_written,
)
_LOOK_AT_PAGES = (
    signals.page_generator_write_page,
    signals.content_written,
    signals.page_writer_finalized,
)
