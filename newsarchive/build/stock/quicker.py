"""Functions of Pelican's, quicker: for the same arguments, the same result."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from os.path import abspath, join, normpath

from pelican import readers, utils
from pelican.utils import SafeDatetime, _HTMLWordTruncator

_WORD: re.Pattern[str] = _HTMLWordTruncator._word_regex  # noqa: SLF001  # the words themselves
_SEPARATOR = re.compile("</?p>|&(?:lt|gt|amp|quot);")
_TOKEN = re.compile(rf"(?P<word>{_WORD.pattern})|{_SEPARATOR.pattern}|[<&]")
_PLAIN_DATE = re.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_NUMBER = re.compile("[0-9]+")
_DIRECTIVE = re.compile("%[-]?.")
_FOUR_DIGITS = 1000  # how earlier years are written depends on the system
_NUMBERS: Mapping[str, Callable[[datetime], str]] = {  # the same in all languages
    "%Y": lambda date: str(date.year),
    "%m": lambda date: f"{date.month:02}",
    "%d": lambda date: f"{date.day:02}",
    "%H": lambda date: f"{date.hour:02}",
    "%M": lambda date: f"{date.minute:02}",
    "%S": lambda date: f"{date.second:02}",
}
_DIRECTIVES = frozenset("aAbBcdfGHIjmMpSUuVwWxXyYzZ%")


def find_empty_alt(content: str, path: str) -> None:
    """Warn of images that no words stand for."""
    if "<img" in content:
        _find_empty_alt(content, path)


_find_empty_alt = readers.find_empty_alt


def slugify(
    value: str,
    regex_subs: Iterable[tuple[str, str]] = (),
    preserve_case: bool = False,  # noqa: FBT001, FBT002  # as Pelican's
    use_unicode: bool = False,  # noqa: FBT001, FBT002
) -> str:
    """A text as it stands in addresses; for names, which come again and again."""
    return _slug(str(value), tuple(map(tuple, regex_subs)), preserve_case, use_unicode)


_slug: Callable[..., str] = lru_cache(maxsize=None)(utils.slugify)


def strftime(date: datetime, date_format: str) -> str:
    """A date in words, where ``%-d`` stands for a day without zeros."""
    template, directives = _taken_apart(date_format)
    how = {"safe": False} if isinstance(date, SafeDatetime) else {}
    numbers = _NUMBERS if isinstance(date, datetime) and date.year >= _FOUR_DIGITS else {}
    words = []
    for directive, strip, known in directives:
        if directive in numbers:
            word = numbers[directive](date)
        else:
            word = date.strftime(directive, **how) if known else directive
        words.append(word.lstrip("0") or "0" if strip else word)
    return template % tuple(words)


@lru_cache(maxsize=256)
def _taken_apart(date_format: str) -> tuple[str, list[tuple[str, bool, bool]]]:
    directives = []
    for found in _DIRECTIVE.findall(date_format):
        known, strip = found[-1] in _DIRECTIVES, found[1] == "-" and len(found) > 2  # noqa: PLR2004
        directives.append((f"%{found[-1]}" if known else found, known and strip, known))
    return _DIRECTIVE.sub("%s", date_format), directives


def get_date(string: str) -> datetime:
    """The moment that a text names; whole numbers, the year first, leave nothing to guess."""
    if _PLAIN_DATE.fullmatch(string):
        try:
            return SafeDatetime(*map(int, _NUMBER.findall(string)))  # type: ignore[no-any-return]
        except ValueError:
            pass  # no such day; Pelican says so
    return utils.get_date(string)  # type: ignore[no-any-return]


def truncate_html_words(s: str, num: int, end_text: str = "…") -> str:
    """The first words of a text; all but plain paragraphs is left to Pelican."""
    left, opened = int(num), 0
    if left <= 0:
        return ""
    for token in _TOKEN.finditer(s):
        if token.lastgroup:
            left -= 1
            if not left:
                return _cut(s, token.end(), opened, end_text) or _by_parser(s, num, end_text)
        elif token[0] == "<p>":
            opened += 1
        elif token[0] == "</p>":
            opened = max(0, opened - 1)
        elif token[0] in "<&":
            return _by_parser(s, num, end_text)
    return s


def _cut(s: str, end: int, opened: int, end_text: str) -> str | None:
    if end == len(s) or (s[end] in "<&" and not _SEPARATOR.match(s, end)):
        return None  # the word may go on, or end the text
    return s[:end] + (f" {end_text}" if end_text else "") + "</p>" * opened


_by_parser: Callable[..., str] = utils.truncate_html_words


def sanitised_join(base_directory: str, *parts: str) -> str:
    """A path below a folder; raises RuntimeError where it leads out of it."""
    joined = normpath(join(base_directory, *parts))  # noqa: PTH118  # once a page
    if os.sep == "/" and joined.startswith(_absolute(base_directory)):
        return joined
    return _sanitised_join(base_directory, *parts)


_sanitised_join: Callable[..., str] = utils.sanitised_join
_absolute = lru_cache(maxsize=8)(abspath)
