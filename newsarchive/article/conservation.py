"""Every word of a text is in what it became: what Markdown would drop without a word is found."""

import re
from collections import Counter
from html import escape, unescape

_WORD = re.compile(r"[^\W_]+")
_ENTITY = re.compile(r"&#?\w+;")
# What is said to the parser and not to the reader.
_MARKUP = re.compile(
    r"""
    ^[ >]*\d+\.(?=\s)                       # the number of an item in a list
  | ^[ ]{0,3}\[(?!\^)[^\]\n]*\]:.*          # where a link by name leads
  | ^[ ]{0,3}\*\[[^\]\n]*\]:                # an abbreviation, which stands in the text
  | ^[ >]*(?:```+|~~~+).*                   # the language of code
  | \[\^[^\]\n]*\]                          # the name of a note
  | \][ \n]?\[[^\]\n]*\]                    # that of a link
  | \]\((?:[^()\n]|\([^()\n]*\))*\)        # its address, and the title
  | \{[:\#.][^}\n]*\}                       # attributes
    """,
    re.MULTILINE | re.VERBOSE,
)
_UNREAD = dict.fromkeys((0, 2, 3))  # controls that parser and sanitiser drop
_TAG = re.compile(r"<[^>]*>")
_VALUE = re.compile(r' (?:href|src|title|alt)="(?!#fn|Jump back)([^"]*)"')
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]^\n][^\]\n]*)\]:", re.MULTILINE)
_WAY_BACK = re.compile(r'href="#fnref:([^"]*)"')


def lost(text: str, html: str) -> str:
    """The first words of a Markdown text that are missing in its HTML, or nothing."""
    text = text.translate(_UNREAD)
    plain = _ENTITY.sub(lambda entity: unescape(entity[0]), _MARKUP.sub(" ", text))
    plain = _MARKUP.sub(" ", plain)
    words = Counter(_WORD.findall(plain))
    words.subtract(_WORD.findall(unescape(_TAG.sub(_said, html))))
    missing = {word for word, count in words.items() if count > 0}
    return next((word for word in _WORD.findall(plain) if word in missing), "")


def _said(tag: re.Match[str]) -> str:
    """What a tag says of itself: where a link leads, what a picture shows."""
    return f" {' '.join(_VALUE.findall(tag[0]))} " if '="' in tag[0] else " "


def unused(text: str, html: str) -> str:
    """The first line of a text that says where a link leads which the text does not have.

    It may be prose that looks like one, ``[Note]: see-below``, and is printed nowhere.
    """
    if "]:" not in text:
        return ""
    folded = text.casefold()
    for definition in _DEFINITION.finditer(text):
        name = f"[{definition['name']}]"
        if folded.count(name.casefold()) < 2 and f"{name}:" not in unescape(html):  # noqa: PLR2004
            return definition[0].strip()
    return ""


def unnamed(html: str) -> str:
    """The first footnote that no part of a text names, from which no way leads back."""
    if 'href="#fnref:' not in html:
        return ""
    names = map(unescape, _WAY_BACK.findall(html))
    return next((name for name in names if f'id="fnref:{escape(name)}"' not in html), "")
