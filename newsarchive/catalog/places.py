"""Where stories were filed, each place under one name, however the copy spells it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from newsarchive.catalog.addresses import Addresses, can_stand
from newsarchive.catalog.group import Entries, Group, Listed, Place, Topic
from newsarchive.catalog.roll import Roll
from newsarchive.errors import Misfit
from newsarchive.wire import gazetteer
from newsarchive.wire.dateline import SMALL_WORD

_PART = re.compile(r"[^\s-]+")  # of a name: Saint-Germain-des-Eaux has four
_ELIDED = re.compile("(\\w)(['\u2019])(\\w{2,})")  # O'Fallon, Coeur d'Alene
_INITIALS = re.compile(r"(?:\w\.)+\w?")


def of_datelines(
    roll: Roll, topics: Iterable[Topic], addresses: Addresses
) -> tuple[dict[str, Place], list[Misfit]]:
    """Find the place behind every name in datelines, by the topic files of the kind ``place``."""
    known: dict[str, Place] = {}
    places: dict[str, Place] = {}
    misfits = []
    for topic in topics:
        if topic.kind == "place":
            about = addresses.place_of(replace(topic, html="", summary=""))
            known |= {gazetteer.key(name): about for name in (topic.name, *topic.aliases)}
    by_slug = {place.slug: place for place in known.values()}
    for number, names in enumerate(roll.places.values):
        for name in names:
            if name in places:
                continue
            usual = usual_name(name)
            place = known.get(gazetteer.key(name)) or known.get(gazetteer.key(usual))
            plain = place or addresses.place(usual)
            places[name] = by_slug.get(plain.slug, plain)
            if not can_stand(plain.slug):
                problem = f'the place "{name}" makes no address'
                cure = "list it among the aliases of a topic file of the kind place"
                path = roll.first(roll.places, number)
                misfits.append(Misfit(path, "dateline", problem, cure))
    return places, misfits


@cache
def usual_name(place: str) -> str:
    """Spell a place as prose does: ``KANSAS CITY, Mo.`` as ``Kansas City, Missouri``."""
    city, *regions = (part.strip() for part in place.split(","))
    spelled = (gazetteer.region(region) or _cased(region) for region in regions)
    return ", ".join((gazetteer.city(city) or _cased(city), *spelled))


def _cased(name: str) -> str:
    """Take a name out of capitals, or out of small letters; one that has both stays."""
    one_case = name.replace("Mc", "MC").isupper() or name.islower()
    return _PART.sub(_in_prose, name) if one_case else name


def _in_prose(part: re.Match[str]) -> str:
    """Spell a part of a name: ``AL`` as ``al``, ``N.Y.`` so, ``MCALLEN`` as ``McAllen``."""
    word = part[0].lower()
    if _INITIALS.fullmatch(word):
        return word.upper()
    if part.start() and SMALL_WORD.fullmatch(word):
        return word
    if elided := _ELIDED.fullmatch(word):
        article = elided[1] if part.start() and elided[1] in "dl" else elided[1].upper()
        return article + elided[2] + elided[3].capitalize()
    if word.startswith("mc") and len(word) > len("mcx"):
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


def groups(stories: Listed, roll: Roll, places: Mapping[str, Place]) -> list[Group]:
    """Group stories by place; a place that no file names is called as by the first.

    A story that names one place twice stands there once. A place of which there is a topic file can
    be followed; of the others many have a story or two, or are a slip of somebody's.
    """
    named: dict[str, Place] = {}
    parts: dict[str, list[list[int]]] = {}
    for names, filed in zip(roll.places.values, roll.places.places(roll.listed), strict=True):
        for slug, place in {places[name].slug: places[name] for name in names}.items():
            named.setdefault(slug, place)
            parts.setdefault(slug, []).append(filed)
    return [
        Group(
            "place",
            place.name,
            slug,
            place.url,
            Entries(stories, parts[slug]),
            topics=(place.topic,) if place.topic else (),
            followed=place.topic is not None,
        )
        for slug, place in sorted(named.items())
    ]
