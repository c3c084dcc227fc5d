"""The social card and the touch icon: the archive's name, printed so that it fits."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from newsarchive.article.article import Article, Picture
from newsarchive.build import lettering
from newsarchive.build.lettering import Typeface
from newsarchive.exports import card
from newsarchive.exports.card import Colours, Press, colours, draw_card, draw_icon, draw_story_card
from newsarchive.settings import Site

HEADLINE = "North Korea appears to dismiss return to personal diplomacy with Trump"
LONG = "Ministers of nineteen nations meet in the harbour town to settle who may fish where " * 4
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def press(root: Path, site: Site) -> Press:
    """The archive's own type and colours."""
    tokens = (root / "theme/styles/tokens.css").read_text("utf-8")
    fonts = root / "theme/static/fonts"
    faces = (lettering.typeface(fonts, f"archive-{face}") for face in card.FACES)
    return card.press(site, tokens, *faces)


def opened(data: bytes) -> Image.Image:
    """The image of a file."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def printed(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around all that is not paper."""
    paper = Image.new("RGB", image.size, image.getpixel((0, 0)))
    box = ImageChops.difference(image, paper).getbbox()
    assert box is not None
    return box


def test_theme_has_its_faces_and_colours(press: Press, root: Path) -> None:
    """The card is set in the theme's own type, on its paper by light."""
    for face in (press.bold, press.italic, press.sans):
        assert len(face.files) == 2
        assert lettering.fonts_for("Árvíztűrő", face) == face.files
    tokens = (root / "theme/styles/tokens.css").read_text("utf-8")
    assert f"--paper: {press.colours.paper};" in tokens
    assert tokens.index(press.colours.paper) < tokens.index("@media")


def test_colours_of_another_theme() -> None:
    """Colours come from the tokens; what these do not name, or not as a plain colour, has one."""
    tokens = ":root { --ink: #123; --paper: oklch(1 0 0); } @media x { :root { --ink: #fff; } }"
    assert colours(tokens) == Colours(ink="#123")
    assert colours("") == Colours()


@pytest.mark.parametrize("draw", [draw_card, lambda press: draw_story_card(press, HEADLINE)])
def test_card(press: Press, draw: Callable[[Press], bytes]) -> None:
    """A card is as large as Open Graph wants it, printed, and the same each time."""
    data = draw(press)
    image = opened(data)
    assert image.size == (1200, 630)
    left, top, right, bottom = printed(image)
    assert (left, right) == (card.MARGIN, 1200 - card.MARGIN)  # the rules
    assert 20 < top < bottom < 610
    assert draw(press) == data
    assert len(data) < 100_000


@pytest.mark.parametrize("name", ["I", "The News Archive", LONG, LONG_WORD, "W" * 200])
@pytest.mark.parametrize("subtitle", ["", "Kept for good", LONG])
def test_any_name_fits(press: Press, name: str, subtitle: str) -> None:
    """The longest name and subtitle stay within the margins and off the edges."""
    left, top, right, bottom = printed(
        opened(draw_card(replace(press, name=name, subtitle=subtitle)))
    )
    assert card.MARGIN - 8 <= left < right <= 1200 - card.MARGIN + 8  # a letter may overhang
    assert 20 <= top < bottom <= 610


@pytest.mark.parametrize("headline", ["Ferry", HEADLINE, LONG, LONG_WORD, "W" * 300])
def test_any_headline_fits(press: Press, headline: str) -> None:
    """A headline stays between the rules, whatever its length."""
    image = opened(draw_story_card(press, headline))
    with_it, without = (
        printed(image),
        printed(opened(draw_story_card(replace(press, bold=press.bold), ""))),
    )
    assert with_it[1::2] == without[1::2]
    assert card.MARGIN - 8 <= with_it[0] < with_it[2] <= 1200 - card.MARGIN + 8
    assert image.tobytes() != opened(draw_story_card(press, "")).tobytes()


def test_lines_are_balanced(press: Press) -> None:
    """No word stands alone on the last line where the others can make room."""
    setting = lettering.fitted(HEADLINE, press.bold, 1020, ((3, 96, 76),))
    assert setting is not None
    assert len(setting.lines) == 3
    assert " ".join(setting.lines) == HEADLINE
    assert max(map(len, setting.lines)) - min(map(len, setting.lines)) < 8


def test_what_is_too_long_says_so(press: Press) -> None:
    """A text that is cut ends in an ellipsis."""
    setting = lettering.fitted(LONG, press.bold, 1020, ((2, 60, 40),))
    assert setting is not None
    assert len(setting.lines) == 2
    assert setting.lines[-1].endswith("…")


@pytest.fixture
def no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no fonts."""
    monkeypatch.setattr(lettering, "_of_the_system", tuple)


@pytest.mark.usefixtures("no_other_fonts")
def test_no_boxes_for_letters_that_no_font_has(press: Press) -> None:
    """A name that cannot be printed is left out; the rest of the card stands."""
    assert lettering.fonts_for("금강산", press.bold) == ()
    assert lettering.fonts_for("The 금강산 Archive", press.bold) == ()
    nameless = opened(draw_card(replace(press, name="금강산")))
    assert nameless.tobytes() == opened(draw_card(replace(press, name=""))).tobytes()
    assert printed(nameless)[3] > 300


def test_one_font_sets_what_the_themes_own_cannot(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fallback has to have all letters; one that lacks some is passed over."""
    monkeypatch.setattr(lettering, "_of_the_system", lambda: press.bold.files[:1])
    theirs = Typeface(press.bold.files[1:])  # the rare letters alone
    assert lettering.fonts_for("Ű", theirs) == theirs.files
    assert lettering.fonts_for("An", theirs) != theirs.files
    assert len(lettering.fonts_for("An", theirs)) == 1


def test_a_theme_without_fonts(press: Press) -> None:
    """Another theme's card is set in the font that comes with the library."""
    none = Typeface(())
    bare = opened(draw_card(replace(press, bold=none, italic=none, sans=none)))
    assert printed(bare)[1] < 250


def test_touch_icon(press: Press) -> None:
    """The icon is square, shows the archive's initial, and has no transparent corner."""
    image = Image.open(io.BytesIO(draw_icon(press)))
    assert (image.size, image.mode) == ((180, 180), "RGB")
    left, top, right, bottom = printed(image)
    assert 20 <= left < right <= 160
    assert 20 <= top < bottom <= 160
    assert abs((left + right) - 180) <= 2
    assert draw_icon(replace(press, name="Zeitung")) != draw_icon(press) == draw_icon(press)


def test_names_say_what_is_drawn(press: Press) -> None:
    """Whatever changes the card changes its name, so that a name can be kept for ever."""
    others = [
        replace(press, name="The Old Archive"),
        replace(press, subtitle="x"),
        replace(press, address="example.com"),
        replace(press, colours=Colours(ink="#000")),
        replace(press, bold=press.italic),
    ]
    paths = {other.card.path for other in (press, *others, replace(press))}
    assert len(paths) == 6
    assert all(path.startswith("theme/card-") and path.endswith(".png") for path in paths)
    assert press.card.alternative == "The News Archive: Stories kept for good"


@pytest.mark.usefixtures("no_other_fonts")
def test_cards_of_stories(press: Press, story: Callable[..., Article]) -> None:
    """A story without a picture gets a card of its headline, once; drawn when it is written."""
    kept: dict[str, bytes] = {}

    def keep(name: str, make: Callable[[], bytes]) -> bytes:
        return kept.setdefault(name, b"") or make()

    pictured = story(picture=Picture("a.jpg", "", width=9, height=9, key="0" * 64))
    stories = [story(), pictured, story(headline="금강산 관광"), story()]
    (page,) = press.story_pages(stories, keep)
    image = press.card_of(story())
    assert page.path == image.path
    assert image.path.startswith("pictures/north-korea-personal-diplomacy-")
    assert image.alternative == f"{story().headline} — The News Archive"
    assert press.card_of(stories[2]) == press.card
    assert kept == {}
    assert opened(page.make()).size == (1200, 630)
    assert len(kept) == 1
