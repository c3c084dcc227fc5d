"""Words become shapes on a picture: a typeface that has their letters is found, fitted and set.

A typeface's own files come first. Where they lack a letter, one font that has them all sets the
whole text; where there is none, nothing is set, so that no reader sees boxes.
"""

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import PIL
from PIL import ImageDraw, ImageFont, features

Colour = str
Run = tuple[bytes, str]  # the file of a font, and what it sets
Fit = tuple[int, int, int]  # lines at most, the largest size, the smallest; sizes in pixels

# Fonts with many letters, as systems name them, those of the best look first.
SYSTEM_FONTS = (
    *("NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf", "FreeSerifBold.ttf"),
    *("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"),
    *("SourceHanSerif-Bold.ttc", "wqy-zenhei.ttc", "wqy-microhei.ttc", "ipag.ttf"),
    *("DejaVuSans-Bold.ttf", "DejaVuSans.ttf", "NotoSansArabic-Bold.ttf"),
    *("NotoSansHebrew-Bold.ttf", "NotoSansDevanagari-Bold.ttf", "NotoSansThai-Bold.ttf"),
    *("Arial Unicode.ttf", "PingFang.ttc", "msyhbd.ttc", "malgunbd.ttf", "YuGothB.ttc"),
)
VERSION = repr((PIL.__version__, [features.version(name) for name in ("freetype2", "raqm")]))

_MISSING = "\uffff"  # no font has it: what is drawn for it is drawn for any missing letter
_SETS_NOTHING = {"Cf", "Mn", "Me", "Zs", "Zl", "Zp", "Cc"}  # these go with the letter before
_PROBE = 24  # pixels, enough to tell two letters apart
# A line breaks at a blank, and beside any letter of a script that is written without blanks.
_WORD = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff]+|\s+"
)


@dataclass(frozen=True, slots=True)
class Typeface:
    """The files of one face, each for other letters."""

    files: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it is set: the fonts that have its letters, the size, the lines, the leading."""

    fonts: tuple[bytes, ...]
    size: int
    lines: tuple[str, ...]
    leading: float = 1.1

    @property
    def height(self) -> int:
        """From the top of the first line to the foot of the last."""
        return round(self.size * self.leading * len(self.lines))


def typeface(folder: Path, stem: str) -> Typeface:
    """The files of a face in a theme: ``stem.*`` for most letters, ``stem-ext.*`` for others."""
    paths = (*sorted(folder.glob(f"{stem}.*")), *sorted(folder.glob(f"{stem}-ext.*")))
    return Typeface(tuple(path.read_bytes() for path in paths))


def fonts_for(text: str, face: Typeface) -> tuple[bytes, ...]:
    """The font files that set a text whole; none where no font has all of its letters."""
    letters = {letter for letter in text if not _goes_along(letter)}
    if face.files and all(_first(letter, face.files) for letter in letters):
        return face.files
    others = (*_pillows_own(), *_of_the_system())
    return next(
        ((font,) for font in others if all(_has(font, letter) for letter in letters)),
        (),
    )


def fitted(
    text: str, face: Typeface, measure: int, fits: Sequence[Fit], leading: float = 1.1
) -> Setting | None:
    """Set a text by the first of ``fits`` that holds it, as large as that allows.

    What is too long for the last ends in ``…``. None where there is nothing to set, or no font.
    """
    words = " ".join(text.split())
    fonts = fonts_for(words, face)
    if not words or not fonts:
        return None
    for lines, largest, smallest in fits:
        for size in range(largest, smallest - 1, -2):
            if _fits(_broken(words, fonts, size, measure), fonts, size, measure, lines):
                return Setting(fonts, size, _balanced(words, fonts, size, measure), leading)
    lines, _, size = fits[-1]
    return Setting(fonts, size, _cut(words, fonts, size, measure, lines), leading)


def set_centred(
    canvas: ImageDraw.ImageDraw, setting: Setting, middle: int, top: int, ink: Colour
) -> None:
    """Print a setting with each of its lines about a middle, the first below ``top``."""
    step = setting.size * setting.leading
    for number, line in enumerate(setting.lines):
        left = middle - _width(line, setting.fonts, setting.size) / 2
        base = top + step * number + setting.size * (setting.leading - 1) / 2 + setting.size * 0.8
        for font, run in _runs(line, setting.fonts):
            shape = _font(font, setting.size)
            canvas.text((left, base), run, fill=ink, font=shape, anchor="ls")
            left += shape.getlength(run)


def _broken(text: str, fonts: tuple[bytes, ...], size: int, measure: float) -> tuple[str, ...]:
    lines = [""]
    for word in _WORD.findall(text):
        if _width((lines[-1] + word).rstrip(), fonts, size) <= measure or not lines[-1]:
            lines[-1] += word
        else:
            lines.append(word.lstrip())
    return tuple(line.strip() for line in lines if line.strip())


def _fits(
    lines: tuple[str, ...], fonts: tuple[bytes, ...], size: int, measure: int, most: int
) -> bool:
    return len(lines) <= most and all(_width(line, fonts, size) <= measure for line in lines)


def _balanced(text: str, fonts: tuple[bytes, ...], size: int, measure: int) -> tuple[str, ...]:
    """As few lines as fit, made as equally long as can be."""
    best = _broken(text, fonts, size, measure)
    low, high = measure // 2, measure
    while low < high:
        middle = (low + high) // 2
        lines = _broken(text, fonts, size, middle)
        if _fits(lines, fonts, size, measure, len(best)):
            best, high = lines, middle
        else:
            low = middle + 1
    return best


def _cut(
    text: str, fonts: tuple[bytes, ...], size: int, measure: int, most: int
) -> tuple[str, ...]:
    """The first lines of a text that is too long, each cut where it is wider than the measure."""
    ending = "…" if _first("…", fonts) else ""
    lines = list(_broken(text, fonts, size, measure))
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] += ending
    return tuple(_shortened(line, fonts, size, measure, ending) for line in lines)


def _shortened(line: str, fonts: tuple[bytes, ...], size: int, measure: int, ending: str) -> str:
    while line and _width(line, fonts, size) > measure:
        line = line.removesuffix(ending)[:-1].rstrip(" ,;:–—-") + ending
    return line


@lru_cache(maxsize=4096)
def _width(line: str, fonts: tuple[bytes, ...], size: int) -> float:
    return sum(_font(font, size).getlength(run) for font, run in _runs(line, fonts))


def _runs(line: str, fonts: tuple[bytes, ...]) -> Iterator[Run]:
    """Divide a line into what each font sets."""
    current, run = fonts[0], ""
    for letter in line:
        font = current if _goes_along(letter) else _first(letter, fonts) or current
        if font is not current and run:
            yield current, run
            run = ""
        current = font
        run += letter
    if run:
        yield current, run


def _goes_along(letter: str) -> bool:
    return unicodedata.category(letter) in _SETS_NOTHING


def _first(letter: str, fonts: tuple[bytes, ...]) -> bytes | None:
    return next((font for font in fonts if _has(font, letter)), None)


@cache
def _has(font: bytes, letter: str) -> bool:
    shape = _font(font, _PROBE)
    return _drawn(shape, letter) != _drawn(shape, _MISSING)


def _drawn(shape: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = shape.getmask(letter)
    return mask.size, bytes(mask)


@lru_cache(maxsize=64)
def _font(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font), size)


@cache
def _pillows_own() -> tuple[bytes, ...]:
    default = ImageFont.load_default(_PROBE)
    if not isinstance(default, ImageFont.FreeTypeFont):
        return ()  # a Pillow without FreeType has a few letters as bitmaps
    return (default.font_bytes,)


@cache
def _of_the_system() -> tuple[bytes, ...]:
    return tuple(filter(None, map(_system_font, SYSTEM_FONTS)))


def _system_font(name: str) -> bytes:
    try:
        return Path(str(ImageFont.truetype(name).path)).read_bytes()
    except OSError:
        return b""
