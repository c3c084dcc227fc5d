"""Pelican's categories as the paper's sections."""

from collections.abc import Callable, Mapping

from newsarchive.catalog.addresses import can_stand
from newsarchive.catalog.group import Entries, Group, Listed, Section
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit


def of_categories(
    roll: Roll, plain: Callable[[str], Section]
) -> tuple[dict[str, Section], list[Misfit]]:
    """Find the section of every category, and tell which cannot have a page."""
    sections: dict[str, Section] = {}
    by_slug: dict[str, Section] = {}
    misfits = []
    for number, name in enumerate(roll.sections.values):
        section = sections[name] = plain(name)
        other = by_slug.setdefault(section.slug.casefold(), section)
        if other is not section or not can_stand(section.slug):
            problem = f'category "{section.name}" has no address of its own'
            cure = "name it in a few letters, as other stories do"
            misfits.append(Misfit(roll.first(roll.sections, number), "category", problem, cure))
    return sections, misfits


def groups(stories: Listed, roll: Roll, sections: Mapping[str, Section]) -> list[Group]:
    """Group stories by section, sections by the alphabet."""
    found = zip(roll.sections.values, roll.sections.places(roll.listed), strict=True)
    return [
        Group("section", name, sections[name].slug, sections[name].url, Entries(stories, [places]))
        for name, places in sorted(found, key=lambda one: one[0].casefold())
    ]
