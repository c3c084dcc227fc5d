"""The social card and the touch icon: the archive's own name, printed as the masthead prints it."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from PIL import Image as Canvas
from PIL import ImageDraw

from newsarchive.article.article import Article
from newsarchive.build import lettering
from newsarchive.build.lettering import Typeface
from newsarchive.build.plan import Page
from newsarchive.exports.pictures import DIGITS, Image, file_name
from newsarchive.settings import Site

WIDTH, HEIGHT = 1200, 630
MARGIN = 90
ICON = 180
TOUCH_ICON = "theme/touch-icon.png"
FACES = ("serif-bold", "serif-italic", "sans")  # a theme's, in the order of ``press``

# Gives what was made under a name, or makes it.
Keep = Callable[[str, Callable[[], bytes]], bytes]

_TOKEN = re.compile(r"--(paper|ink|ink-soft): (#[0-9a-fA-F]{3,8});")
# What is drawn depends on this file and on the one that sets the words.
_DRAWN_BY = b"".join(Path(module).read_bytes() for module in (__file__, lettering.__file__))


@dataclass(frozen=True, slots=True)
class Colours:
    """The theme's colours, as its tokens have them."""

    paper: str = "#fdfbf5"
    ink: str = "#1b1813"
    soft: str = "#4b453a"


def colours(tokens: str) -> Colours:
    """The colours of the theme's tokens, by light; where a token is missing, its default."""
    found: dict[str, str] = {}
    for name, colour in _TOKEN.findall(tokens):
        found.setdefault(name.replace("ink-soft", "soft"), colour)
    return Colours(**found)


@dataclass(frozen=True, slots=True)
class Press:
    """All that cards are printed with: what stands on each, the theme's colours and typefaces.

    ``address`` is the site's, without its scheme; it stands where a masthead has its folio line.
    """

    name: str
    subtitle: str
    address: str
    colours: Colours
    bold: Typeface
    italic: Typeface
    sans: Typeface

    @property
    def card(self) -> Image:
        """The card of the archive, for every page that has no picture of its own."""
        words = f"{self.name}: {self.subtitle}" if self.subtitle else self.name
        return Image(f"theme/card-{_key(self, 'card')[:DIGITS]}.png", WIDTH, HEIGHT, words)

    def card_of(self, article: Article) -> Image:
        """A story's own card; the archive's where no font has the letters of its headline."""
        if not lettering.fonts_for(article.headline, self.bold):
            return self.card
        name = file_name(article.slug, "story")
        path = f"pictures/{name}-{_key(self, 'story', article.headline)[:DIGITS]}-card.png"
        return Image(path, WIDTH, HEIGHT, f"{article.headline} — {self.name}")

    def pages(self, keep: Keep) -> Iterator[Page]:
        """Plan what stands for the archive: its card and its touch icon."""
        card, icon = partial(draw_card, self), partial(draw_icon, self)
        made = partial(keep, f"{_key(self, 'card')}.png", card)
        yield Page(self.card.path, made, source="the archive's card")
        made = partial(keep, f"{_key(self, 'icon')}.png", icon)
        yield Page(TOUCH_ICON, made, source="the touch icon")

    def story_pages(self, articles: Iterable[Article], keep: Keep) -> Iterator[Page]:
        """Plan the cards of stories, each once; a story with a picture is shown by that."""
        planned = {self.card.path}
        for article in articles:
            image = self.card_of(article)
            if article.picture is None and image.path not in planned:
                planned.add(image.path)
                name = f"{_key(self, 'story', article.headline)}.png"
                made = partial(keep, name, partial(draw_story_card, self, article.headline))
                yield Page(image.path, made, source=article.source_path)


def press(site: Site, tokens: str, bold: Typeface, italic: Typeface, sans: Typeface) -> Press:
    """What a site's cards are printed with; ``tokens`` is the theme's sheet of them."""
    address = site.address.partition("://")[2]
    return Press(site.name, site.subtitle, address, colours(tokens), bold, italic, sans)


@lru_cache(maxsize=4096)
def _key(press: Press, kind: str, words: str = "") -> str:
    """Tell what is drawn from all else that could be, before it is drawn."""
    said = (kind, words, press.name, press.subtitle, press.address, press.colours)
    digest = hashlib.sha256(repr((said, lettering.VERSION)).encode(errors="backslashreplace"))
    for text, face in (
        *((words, press.bold), (press.name, press.bold)),
        *((press.subtitle, press.italic), (press.address, press.sans)),
    ):
        for font in lettering.fonts_for(text, face):
            digest.update(hashlib.sha256(font).digest())
    digest.update(_DRAWN_BY)
    return digest.hexdigest()


_MEASURE = WIDTH - 2 * MARGIN
_DOUBLE = 12  # the height of a double rule: two strokes and as much between them
_STROKE = 4
_HAIR = 2

# Lines, largest and smallest size. A nameplate stays on one line while it can be read from afar.
_NAMEPLATE = ((1, 168, 96), (2, 120, 80), (3, 88, 52))
_SUBTITLE = ((1, 44, 34), (2, 34, 28))
_FOLIO = ((1, 28, 20),)
_RUNNING_HEAD = ((1, 48, 30),)
_HEADLINE = ((1, 128, 104), (2, 104, 88), (3, 96, 76), (4, 76, 60), (6, 60, 40))


def draw_card(press: Press) -> bytes:
    """The archive's name as large as it fits, what it says of itself, and a masthead's rules."""
    canvas, draw = _sheet(press)
    name = lettering.fitted(press.name, press.bold, _MEASURE, _NAMEPLATE)
    subtitle = lettering.fitted(press.subtitle, press.italic, _MEASURE, _SUBTITLE, 1.25)
    folio = lettering.fitted(press.address, press.sans, _MEASURE, _FOLIO)
    blocks = [(name, press.colours.ink, 20), (subtitle, press.colours.soft, 36)]
    foot = 68 if folio else 12
    height = sum(block.height + below for block, _, below in blocks if block)
    top = (HEIGHT - height - _DOUBLE - foot - _HAIR) // 2
    for block, ink, below in blocks:
        if block:
            lettering.set_centred(draw, block, WIDTH // 2, top, ink)
            top += block.height + below
    top = _double_rule(draw, press, top)
    if folio:
        middle = top + (foot - folio.height) // 2
        lettering.set_centred(draw, folio, WIDTH // 2, middle, press.colours.soft)
    _rule(draw, press, top + foot, _HAIR)
    return _png(canvas)


def draw_story_card(press: Press, headline: str) -> bytes:
    """A story's headline below the archive's name."""
    canvas, draw = _sheet(press)
    top, foot = 52, HEIGHT - 56
    name = lettering.fitted(press.name, press.bold, _MEASURE, _RUNNING_HEAD)
    if name:
        lettering.set_centred(draw, name, WIDTH // 2, top, press.colours.ink)
        top += name.height + 16
    top = _double_rule(draw, press, top)
    _rule(draw, press, foot, _HAIR)
    story = lettering.fitted(headline, press.bold, _MEASURE, _HEADLINE, 1.12)
    if story:
        middle = (top + foot - story.height) // 2
        lettering.set_centred(draw, story, WIDTH // 2, middle, press.colours.ink)
    return _png(canvas)


def draw_icon(press: Press) -> bytes:
    """The initial of the archive's name above a double rule."""
    canvas = Canvas.new("RGB", (ICON, ICON), press.colours.paper)
    draw = ImageDraw.Draw(canvas)
    initial = lettering.fitted(
        press.name.strip()[:1].upper(), press.bold, ICON, ((1, 132, 132),), 1
    )
    if initial:
        lettering.set_centred(draw, initial, ICON // 2, 14, press.colours.ink)
    for top, height in ((136, 6), (148, 6)):
        draw.rectangle((30, top, ICON - 31, top + height - 1), press.colours.ink)
    return _png(canvas)


def _sheet(press: Press) -> tuple[Canvas.Image, ImageDraw.ImageDraw]:
    canvas = Canvas.new("RGB", (WIDTH, HEIGHT), press.colours.paper)
    return canvas, ImageDraw.Draw(canvas)


def _double_rule(draw: ImageDraw.ImageDraw, press: Press, top: int) -> int:
    """Print a double rule, and tell where it ends."""
    _rule(draw, press, top, _STROKE)
    _rule(draw, press, top + _DOUBLE - _STROKE, _STROKE)
    return top + _DOUBLE


def _rule(draw: ImageDraw.ImageDraw, press: Press, top: int, height: int) -> None:
    draw.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + height - 1), press.colours.ink)


def _png(canvas: Canvas.Image) -> bytes:
    made = io.BytesIO()
    canvas.save(made, "PNG", optimize=True)
    return made.getvalue()
