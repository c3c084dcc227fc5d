"""What the value of a metadata key may look like, and what is read from it.

Each of these takes the text of a value and the site, and raises ValueError where it is not of that
form; the message names the fault and, after a semicolon, the cure.
"""

import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit
from uuid import UUID

from newsarchive.article.coordinates import FURTHEST, Coordinates
from newsarchive.moment import Moment, parse
from newsarchive.settings import Site
from newsarchive.wire.post import SUPPLIABLE

LONGEST_SLUG = 240  # bytes: a file's name holds no more
_SLUG = re.compile(r"\w[\w-]*")
TOPIC_KINDS = ("place", "person", "organisation", "subject")

# What a folder or a file that readers may open is called.
_STEP = re.compile(r"[^./\\?#\x00-\x1f\x7f][^/\\?#\x00-\x1f\x7f]*")


def text(given: str, _site: Site) -> str:
    """Any text."""
    return given


def moment(text: str, site: Site) -> Moment:
    """A date, with or without a time."""
    return parse(text, site.timezone)


def names(text: str, _site: Site) -> tuple[str, ...]:
    """Split at semicolons where there are any, else at commas, as Pelican does."""
    parts = (name.strip() for name in text.split(";" if ";" in text else ","))
    return tuple(dict.fromkeys(name for name in parts if name))


def supplied(text: str, site: Site) -> tuple[str, ...]:
    """Which parts of a story the archive wrote itself."""
    given = tuple(name.lower() for name in names(text, site))
    for name in given:
        if name not in SUPPLIABLE:
            known = ", ".join(SUPPLIABLE)
            raise ValueError(f'"{name}" cannot be supplied by the archive; name any of {known}')
    return given


def status(statuses: tuple[str, ...], text: str, _site: Site) -> str:
    """One of the statuses that there are."""
    if text.lower() not in statuses:
        raise ValueError(f'"{text}" is not a status; write one of {", ".join(statuses)}')
    return text.lower()


def permanent_id(text: str, _site: Site) -> str:
    """A UUID as a URN."""
    prefix, _, digits = text.rpartition(":")
    try:
        UUID(digits)
    except ValueError:
        prefix = ""
    if prefix != "urn:uuid":
        raise ValueError(f'"{text}" is not an id; write urn:uuid: and a UUID, or leave it out')
    return text


def slug(text: str, _site: Site) -> str:
    """A name that can stand in an address."""
    check_slug(text)
    return text


def check_slug(name: str) -> None:
    """Raise ValueError, with the cure, for a slug that cannot stand in an address."""
    if not _SLUG.fullmatch(name):
        cure = "use letters, digits and hyphens"
        raise ValueError(f'"{name}" cannot stand in an address; {cure}')
    if len(name.encode()) > LONGEST_SLUG:
        raise ValueError(f'"{name[:40]}…" is too long for a file\'s name; shorten it')
    if name.casefold() == "page":
        raise ValueError('"page" is reserved for numbered listings; choose another')


def aliases(text: str, site: Site) -> tuple[str, ...]:
    """Former slugs as they are, former addresses as paths of files below the web root."""
    return tuple(dict.fromkeys(map(_alias, names(text, site))))


def _alias(text: str) -> str:
    if "/" not in text:
        check_slug(text)
        return text
    place = unquote(text).removeprefix("/").removesuffix("/")
    if not text.startswith("/") or not all(map(_STEP.fullmatch, place.split("/"))):
        cure = "write a slug, or an address from the site's root such as /2024/09/30/old-slug/"
        raise ValueError(f'"{text}" is not an address of this site; {cure}')
    if any(len(step.encode()) > LONGEST_SLUG for step in place.split("/")):
        raise ValueError(f'"{text[:40]}…" is too long for a file\'s name; take it out')
    return f"/{place}" if place.endswith((".html", ".htm")) else f"/{place}/index.html"


def address(text: str, _site: Site) -> str:
    """The address of a page elsewhere."""
    with suppress(ValueError):  # of brackets that hold no number of a machine
        parts = urlsplit(text)
        if parts.scheme in {"http", "https"} and parts.netloc:
            return text
    raise ValueError(f'"{text}" is not a web address; write it in full, with https://')


def language(text: str, _site: Site) -> str:
    """The code of a language."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f'"{text}" is not a language; write a code such as en or pt-BR')
    return text


def path(text: str, _site: Site) -> str:
    """A file's place below the output or ``content/``, and never outside it."""
    steps = text.split("/")
    if "\\" in text or "" in steps or any(step.startswith(".") for step in steps):
        raise ValueError(f'"{text}" leads out of its folder; write a path below it')
    if any(len(step.encode()) > LONGEST_SLUG for step in steps):
        raise ValueError(f'"{text[:40]}…" is too long for a file\'s name; shorten it')
    return text


def url(text: str, site: Site) -> str:
    """An address below the site's own, as a path that ends in a slash where it is a folder."""
    path(text.removesuffix("/"), site)
    if wrong := re.search(r"[^\w./~-]", text):
        raise ValueError(f'"{text}" holds {wrong[0]!r}; use letters, digits, hyphens and /')
    return text


def topic_kind(text: str, _site: Site) -> str:
    """What a topic is."""
    if text.lower() not in TOPIC_KINDS:
        known = ", ".join(TOPIC_KINDS)
        raise ValueError(f'"{text}" is not what a topic may be; write one of {known}')
    return text.lower()


def media_topic(text: str, _site: Site) -> str:
    """The eight digits of an IPTC Media Topic, with or without ``medtop:`` in front."""
    digits = text.removeprefix("medtop:")
    if not re.fullmatch(r"(?:[01][0-9]000000|20[0-9]{6})", digits, re.ASCII):
        cure = "write its code, such as medtop:20000639, or leave it out"
        raise ValueError(f'"{text}" is not an IPTC Media Topic; {cure}')
    return digits


def wikidata(text: str, _site: Site) -> str:
    """The number of an item of Wikidata."""
    if not re.fullmatch(r"Q[1-9][0-9]*", text, re.ASCII):
        raise ValueError(f'"{text}" is not an item of Wikidata; write its number, such as Q423')
    return text


def coordinates(text: str, _site: Site) -> Coordinates:
    """A point on the earth: ``39.03, 125.75``."""
    try:
        latitude, longitude = map(float, text.split(","))
    except ValueError:
        cure = "write latitude and longitude in degrees, such as 39.03, 125.75"
        raise ValueError(f'"{text}" is no place; {cure}') from None
    if not (abs(latitude) <= FURTHEST.latitude and abs(longitude) <= FURTHEST.longitude):
        cure = "latitude goes from -90 to 90, longitude from -180 to 180, south and west below 0"
        raise ValueError(f'"{text}" is not on the earth; {cure}')
    return Coordinates(latitude, longitude)
