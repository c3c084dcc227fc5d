"""The post: a story's facts as metadata, its paragraphs as Markdown that gives back their text."""

import re
from dataclasses import dataclass

SUPPLIABLE = ("title", "date", "summary")  # what the archive may have to write itself


@dataclass(frozen=True, slots=True)
class Post:
    """What is known of a story; the fields are its metadata in the order in which they stand."""

    title: str
    date: str
    slug: str = ""
    id: str = ""
    category: str = ""
    tags: str = ""
    slugline: str = ""
    advisory: str = ""
    byline: str = ""
    dateline: str = ""
    source: str = ""
    rights: str = ""
    summary: str = ""
    credits: str = ""
    supplied: str = ""
    date_note: str = ""
    paragraphs: tuple[str, ...] = ()


_KEYS = tuple(name for name in Post.__slots__ if name != "paragraphs")


def render(post: Post) -> str:
    """Write a post's file: metadata, a blank line, the paragraphs."""
    values = ((key.capitalize(), getattr(post, key)) for key in _KEYS)
    header = "".join(_field(key, value) for key, value in values if value)
    body = "\n\n".join(escape(paragraph) for paragraph in post.paragraphs)
    return f"{header}\n{body}\n" if body else header


def _field(key: str, value: str) -> str:
    lines = "\n    ".join(value.split("\n"))
    return f"{key}: {lines}\n"


# What Markdown takes for structure at the beginning of a line, up to the character to escape.
_LINE_OPENINGS = (
    re.compile(r"(?m)^ *(?=[#>])"),  # heading, quotation
    re.compile(r"(?m)^ *(?=[*+-] )"),  # list
    re.compile(r"(?m)^ *\d+(?=\. )"),  # numbered list
    re.compile(r"(?m)^ *(?=: )"),  # definition
    re.compile(r"(?m)^(?=~~~)"),  # fenced code
    re.compile(r"(?m)^ *(?=([-_*=])(?:\1| )*$)"),  # rule, underlined heading
    re.compile(r"(?m)^ *(?=[|:-][|: -]*$)"),  # the line below a table's head
    re.compile(r"(?m)^ *(?=\[[^\[\]]*\]:)"),  # link definition
    re.compile(r"(?m)^ *(?=\{.*\} *$)"),  # attributes of the paragraph
)
# What Markdown takes for markup anywhere.
_INLINE = (
    re.compile(r"`"),  # code
    re.compile(r"\\(?=[!-/:-@\[-`{-~\n])"),  # escape
    re.compile(r"(?<=\])\("),  # link
    re.compile(r"\[(?=\^)"),  # footnote
    re.compile(r"&(?=#?\w+;)"),  # entity
    re.compile(r"\t"),  # would become blanks
    re.compile(r"\A\s|\s\Z"),  # blanks around a paragraph would go
    re.compile(r" (?<=  )(?=\n)"),  # two blanks at a line's end would break it
)
_CHUNK = re.compile(r"[^ ]+")
_RUN = re.compile(r"\*+|_+")
_BLANKS = frozenset(" \n")
_BACKSLASHED = frozenset("\\`*_{}[]()>#+-.!")


def escape(paragraph: str) -> str:
    """Write a paragraph so that Markdown gives back exactly its text.

    Only what Markdown would take for markup is escaped: by a backslash, or by an entity where
    Python-Markdown knows no backslash. The paragraph may hold line breaks but no blank lines.
    """
    marked = _marked(paragraph)
    return "".join(
        _escaped(character) if place in marked else character
        for place, character in enumerate(paragraph)
    )


def _marked(paragraph: str) -> frozenset[int]:
    """Find the places of the characters that Markdown would take for markup."""
    places = {
        place
        for pattern in _INLINE
        for found in pattern.finditer(paragraph)
        for place in range(*found.span())
    }
    places.update(_emphasis(paragraph), _addresses(paragraph))
    for pattern in _LINE_OPENINGS:
        places.update(opening.end() for opening in pattern.finditer(paragraph))
    return frozenset(places)


def _emphasis(paragraph: str) -> set[int]:
    """Find asterisks and underscores, but not those between blanks or within a word."""
    places: set[int] = set()
    padded = f"\0{paragraph}\0"
    for run in _RUN.finditer(paragraph):
        before, after = padded[run.start()], padded[run.end() + 1]
        between_blanks = before in _BLANKS and after in _BLANKS
        within_word = run[0][0] == "_" and before.isalnum() and after.isalnum()
        if not (between_blanks or within_word):
            places.update(range(*run.span()))
    return places


def _addresses(paragraph: str) -> set[int]:
    """Find what might open an address in angle brackets: ``<http://…>``, ``<name@…>``."""
    places: set[int] = set()
    for chunk in _CHUNK.finditer(paragraph):
        end = chunk.start() + max(chunk[0].rfind("@"), chunk[0].rfind("://"))
        places.update(place for place in range(chunk.start(), end) if paragraph[place] == "<")
    return places


def _escaped(character: str) -> str:
    if character == "&":
        return "&amp;"
    if character == "<":
        return "&lt;"
    return f"\\{character}" if character in _BACKSLASHED else f"&#{ord(character)};"
