"""Pelican's listings, without a scan of one list for each entry of another."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from pelican.contents import Content
from pelican.generators import ArticlesGenerator
from pelican.utils import process_translations
from pelican.writers import FileOverwriteFailedError

_logger = logging.getLogger("pelican.generators")

Write = Callable[..., None]
Periods = dict[str, list[dict[str, Any]]]


def translations_apart(
    contents: list[Content], translation_id: str | Collection[str] | None = None
) -> tuple[list[Content], list[Content]]:
    """Part originals from translations; what stands alone needs no comparison."""
    if not translation_id or not _compared_as_objects(contents):
        return process_translations(contents, translation_id)  # type: ignore[no-any-return]
    key = attrgetter(*([translation_id] if isinstance(translation_id, str) else translation_id))
    try:
        contents.sort(key=key)
    except (TypeError, AttributeError):
        return process_translations(contents, translation_id)  # type: ignore[no-any-return]
    originals: list[Content] = []
    translations: list[Content] = []
    for _, group in groupby(contents, key):
        alike = list(group)
        if len(alike) == 1 and "translation" not in alike[0].metadata:
            alike[0].translations = []
            originals += alike
        else:
            found, others = process_translations(alike, translation_id)
            originals += found
            translations += others
    return originals, translations


def _compared_as_objects(contents: Iterable[Content]) -> bool:
    kinds = {base for kind in set(map(type, contents)) for base in kind.__mro__[:-1]}
    return not any("__eq__" in vars(kind) for kind in kinds)


def periods(
    build: Callable[..., Periods],
    by_date: Sequence[Content],
    articles: Sequence[Content],
    settings: Mapping[str, Any],
) -> Periods:
    """The archives of years, months and days; ``build`` is Pelican's way to them."""
    place = {id(article): number for number, article in enumerate(articles)}
    if not (len(place) == len(articles) == len(by_date) and _compared_as_objects(articles)):
        return build(by_date, articles, settings)
    if not all(id(article) in place for article in by_date):
        return build(by_date, articles, settings)
    found = build(by_date, [], settings)
    for archives in found.values():
        for archive in archives:
            archive["articles"] = sorted(archive["dates"], key=lambda a: place[id(a)])
    return found


def pages_of(kind: str, plural: str, generator: ArticlesGenerator, write: Write) -> None:
    """Write the listings of all tags, categories or authors."""
    template = generator.get_template(kind)
    groups = getattr(generator, plural)
    in_order = _ordering(generator.dates)
    for group, articles in groups.items() if isinstance(groups, dict) else groups:
        try:
            write(
                group.save_as,
                template,
                generator.context,
                url=group.url,
                articles=articles,
                dates=in_order(articles),
                template_name=kind,
                blog=True,
                page_name=group.page_name,
                all_articles=generator.articles,
                **{kind: group},
            )
        except FileOverwriteFailedError:
            if group.slug:
                _logger.error('Failed to write %s page for "%s".', kind.title(), group)  # noqa: TRY400  # as Pelican does
                raise
            _logger.info(
                '%s "%s" has an invalid slug; skipping writing %s page...',
                *(kind.title(), group, kind),
                extra={"limit_msg": f"Further {plural} with invalid slugs."},
            )


def _ordering(by_date: Sequence[Content]) -> Callable[[Sequence[Content]], list[Content]]:
    """Tell how to find those of ``by_date`` that are among some articles."""
    place = {id(article): number for number, article in enumerate(by_date)}
    if len(place) < len(by_date) or not _compared_as_objects(by_date):
        return lambda articles: [article for article in by_date if article in articles]

    def in_order(articles: Sequence[Content]) -> list[Content]:
        places = {place[id(article)] for article in articles if id(article) in place}
        return [by_date[number] for number in sorted(places)]

    return in_order
