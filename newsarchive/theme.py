"""What the theme's folder holds beside its templates."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from newsarchive.build import lettering
from newsarchive.build.plan import Page
from newsarchive.exports import card
from newsarchive.settings import Site


def stylesheet(theme: Path) -> Page:
    """Join the theme's small files into the one that pages link to."""
    parts = sorted(Path(theme, "styles").glob("*.css"))
    sheet = "".join(part.read_text(encoding="utf-8") for part in parts)
    return Page("theme/css/archive.css", partial(str, sheet), source="the theme's stylesheet")


def awaited_fonts(theme: Path) -> tuple[str, ...]:
    """The font files that every page needs; those for rare letters and for italics can wait."""
    sheet = Path(theme, "styles", "fonts.css")
    if not sheet.is_file():
        return ()
    faces = sheet.read_text(encoding="utf-8").split("@font-face")
    wanted = (face for face in faces if "unicode-range" not in face and "italic" not in face)
    return tuple(name for face in wanted for name in re.findall(r"fonts/([\w.-]+\.woff2)", face))


def static_files(theme: Path) -> Iterator[tuple[Path, str]]:
    """The files that Pelican copies from the theme, each with its place on the site."""
    static = Path(theme, "static")
    for path in static.rglob("*"):
        if path.is_file():
            yield path, Path("theme", path.relative_to(static)).as_posix()


def press(theme: Path, site: Site) -> card.Press:
    """What the archive's cards are printed with: its name, the theme's colours and types."""
    tokens = Path(theme, "styles", "tokens.css")
    fonts = Path(theme, "static", "fonts")
    return card.press(
        site,
        tokens.read_text(encoding="utf-8") if tokens.is_file() else "",
        *(lettering.typeface(fonts, f"archive-{face}") for face in card.FACES),
    )
