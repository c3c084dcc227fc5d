"""The metadata that the archive knows, key by key: what it means and which values it takes."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from newsarchive import moment
from newsarchive.article.header import Value
from newsarchive.errors import Faults
from newsarchive.settings import Site
from newsarchive.wire.post import SUPPLIABLE

LONGEST_VALUE = 10_000  # characters, more than any byline or list of topics has
LONGEST_SLUG = 240  # bytes: a file's name holds no more
STATUSES = ("published", "draft", "hidden")
STORY_STATUSES = (*STATUSES, "withdrawn")
MOMENTS = ("date", "modified", "embargo", "withdrawn")  # the keys whose values are dates

# What a folder or a file that readers may open is called.
_STEP = re.compile(r"[^./\\?#\x00-\x1f\x7f][^/\\?#\x00-\x1f\x7f]*")


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata key; ``read`` turns its text into a value, or raises ValueError saying why not.

    The message of that ValueError names the fault and, after a semicolon, the cure.
    """

    name: str
    meaning: str
    read: Callable[[str, Site], Any]
    required: bool = False


def _text(text: str, _site: Site) -> str:
    return text


def _moment(text: str, site: Site) -> moment.Moment:
    return moment.parse(text, site.timezone)


def _names(text: str, _site: Site) -> tuple[str, ...]:
    """Split at semicolons where there are any, else at commas, as Pelican does."""
    names = (name.strip() for name in text.split(";" if ";" in text else ","))
    return tuple(dict.fromkeys(name for name in names if name))


def _supplied(text: str, site: Site) -> tuple[str, ...]:
    names = tuple(name.lower() for name in _names(text, site))
    for name in names:
        if name not in SUPPLIABLE:
            known = ", ".join(SUPPLIABLE)
            raise ValueError(f'"{name}" cannot be supplied by the archive; name any of {known}')
    return names


def _one_of(statuses: tuple[str, ...], text: str, _site: Site) -> str:
    if text.lower() not in statuses:
        raise ValueError(f'"{text}" is not a status; write one of {", ".join(statuses)}')
    return text.lower()


def _id(text: str, _site: Site) -> str:
    prefix, _, digits = text.rpartition(":")
    try:
        UUID(digits)
    except ValueError:
        prefix = ""
    if prefix != "urn:uuid":
        raise ValueError(f'"{text}" is not an id; write urn:uuid: and a UUID, or leave it out')
    return text


def _slug(text: str, _site: Site) -> str:
    check_slug(text)
    return text


def check_slug(slug: str) -> None:
    """Raise ValueError, with the cure, for a slug that cannot stand in an address."""
    if not re.fullmatch(r"\w[\w-]*", slug):
        cure = "use letters, digits and hyphens"
        raise ValueError(f'"{slug}" cannot stand in an address; {cure}')
    if len(slug.encode()) > LONGEST_SLUG:
        raise ValueError(f'"{slug[:40]}…" is too long for a file\'s name; shorten it')
    if slug.casefold() == "page":
        raise ValueError('"page" is reserved for numbered listings; choose another')


def _aliases(text: str, site: Site) -> tuple[str, ...]:
    """Former slugs as they are, former addresses as paths of files below the web root."""
    return tuple(dict.fromkeys(map(_alias, _names(text, site))))


def _alias(text: str) -> str:
    if "/" not in text:
        check_slug(text)
        return text
    path = unquote(text).removeprefix("/").removesuffix("/")
    if not text.startswith("/") or not all(map(_STEP.fullmatch, path.split("/"))):
        cure = "write a slug, or an address from the site's root such as /2024/09/30/old-slug/"
        raise ValueError(f'"{text}" is not an address of this site; {cure}')
    if any(len(step.encode()) > LONGEST_SLUG for step in path.split("/")):
        raise ValueError(f'"{text[:40]}…" is too long for a file\'s name; take it out')
    return f"/{path}" if path.endswith((".html", ".htm")) else f"/{path}/index.html"


def _address(text: str, _site: Site) -> str:
    with suppress(ValueError):  # of brackets that hold no number of a machine
        parts = urlsplit(text)
        if parts.scheme in {"http", "https"} and parts.netloc:
            return text
    raise ValueError(f'"{text}" is not a web address; write it in full, with https://')


def _language(text: str, _site: Site) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f'"{text}" is not a language; write a code such as en or pt-BR')
    return text


def _path(text: str, _site: Site) -> str:
    """A file's place below the output or ``content/``, and never outside it."""
    steps = text.split("/")
    if "\\" in text or "" in steps or any(step.startswith(".") for step in steps):
        raise ValueError(f'"{text}" leads out of its folder; write a path below it')
    if any(len(step.encode()) > LONGEST_SLUG for step in steps):
        raise ValueError(f'"{text[:40]}…" is too long for a file\'s name; shorten it')
    return text


def _url(text: str, site: Site) -> str:
    """An address below the site's own, as a path that ends in a slash where it is a folder."""
    _path(text.removesuffix("/"), site)
    if wrong := re.search(r"[^\w./~-]", text):
        raise ValueError(f'"{text}" holds {wrong[0]!r}; use letters, digits, hyphens and /')
    return text


_TITLE = Field("Title", "The headline.", _text, required=True)
_SUMMARY = Field("Summary", "The standfirst: one sentence below the headline.", _text)
_SLUG = Field("Slug", "The name in the address, which never changes once published.", _slug)
_STATUS = Field(
    "Status",
    f"One of {', '.join(STATUSES)}; a draft is in no output.",
    partial(_one_of, STATUSES),
)
_TEMPLATE = Field("Template", "Pelican's: another template of the theme.", _path)
_URL = Field("Url", "Pelican's: another address than the settings give.", _url)
_SAVE_AS = Field("Save_as", "Pelican's: another file than the settings give.", _path)

STORY = (
    _TITLE,
    Field("Date", "When the story was published.", _moment, required=True),
    Field("Modified", "When it last changed.", _moment),
    _SLUG,
    Field("Aliases", "Slugs or addresses that it has had, from the site's root.", _aliases),
    Field("Id", "The story's permanent id, a urn:uuid:; from the slug where absent.", _id),
    Field("Category", "The section it stands in.", _text),
    Field("Tags", "Its topics, separated by commas.", _names),
    Field("Slugline", "The wire's own header lines, verbatim.", _text),
    Field("Advisory", "The bracketed note to editors above the text, verbatim.", _text),
    Field("Byline", "The line that names who wrote it, verbatim.", _text),
    Field("Authors", "Who wrote it, where that is not to be read off the byline.", _names),
    Field("Author", "Pelican's: the same for one name.", _names),
    Field(
        "Dateline", "The leader that says where it was filed, agency and dash too, verbatim.", _text
    ),
    Field("Source", "Who supplied it; read off the dateline where absent.", _text),
    Field("Source_url", "Where it was first published.", _address),
    Field("Rights", "Who holds the rights in it; the source where absent.", _text),
    _SUMMARY,
    Field("Credits", "The sign-off lines that name reporters and editors, verbatim.", _text),
    Field("Lang", "Its language, where that is not the archive's.", _language),
    Field("Series", "The series it belongs to.", _text),
    Field("Picture", "A picture's path below content/.", _path),
    Field("Picture_alt", "What the picture shows, for those who cannot see it.", _text),
    Field("Picture_caption", "The line below the picture.", _text),
    Field("Picture_credit", "Whose picture it is.", _text),
    Field("Supplied", f"What the archive had to write itself: {', '.join(SUPPLIABLE)}.", _supplied),
    Field("Date_note", "Why the archive gives it this date.", _text),
    Field(
        "Status",
        f"One of {', '.join(STORY_STATUSES)}; a draft is in no output.",
        partial(_one_of, STORY_STATUSES),
    ),
    Field("Embargo", "Until when the story is in no output.", _moment),
    Field("Withdrawn", "When the story was withdrawn.", _moment),
    _TEMPLATE,
    _URL,
    _SAVE_AS,
)
PAGE = (_TITLE, _SLUG, _SUMMARY, _STATUS, _TEMPLATE, _URL, _SAVE_AS)
TOPIC = (
    _TITLE,
    Field("Aliases", "Other names of the topic; tags by these names belong to it.", _names),
    Field("Pairs", "Topics with which it has a page together.", _names),
    _SUMMARY,
)
PERSON = (
    _TITLE,
    Field("Spellings", "Every other way in which the copy spells the name.", _names),
)
_LISTS = (_names, _supplied, _aliases)
KINDS = {"story": STORY, "page": PAGE, "topic": TOPIC, "person": PERSON}
_BY_KEY = {kind: {field.name.lower(): field for field in fields} for kind, fields in KINDS.items()}


def read(
    header: Mapping[str, Value], kind: str, path: str, site: Site, faults: Faults
) -> dict[str, Any]:
    """Read a header's values by the table of its ``kind``; empty ones count as absent.

    What is wrong is noted in ``faults`` with its line; the values that are right are returned.
    """
    fields = _BY_KEY[kind]
    values: dict[str, Any] = {}
    for key, value in header.items():
        if key not in fields and key in site.extra_metadata:
            values[key] = value.text
        elif key not in fields:
            faults.add(path, value.line, f'"{key}" is not a metadata key', _nearest(key, kind))
        elif value.text:
            try:
                values[key] = _read_value(fields[key], value, site)
            except ValueError as error:
                problem, _, cure = f"{fields[key].name} {error}".rpartition("; ")
                faults.add(path, value.line, problem, cure)
    for key, field in fields.items():
        if field.required and key not in values and not (key in header and header[key].text):
            line = header[key].line if key in header else 1
            faults.add(path, line, f"no {field.name}", f"add a {field.name}: line")
    if kind == "story":
        _check_withdrawal(header, path, faults)
    return values


def _read_value(field: Field, value: Value, site: Site) -> Any:  # noqa: ANN401  # as the field says
    if value.listed and field.read not in _LISTS:
        raise ValueError("is a list; write one value")
    if len(value.text) > LONGEST_VALUE:
        problem = f"has more than {LONGEST_VALUE:,} characters"
        raise ValueError(f"{problem}; shorten it, or put it into the text")
    return field.read(value.text, site)


def _check_withdrawal(header: Mapping[str, Value], path: str, faults: Faults) -> None:
    """Have a story that is withdrawn say so twice: by its status, and by when it was."""
    status, when = (header.get(key, Value("", 0)) for key in ("status", "withdrawn"))
    is_withdrawn = status.text.lower() == "withdrawn"
    if is_withdrawn and not when.text:
        faults.add(path, status.line, "no Withdrawn", "add a Withdrawn: line with the date")
    elif when.text and not is_withdrawn:
        problem = "Withdrawn is given, but the story is not withdrawn"
        faults.add(path, when.line, problem, "write Status: withdrawn, or take it out")


def _nearest(key: str, kind: str) -> str:
    names = [field.name for field in KINDS[kind]]
    close = get_close_matches(key.capitalize(), names, n=1)
    if close:
        return f"write {close[0]}, or list it in NEWSARCHIVE_EXTRA_METADATA"
    return "put a blank line above the text, or list the key in NEWSARCHIVE_EXTRA_METADATA"
