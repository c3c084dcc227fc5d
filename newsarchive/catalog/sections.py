"""Pelican's categories as the paper's sections."""

from collections.abc import Callable, Iterable

from newsarchive.article.article import Article
from newsarchive.catalog.group import Entry, Group, Section


def groups(articles: Iterable[Article], section: Callable[[str], Section]) -> list[Group]:
    """Group stories, oldest first, by section, sections by the alphabet."""
    entries: dict[str, list[Entry]] = {}
    for article in articles:
        entries.setdefault(article.section, []).append(Entry(article))
    return [
        Group("section", name, section(name).slug, section(name).url, tuple(entries[name]))
        for name in sorted(entries, key=str.casefold)
    ]
