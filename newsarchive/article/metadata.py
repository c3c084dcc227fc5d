"""The metadata that the archive knows, key by key: what it means and which values it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

from newsarchive.article import forms
from newsarchive.article.header import Value
from newsarchive.errors import Faults
from newsarchive.settings import Site
from newsarchive.wire.post import SUPPLIABLE

LONGEST_VALUE = 10_000  # characters, more than any byline or list of topics has
STATUSES = ("published", "draft", "hidden")
STORY_STATUSES = (*STATUSES, "withdrawn")
MOMENTS = ("date", "modified", "embargo", "withdrawn")  # the keys whose values are dates


@dataclass(frozen=True, slots=True)
class Field:
    """One metadata key; ``read`` turns its text into a value, or raises ValueError saying why not.

    The message of that ValueError names the fault and, after a semicolon, the cure.
    """

    name: str
    meaning: str
    read: Callable[[str, Site], Any]
    required: bool = False


_TITLE = Field("Title", "The headline.", forms.text, required=True)
_SUMMARY = Field("Summary", "The standfirst: one sentence below the headline.", forms.text)
_SLUG = Field("Slug", "The name in the address, which never changes once published.", forms.slug)
_STATUS = Field(
    "Status",
    f"One of {', '.join(STATUSES)}; a draft is in no output.",
    partial(forms.status, STATUSES),
)
_TEMPLATE = Field("Template", "Pelican's: another template of the theme.", forms.path)
_URL = Field("Url", "Pelican's: another address than the settings give.", forms.url)
_SAVE_AS = Field("Save_as", "Pelican's: another file than the settings give.", forms.path)

STORY = (
    _TITLE,
    Field("Date", "When the story was published.", forms.moment, required=True),
    Field("Modified", "When it last changed.", forms.moment),
    _SLUG,
    Field("Aliases", "Slugs or addresses that it has had, from the site's root.", forms.aliases),
    Field(
        "Id",
        "The story's permanent id, a urn:uuid:; from the slug where absent.",
        forms.permanent_id,
    ),
    Field("Category", "The section it stands in.", forms.text),
    Field("Tags", "Its topics, separated by commas.", forms.names),
    Field("Slugline", "The wire's own header lines, verbatim.", forms.text),
    Field("Advisory", "The bracketed note to editors above the text, verbatim.", forms.text),
    Field("Byline", "The line that names who wrote it, verbatim.", forms.text),
    Field("Authors", "Who wrote it, where that is not to be read off the byline.", forms.names),
    Field("Author", "Pelican's: the same for one name.", forms.names),
    Field(
        "Dateline",
        "The leader that says where it was filed, agency and dash too, verbatim.",
        forms.text,
    ),
    Field("Source", "Who supplied it; read off the dateline where absent.", forms.text),
    Field("Source_url", "Where it was first published.", forms.address),
    Field("Rights", "Who holds the rights in it; the source where absent.", forms.text),
    _SUMMARY,
    Field("Credits", "The sign-off lines that name reporters and editors, verbatim.", forms.text),
    Field("Lang", "Its language, where that is not the archive's.", forms.language),
    Field("Series", "The series it belongs to.", forms.text),
    Field("Picture", "A picture's path below content/.", forms.path),
    Field("Picture_alt", "What the picture shows, for those who cannot see it.", forms.text),
    Field("Picture_caption", "The line below the picture.", forms.text),
    Field("Picture_credit", "Whose picture it is.", forms.text),
    Field(
        "Supplied",
        f"What the archive had to write itself: {', '.join(SUPPLIABLE)}.",
        forms.supplied,
    ),
    Field("Date_note", "Why the archive gives it this date.", forms.text),
    Field(
        "Status",
        f"One of {', '.join(STORY_STATUSES)}; a draft is in no output.",
        partial(forms.status, STORY_STATUSES),
    ),
    Field("Embargo", "Until when the story is in no output.", forms.moment),
    Field("Withdrawn", "When the story was withdrawn.", forms.moment),
    _TEMPLATE,
    _URL,
    _SAVE_AS,
)
PAGE = (_TITLE, _SLUG, _SUMMARY, _STATUS, _TEMPLATE, _URL, _SAVE_AS)
TOPIC = (
    _TITLE,
    Field("Aliases", "Other names of the topic; tags by these names belong to it.", forms.names),
    Field("Kind", f"What it is, one of {', '.join(forms.TOPIC_KINDS)}.", forms.topic_kind),
    Field(
        "Broader", "Topics of which it is a part; their pages have its stories too.", forms.names
    ),
    Field("Related", "Topics that lie near; each page names the other.", forms.names),
    Field("Pairs", "Topics with which it has a page together.", forms.names),
    Field("Media_topic", "Its code among IPTC's Media Topics.", forms.media_topic),
    Field("Wikidata", "The number of its item in Wikidata.", forms.wikidata),
    Field("Coordinates", "Where a place is: latitude, longitude in degrees.", forms.coordinates),
    _SUMMARY,
)
PERSON = (
    _TITLE,
    Field("Spellings", "Every other way in which the copy spells the name.", forms.names),
)
_LISTS = (forms.names, forms.supplied, forms.aliases)
KINDS = {"story": STORY, "page": PAGE, "topic": TOPIC, "person": PERSON}
_BY_KEY = {kind: {field.name.lower(): field for field in fields} for kind, fields in KINDS.items()}
_REQUIRED = {
    kind: {key: field.name for key, field in fields.items() if field.required}
    for kind, fields in _BY_KEY.items()
}


def read(
    header: Mapping[str, Value], kind: str, path: str, site: Site, faults: Faults
) -> dict[str, Any]:
    """Read a header's values by the table of its ``kind``; empty ones count as absent.

    What is wrong is noted in ``faults`` with its line; the values that are right are returned.
    """
    fields = _BY_KEY[kind]
    values: dict[str, Any] = {}
    for key, value in header.items():
        field = fields.get(key)
        if field is None and key in site.extra_metadata:
            values[key] = value.text
        elif field is None:
            faults.add(path, value.line, f'"{key}" is not a metadata key', _nearest(key, kind))
        elif value.text:
            try:
                values[key] = _read_value(field, value, site)
            except ValueError as error:
                problem, _, cure = f"{field.name} {error}".rpartition("; ")
                faults.add(path, value.line, problem, cure)
    for key, name in _REQUIRED[kind].items():
        if key not in values and not (key in header and header[key].text):
            line = header[key].line if key in header else 1
            faults.add(path, line, f"no {name}", f"add a {name}: line")
    if kind == "story":
        _check_withdrawal(header, path, faults)
    if values.get("coordinates") and values.get("kind") != "place":
        problem = "Coordinates are given, but the topic is no place"
        cure = "write Kind: place, or take them out"
        faults.add(path, header["coordinates"].line, problem, cure)
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
    if "status" not in header and "withdrawn" not in header:
        return
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
