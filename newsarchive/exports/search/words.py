"""The words of a text, as the index has them and as a query asks for them.

``theme/static/search.js`` cuts a query into words by the same rule, which one file of cases proves
of both, ``tests/exports/search/words.json``:

- case and accents are folded: ``Élysée`` is ``elysee``;
- a word is a run of letters, digits and the marks that belong to them, in any script;
- full stops inside initials are dropped, ``D.P.R.K.`` is ``dprk``, and commas in thousands;
- ``’s`` at the end is dropped, any other apostrophe behind two letters too: ``don’t`` is ``dont``;
- scripts that put no blanks between words have a word for each letter, and phrases do the rest.
"""

import re
import unicodedata
from functools import cache, lru_cache
from html import unescape

# Scripts in which nothing tells where a word ends: Thai, Lao, Burmese, Khmer, Han and kana.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
# Accents, points and vowel signs that a script can do without, and what has no width.
_UNSAID = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200d\u2060\ufeff]+"
)
# Letters that are no others with a mark, and are written without it all the same.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
    | {"ς": "σ", "’": "'", "ʼ": "'", "＇": "'"}
)


def words(text: str) -> list[str]:
    """Cut a plain text into its words, folded."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text).lower()
        folded = _UNSAID.sub("", folded).translate(_LETTERS)
        if not folded.isascii():
            return _rule().words(folded)
        text = folded
    text = text.lower()
    if "'" in text:
        text = _JOINED.sub("", _POSSESSIVE.sub("", text))
    if "." in text:
        text = _INITIALS.sub(_joined, text)
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return text.translate(_BLANKS).split()  # in half the time that an expression takes


def _joined(initials: re.Match[str]) -> str:
    return f"{initials[0].replace('.', '')} "


# The rule for ASCII, which nearly all news is.
_POSSESSIVE = re.compile(r"(?<=[a-z0-9])'s(?![a-z0-9])")
_JOINED = re.compile(r"(?<=[a-z0-9]{2})'(?=[a-z0-9])")
_INITIALS = re.compile(r"(?<![a-z0-9])(?:[a-z]\.)+[a-z](?![a-z0-9])\.?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}


class _Rule:
    """The same rule for all scripts; Python has no name for the marks that stand in words."""

    def __init__(self) -> None:
        marks = "".join(
            chr(code) for code in range(0x20000) if unicodedata.category(chr(code))[0] == "M"
        )
        letter = rf"(?:[^\W_]|[{marks}])"
        self._possessive = re.compile(rf"(?<={letter})'s(?!{letter})")
        self._joined = re.compile(rf"(?<={letter}{letter})'(?={letter})")
        self._initials = re.compile(rf"(?<!{letter})(?:[^\W\d_]\.)+[^\W\d_](?!{letter})\.?")
        self._word = re.compile(
            rf"(?={letter})[{_UNSPACED}][{marks}]*|(?:(?![{_UNSPACED}]){letter})+"
        )

    def words(self, folded: str) -> list[str]:
        text = self._joined.sub("", self._possessive.sub("", folded))
        text = _THOUSANDS.sub("", self._initials.sub(_joined, text))
        return self._word.findall(text)


@cache
def _rule() -> _Rule:
    return _Rule()


_SPANS = "abbr|b|cite|code|del|em|i|ins|kbd|q|s|samp|small|span|strong|a"
_SPAN = re.compile(rf"</?(?:{_SPANS})(?: [^>]*)?>")
_TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """The text of sanitised HTML, a blank between its paragraphs."""
    text = html.replace("<p>", " ").replace("</p>", " ")
    if "<" in text:
        text = _TAG.sub(" ", _SPAN.sub("", text))
    return unescape(text) if "&" in text else text


@lru_cache(maxsize=4096)  # few names, of many stories
def key(name: str) -> str:
    """A name as its words, joined: what tells it from others where it has no slug."""
    return " ".join(words(name))
