"""Who made the stories, under one name each, however the copy spells it."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from newsarchive.catalog.addresses import can_stand
from newsarchive.catalog.group import Entries, Group, Listed, Person
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit
from newsarchive.wire.contribution import Contribution


class Run(NamedTuple):
    """A stretch of a byline or of credits; ``url`` is the page of the person it names, if any."""

    text: str
    url: str = ""


def of_names(
    roll: Roll, known: Mapping[str, Person], plain: Callable[[str], Person]
) -> tuple[dict[str, Person], list[Misfit]]:
    """Find the person behind every name in the stories; one that no file lists is a person too."""
    people: dict[str, Person] = dict(known)
    by_slug = {person.slug: person for person in people.values()}
    misfits = []
    for number, makers in enumerate(roll.makers.values):
        for name in (contribution.name for contribution in makers):
            if name not in people:
                person = plain(name)
                people[name] = by_slug.setdefault(person.slug, person)
                if not can_stand(person.slug):
                    problem = f'the name "{name}" makes no address'
                    cure = "list it in a file under people/"
                    path = roll.first(roll.makers, number)
                    misfits.append(Misfit(path, name, problem, cure))
    return people, misfits


def groups(stories: Listed, roll: Roll, people: Mapping[str, Person]) -> list[Group]:
    """Group stories by person, each with the roles the person had in it."""
    named = {person.slug: person for person in people.values()}
    parts: dict[str, list[list[int]]] = {slug: [] for slug in named}
    notes: dict[str, dict[int, str]] = {slug: {} for slug in named}
    for makers, places in zip(roll.makers.values, roll.makers.places(roll.listed), strict=True):
        roles: dict[str, dict[str, None]] = {}
        for contribution in makers:
            slug = people[contribution.name].slug
            roles.setdefault(slug, {})[contribution.role] = None
        for slug, names in roles.items():
            parts[slug].append(places)
            notes[slug].update(dict.fromkeys(places, ", ".join(names)))
    return [
        Group(
            "person",
            person.name,
            slug,
            person.url,
            Entries(stories, parts[slug], notes[slug]),
            person=person,
        )
        for slug, person in sorted(named.items())
    ]


def runs(
    text: str, contributions: Iterable[Contribution], people: Mapping[str, Person]
) -> tuple[Run, ...]:
    """Cut a verbatim line at the names in it; the runs' texts joined are the line again.

    ``contributions`` are those of the line, in the order in which it names them.
    """
    found = []
    rest = text
    for contribution in contributions:
        before, name, after = rest.partition(contribution.name)
        if name:
            found += [Run(before), Run(name, people[name].url)]
            rest = after
    return tuple(run for run in (*found, Run(rest)) if run.text)
