"""A story's picture, planned in every width and format in which browsers may ask for it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from newsarchive.article.article import Article, Picture
from newsarchive.build.images import scaled_height
from newsarchive.build.plan import Page
from newsarchive.settings import Site

WIDTHS = (480, 960, 1600)
USUAL = 960
SIZES = "(min-width: 44rem) 39rem, 100vw"  # the widest that the theme's measure becomes
TYPES = {"avif": "image/avif", "webp": "image/webp"}  # what browsers are offered first
LONGEST_NAME = 60  # letters of the file's own name, which may take four bytes each
DIGITS = 8  # of the key, enough to tell the pictures of one name apart

# Makes the file of a picture: its path below content/, key, width and format.
Develop = Callable[[str, str, int, str], bytes]


@dataclass(frozen=True, slots=True)
class Image:
    """One file of a picture as others show it: where it is, its size, what it shows."""

    path: str
    width: int
    height: int
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One format of a picture: its media type, and its files by width as ``srcset`` has them."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """What a page needs to show a picture; browsers that know no source show ``src``."""

    sources: tuple[Source, ...]
    src: str
    srcset: str
    width: int
    height: int
    sizes: str = SIZES


def rendition(picture: Picture, site: Site) -> Rendition:
    """How a page shows a picture."""
    fallback = _fallback(picture)
    largest = image(picture)
    return Rendition(
        tuple(Source(name, _srcset(picture, form, site)) for form, name in TYPES.items()),
        site.link(_path(picture, _usual(picture.width), fallback)),
        _srcset(picture, fallback, site),
        largest.width,
        largest.height,
    )


def image(picture: Picture) -> Image:
    """The picture at its largest, in the format that everyone reads."""
    width = widths(picture.width)[-1]
    path = _path(picture, width, _fallback(picture))
    height = scaled_height(picture.width, picture.height, width)
    return Image(path, width, height, picture.alternative)


def pages(articles: Iterable[Article], develop: Develop) -> Iterator[Page]:
    """Plan every file of every picture; a picture of several stories is planned once."""
    planned = set()
    for article in articles:
        picture = article.picture
        if picture is None or (_stem(picture), picture.key) in planned:
            continue
        planned.add((_stem(picture), picture.key))
        for width in widths(picture.width):  # formats innermost: they share a scaled picture
            for form in (*TYPES, _fallback(picture)):
                content = partial(develop, picture.path, picture.key, width, form)
                yield Page(_path(picture, width, form), content, source=picture.path)


def widths(width: int) -> tuple[int, ...]:
    """The widths in which a picture this wide is published, never wider than it is."""
    return tuple(known for known in WIDTHS if known <= width) or (width,)


def _usual(width: int) -> int:
    """The width for browsers that cannot choose: what fills the measure on most screens."""
    return next((known for known in reversed(widths(width)) if known <= USUAL), width)


def _srcset(picture: Picture, form: str, site: Site) -> str:
    return ", ".join(
        f"{site.link(_path(picture, width, form))} {width}w" for width in widths(picture.width)
    )


def _fallback(picture: Picture) -> str:
    return "png" if picture.transparent else "jpg"


def _path(picture: Picture, width: int, form: str) -> str:
    return f"pictures/{_stem(picture)}-{picture.key[:DIGITS]}-{width}.{form}"


def _stem(picture: Picture) -> str:
    return file_name(PurePosixPath(picture.path).stem, "picture")


def file_name(words: str, otherwise: str) -> str:
    """Words as a part of a file's name, short, and safe within an address."""
    folded = unicodedata.normalize("NFC", words.casefold())
    return re.sub(r"[\W_]+", "-", folded)[:LONGEST_NAME].strip("-") or otherwise
