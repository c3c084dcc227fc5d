"""Posts are read for Pelican's generators: every one of them, and every fault."""

import os
from datetime import datetime
from typing import Any

from blinker import ANY, Signal
from pelican.contents import Article as PelicanArticle
from pelican.contents import Content, SkipStub
from pelican.contents import Page as PelicanPage
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.plugins import signals

from newsarchive import settings
from newsarchive.article import inventory
from newsarchive.errors import ContentFaults

# Signals by which a plugin may see or change Pelican's contents, so that they have to be made.
CONTENT_SIGNALS = (
    *(signals.readers_init, signals.generator_init, signals.content_object_init),
    *(signals.get_generators, signals.all_generators_finalized),
    *(signals.article_generator_init, signals.article_generator_preread),
    *(signals.article_generator_context, signals.article_generator_pretaxonomy),
    *(signals.article_generator_finalized, signals.page_generator_init),
    *(signals.page_generator_preread, signals.page_generator_context),
    signals.page_generator_finalized,
)
UNSEEN = ("draft", "withdrawn")  # what nothing may be published of
FAULTS = "archive_faults"  # where the run's context keeps its Faults


def listening(known: dict[str, Any]) -> list[str]:
    """What keeps the desk from reading by itself: signals that others hear, settings of Pelican's.

    Then Pelican's own contents are made, one after the other, and all pages.
    """
    heard = [
        signal.name
        for signal in CONTENT_SIGNALS
        if any(
            not (receiver.__module__ or "").startswith("newsarchive")
            for receiver in signal.receivers_for(ANY)
        )
    ]
    return heard + [name for name in ("READERS", "TYPOGRIFY") if known[name]]


def read_stories(generator: ArticlesGenerator) -> None:
    """Do what ``ArticlesGenerator.generate_context`` does, in linear time, with every fault kept.

    Pelican's own way logs a post that it cannot read and publishes the site without it; and it
    looks every story up in a list once a period.
    """
    contents = read_contents(
        generator,
        inventory.of(generator).of_kinds("story"),
        PelicanArticle,
        (signals.article_generator_preread, signals.article_generator_context),
    )
    contents.sort(key=lambda content: (content.date, content.slug), reverse=True)
    generator.articles = [story for story in contents if story.status == "published"]
    generator.hidden_articles = [story for story in contents if story.status == "hidden"]
    generator.drafts = [story for story in contents if story.status == "draft"]
    generator.withdrawn = [story for story in contents if story.status == "withdrawn"]
    signals.article_generator_pretaxonomy.send(generator)
    for story in generator.articles:
        generator.categories[story.category].append(story)
        for tag in getattr(story, "tags", ()):
            generator.tags[tag].append(story)
        for author in getattr(story, "authors", ()):
            generator.authors[author].append(story)
    generator.dates = list(generator.articles)
    generator.categories = sorted(generator.categories.items())
    generator.authors = sorted(generator.authors.items())
    generator._update_context(  # noqa: SLF001  # what Pelican's own generators call
        ("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors")
    )
    signals.article_generator_finalized.send(generator)


def read_pages(generator: PagesGenerator) -> None:
    """Do what ``PagesGenerator.generate_context`` does, with every fault kept."""
    contents = read_contents(
        generator,
        inventory.of(generator).of_kinds("page"),
        PelicanPage,
        (signals.page_generator_preread, signals.page_generator_context),
    )
    generator.pages = [page for page in contents if page.status == "published"]
    generator.hidden_pages = [page for page in contents if page.status == "hidden"]
    generator.draft_pages = [page for page in contents if page.status == "draft"]
    generator._update_context(("pages", "hidden_pages", "draft_pages"))  # noqa: SLF001  # as above
    signals.page_generator_finalized.send(generator)


def read_contents(
    generator: Generator,
    paths: set[str],
    content_class: type[Content],
    told: tuple[Signal | None, Signal | None] = (None, None),
) -> list[Content]:
    """Read files, in the order of their names; what is wrong goes to the run's Faults."""
    contents = []
    now = settings.instant(os.environ)
    for path in sorted(paths):
        try:
            content = generator.readers.read_file(
                base_path=generator.path,
                path=path,
                content_class=content_class,
                context=generator.context,
                preread_signal=told[0],
                preread_sender=generator,
                context_signal=told[1],
                context_sender=generator,
            )
        except ContentFaults as error:
            generator.context[FAULTS].extend(error.faults)
            continue
        if not isinstance(content, SkipStub):
            if _is_ahead(content, now):
                content.status = "draft"
            contents.append(content)
            if content.status not in UNSEEN:
                generator.add_static_links(content)
            if content.status != "draft":  # a link to one would be dead, and tell of it
                generator.add_source_path(content)
    return contents


def _is_ahead(content: Content, now: datetime) -> bool:
    """Tell whether a content is dated ahead, or under embargo."""
    keys = ("embargo",) if content.settings["WITH_FUTURE_DATES"] else ("date", "embargo")
    moments = content.metadata.get("moments", {})
    return any(moments[key].value > now for key in keys if key in moments)
