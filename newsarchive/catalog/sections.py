"""Pelican's categories as the paper's sections."""

from collections.abc import Callable, Iterable, Mapping

from newsarchive.article.article import Article
from newsarchive.catalog.addresses import can_stand
from newsarchive.catalog.group import Entry, Group, Section
from newsarchive.errors import Misfit


def of_categories(
    articles: Iterable[Article], plain: Callable[[str], Section]
) -> tuple[dict[str, Section], list[Misfit]]:
    """Find the section of every category, and tell which cannot have a page."""
    sections: dict[str, Section] = {}
    by_slug: dict[str, Section] = {}
    misfits = []
    for article in articles:
        if article.section in sections:
            continue
        section = sections[article.section] = plain(article.section)
        other = by_slug.setdefault(section.slug.casefold(), section)
        if other is not section or not can_stand(section.slug):
            problem = f'category "{section.name}" has no address of its own'
            cure = "name it in a few letters, as other stories do"
            misfits.append(Misfit(article.source_path, "category", problem, cure))
    return sections, misfits


def groups(stories: Iterable[Entry], sections: Mapping[str, Section]) -> list[Group]:
    """Group stories, oldest first, by section, sections by the alphabet."""
    entries: dict[str, list[Entry]] = {name: [] for name in sections}
    for entry in stories:
        entries[entry.article.section].append(entry)
    return [
        Group("section", name, sections[name].slug, sections[name].url, tuple(entries[name]))
        for name in sorted(entries, key=str.casefold)
    ]
