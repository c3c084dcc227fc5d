"""Wire copy: bytes as they came become text, and text becomes its parts in document order."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from newsarchive.wire import advisory, byline, credits, dateline, people

LONGEST_HEADLINE = 160  # characters
LONGEST_WRAPPED_LINE = 100  # characters; teleprinters broke lines well before

Blocks = tuple[tuple[str, ...], ...]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SLUGLINE = re.compile(
    r"(?:[a-z] ){0,3}(?:AM|AP|BC|BX|PM)-{1,2}\S.*"  # BC-keyword,  (AP)
    r"|\^?[A-Z0-9][A-Z0-9&.'-]*/[A-Z0-9&.'/-]*(?: ?\([^a-z]*\))?(?: ?=[0-9]+)?"  # USA-NORTHKOREA/
    r"|BULLETIN|FLASH|URGENT"
)


@dataclass(frozen=True, slots=True)
class WireCopy:
    """The parts of a story as sent, in the order in which they stand in the copy.

    ``paragraphs`` begin after the dateline where exactly one blank follows it; any other gap could
    not be told from the parts, so then the first paragraph holds the dateline too. Blanks around a
    paragraph are layout; line breaks within one are kept. ``credits`` are the credits lines and the
    sign-off lines around them. Parts of several lines are joined by newlines.
    """

    slugline: str = ""
    headline: str = ""
    advisory: str = ""
    byline: str = ""
    dateline: str = ""
    paragraphs: tuple[str, ...] = ()
    credits: str = ""


def decode(data: bytes) -> str:
    """Decode copy: UTF-8 with or without a byte order mark, else Windows-1252, else Latin-1.

    Line ends become LF.
    """
    try:
        text = data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        text = _decode_single_bytes(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_single_bytes(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def control_characters(text: str) -> tuple[tuple[int, str], ...]:
    """List the control characters, tabs and newlines aside, each with its line, from 1."""
    return tuple(
        (text.count("\n", 0, found.start()) + 1, found[0]) for found in _CONTROL.finditer(text)
    )


def read(text: str) -> WireCopy:
    """Take copy apart; what does not stand where its kind belongs stays in the paragraphs."""
    blocks = _blocks(text)
    slugline, blocks = _take(blocks, _is_slugline)
    headline, blocks = _take_headline(blocks)
    note, blocks = _take(blocks, advisory.is_advisory)
    by, blocks = _take_byline(blocks)
    blocks, sign_off = _take_credits(blocks)
    leader, paragraphs = _take_dateline(blocks)
    return WireCopy(slugline, headline, note, by, leader, paragraphs, sign_off)


def _blocks(text: str) -> Blocks:
    """Group lines into paragraphs: between blank lines where lines were wrapped, else each line."""
    lines = text.strip("\n").split("\n")
    if all(line.strip() for line in lines):
        return tuple((line,) for line in lines)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return tuple(part for block in blocks if block for part in _unless_wrapped(block))


def _unless_wrapped(block: list[str]) -> Blocks:
    """Keep wrapped lines together; lines that run on past any wrapping are paragraphs."""
    if all(len(line) <= LONGEST_WRAPPED_LINE for line in block):
        return (tuple(block),)
    return tuple((line,) for line in block)


def _paragraph(block: tuple[str, ...]) -> str:
    return "\n".join(block).strip()


def _first_line(blocks: Blocks) -> str:
    return blocks[0][0].strip() if blocks else ""


def _without_first_line(blocks: Blocks) -> Blocks:
    rest = blocks[0][1:]
    return ((rest,) if rest else ()) + blocks[1:]


def _take(blocks: Blocks, is_part: Callable[[str], bool]) -> tuple[str, Blocks]:
    """Take the lines of one kind off the top; a wrapped one is taken whole."""
    taken: list[str] = []
    while blocks:
        if is_part(_paragraph(blocks[0])):
            taken.append(_paragraph(blocks[0]))
            blocks = blocks[1:]
        elif is_part(_first_line(blocks)):
            taken.append(_first_line(blocks))
            blocks = _without_first_line(blocks)
        else:
            break
    return "\n".join(taken), blocks


def _is_slugline(line: str) -> bool:
    return bool(_SLUGLINE.fullmatch(line))


def _take_headline(blocks: Blocks) -> tuple[str, Blocks]:
    """Take a short line off the top if an advisory, a byline or a dateline stands below it."""
    line = _first_line(blocks)
    if not line or len(line) > LONGEST_HEADLINE or _opens_story(blocks):
        return "", blocks
    rest = _without_first_line(blocks)
    if rest and _opens_story(rest) and not credits.is_credits(line):
        return line, rest
    return "", blocks


def _opens_story(blocks: Blocks) -> bool:
    line, paragraph = _first_line(blocks), _paragraph(blocks[0])
    return (
        advisory.is_advisory(line)
        or advisory.is_advisory(paragraph)
        or byline.is_byline(line)
        or bool(dateline.split(line)[0])
    )


def _take_byline(blocks: Blocks) -> tuple[str, Blocks]:
    """Take the byline off the top, with the writer's job where that is on the next line."""
    line = _first_line(blocks)
    if not byline.is_byline(line):
        return "", blocks
    rest = _without_first_line(blocks)
    job = _first_line(rest)
    if people.is_job(job):
        return f"{line}\n{job}", _without_first_line(rest)
    return line, rest


def _take_credits(blocks: Blocks) -> tuple[Blocks, str]:
    """Take credits and sign-offs off the end; wrapped ones are taken whole."""
    taken: list[str] = []
    while blocks:
        *above, last = blocks[-1]
        if _ends_copy(_paragraph(blocks[-1])):
            taken.append(_paragraph(blocks[-1]))
            blocks = blocks[:-1]
        elif _ends_copy(last.strip()):
            taken.append(last.strip())
            blocks = (*blocks[:-1], tuple(above))
        else:
            break
    return blocks, "\n".join(reversed(taken))


def _ends_copy(line: str) -> bool:
    return credits.is_credits(line) or credits.is_sign_off(line)


def _take_dateline(blocks: Blocks) -> tuple[str, tuple[str, ...]]:
    paragraphs = tuple(_paragraph(block) for block in blocks)
    if not paragraphs:
        return "", ()
    leader, rest = dateline.split(paragraphs[0])
    text = rest.removeprefix(" ")
    if leader and text != rest and text == text.lstrip():
        return leader, (text, *paragraphs[1:])
    return leader, paragraphs
