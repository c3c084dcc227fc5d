"""The importer: one file of wire copy becomes a story and its source of record."""

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields
from pathlib import Path
from uuid import uuid4

from newsarchive import moment
from newsarchive.errors import ImportRefused
from newsarchive.wire import dateline, headline, wirecopy
from newsarchive.wire.post import SUPPLIABLE, Post, render
from newsarchive.wire.wirecopy import WireCopy

LONGEST_SLUG = 80  # bytes

_OPENING = 80  # characters of a line that an error quotes


@dataclass(frozen=True, slots=True)
class Facts:
    """What the archivist says of a story beside the copy; an empty text says nothing.

    ``tags`` and ``supplied`` are lists with commas; ``supplied`` names the facts that the archive
    had to write itself.
    """

    title: str = ""
    date: str = ""
    tags: str = ""
    section: str = ""
    supplied: str = ""
    date_note: str = ""
    summary: str = ""
    source: str = ""
    rights: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The two files that an import wrote."""

    article: Path
    wire: Path


def import_copy(source: Path, content: Path, facts: Facts) -> Imported:
    """Bring wire copy in: the story below ``content/articles``, the bytes below ``content/wire``.

    Nothing is overwritten and nothing invented. Raises ImportRefused, naming every fault and its
    cure, and then has written neither file.
    """
    data = _bytes_of(source)
    text = wirecopy.decode(data)
    copy = wirecopy.read(text)
    facts = _stripped(facts)
    title = copy.headline or facts.title
    slug = facts.slug or slug_of(title)
    imported = _paths(content, facts.date, slug)
    faults = [f"{source.name}:{fault}" for fault in _control_characters(text)]
    faults += [
        f"{source.name}: {fault}"
        for fault in (
            *_faults_of_copy(text, copy),
            *_faults_of_facts(facts, copy),
            *(_faults_of_slug(slug) if title or slug else ()),
            *_faults_of_place(content, imported),
        )
    ]
    if faults:
        raise ImportRefused("\n".join(faults))
    post = _post(copy, facts, title, slug)
    _write_both({imported.wire: data, imported.article: render(post).encode()})
    return imported


def slug_of(title: str) -> str:
    """Derive a slug: letters and digits in lower case, hyphens between, cut at a word."""
    plain = re.sub("['\u2019]", "", unicodedata.normalize("NFC", title).lower())
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return cut_at_a_word("-".join(words), LONGEST_SLUG)


def cut_at_a_word(slug: str, longest: int) -> str:
    """Shorten a slug to ``longest`` bytes, after a whole word where it has one."""
    if len(slug.encode()) <= longest:
        return slug
    start = slug.encode()[: longest + 1].decode(errors="ignore").rpartition("-")[0]
    return start or slug.encode()[:longest].decode(errors="ignore")


def _bytes_of(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        reason = f"{source}: cannot be read ({error.strerror}); name a file of wire copy"
        raise ImportRefused(reason) from None


def _stripped(facts: Facts) -> Facts:
    return Facts(**{field.name: getattr(facts, field.name).strip() for field in fields(Facts)})


def _control_characters(text: str) -> Iterator[str]:
    for line, character in wirecopy.control_characters(text):
        yield f"{line}: control character U+{ord(character):04X}; take it out of the copy"


def _faults_of_copy(text: str, copy: WireCopy) -> Iterator[str]:
    if not text.strip():
        yield "the file is empty; name a file of wire copy"
    opening = copy.headline or text.strip().partition("\n")[0]
    if headline.is_kill(opening):
        yield (
            f'"{opening[:_OPENING]}" withdraws a story and is none itself; '
            "withdraw the story that it names instead"
        )


def _faults_of_facts(facts: Facts, copy: WireCopy) -> Iterator[str]:
    for name in (field.name for field in fields(Facts)):
        if len(getattr(facts, name).splitlines()) > 1 or _has_control(getattr(facts, name)):
            yield f"{name.upper()} has to be one line of text; take line ends and the like out"
    yield from _faults_of_title(facts, copy)
    if not facts.date:
        yield 'no date in the copy; give DATE="2024-09-30" (and DATE_NOTE= if it was worked out)'
    else:
        try:
            moment.parse(facts.date)
        except ValueError as error:
            yield f"{error}"
    yield from _faults_of_supplied(facts, copy)


def _faults_of_title(facts: Facts, copy: WireCopy) -> Iterator[str]:
    if not facts.title and not copy.headline:
        yield (
            'no headline in the copy; give TITLE="\u2026" '
            "(and name it in SUPPLIED= if the archive wrote it)"
        )
    elif facts.title and copy.headline and facts.title != copy.headline:
        yield (
            f'the copy has the headline "{copy.headline}"; '
            f'leave out TITLE="{facts.title}", since a headline is kept as sent'
        )


def _faults_of_supplied(facts: Facts, copy: WireCopy) -> Iterator[str]:
    for name in _names(facts.supplied.lower()):
        if name not in SUPPLIABLE:
            known = ", ".join(SUPPLIABLE)
            yield f'SUPPLIED= names "{name}"; the archive may supply {known} and nothing else'
        elif name == "title" and copy.headline:
            yield "SUPPLIED= names title, but the copy has a headline; take title out of SUPPLIED="
        elif not getattr(facts, name):
            yield f"SUPPLIED= names {name}, which is not given; give {name.upper()}= too"


def _faults_of_slug(slug: str) -> Iterator[str]:
    if not slug:
        yield 'no slug to be had from the title; give SLUG="\u2026" in letters, digits and hyphens'
    elif slug.lower() == "page":
        yield 'the slug "page" is reserved for numbered listings; give another SLUG='
    elif not slug[0].isalnum() or not all(char == "-" or char.isalnum() for char in slug):
        yield f'the slug "{slug}" cannot stand in an address; use letters, digits and hyphens'
    elif len(slug.encode()) > LONGEST_SLUG:
        yield f"the slug is longer than {LONGEST_SLUG} bytes; give a shorter SLUG="


def _faults_of_place(content: Path, imported: Imported) -> Iterator[str]:
    """Name what bears the slug already: a story of any day, in any case, or the day's copy."""
    slug = _folded(imported.article.stem)
    stories = sorted((content / "articles").rglob("*.md"))
    copies = sorted(imported.wire.parent.glob("*.txt"))
    for path in (*stories, *copies):
        if _folded(path.stem) == slug:
            yield f"{path} is there already; give another SLUG=, or edit that story"


def _folded(slug: str) -> str:
    return unicodedata.normalize("NFC", slug).casefold()


def _has_control(text: str) -> bool:
    return any(unicodedata.category(character) == "Cc" for character in text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _post(copy: WireCopy, facts: Facts, title: str, slug: str) -> Post:
    return Post(
        title=title,
        date=facts.date,
        slug=slug,
        id=uuid4().urn,
        category=facts.section,
        tags=", ".join(_names(facts.tags)),
        slugline=copy.slugline,
        advisory=copy.advisory,
        byline=copy.byline,
        dateline=copy.dateline,
        source=facts.source or dateline.parse(copy.dateline).agency,
        rights=facts.rights,
        summary=facts.summary,
        credits=copy.credits,
        supplied=", ".join(_names(facts.supplied.lower())),
        date_note=facts.date_note,
        paragraphs=copy.paragraphs,
    )


def _paths(content: Path, date: str, slug: str) -> Imported:
    day = Path(*re.findall(r"[0-9]+", date[:10]))  # a date that will be refused is no path either
    return Imported(
        article=content / "articles" / day / f"{slug}.md",
        wire=content / "wire" / day / f"{slug}.txt",
    )


def _write_both(files: dict[Path, bytes]) -> None:
    """Create all of these files or none, each in one step and never over another file."""
    with ExitStack() as drafts, ExitStack() as undo:
        for path, data in files.items():
            draft = path.with_name(f".{uuid4().hex}.tmp")
            drafts.callback(draft.unlink, missing_ok=True)
            try:
                _write_through(draft, data)
                os.link(draft, path)  # unlike a rename, fails where the name is taken
            except OSError as error:
                problem = f"{path}: cannot be written ({error.strerror}); nothing was imported"
                raise ImportRefused(problem) from None
            undo.callback(path.unlink)
        undo.pop_all()


def _write_through(path: Path, data: bytes) -> None:
    """Write a new file through to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
