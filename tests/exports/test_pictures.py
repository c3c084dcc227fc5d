"""Pictures as they are planned: widths, formats, names, and each file once."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from newsarchive.article.article import Article, Picture
from newsarchive.article.plates import sized
from newsarchive.exports.pictures import Rendition, file_name, image, pages, rendition, widths
from newsarchive.settings import Site

PICTURE = Picture(
    "images/UN hall.jpg", "A hall", width=2000, height=1333, key="0123456789abcdef" * 4
)


def candidates(srcset: str) -> dict[str, str]:
    """A srcset's addresses by the widths that it states."""
    return {width: url for url, width in (part.split(" ") for part in srcset.split(", "))}


@pytest.mark.parametrize(
    ("width", "published"),
    [
        (100, (100,)),
        (479, (479,)),
        (480, (480,)),
        (959, (480,)),
        (960, (480, 960)),
        (9000, (480, 960, 1600)),
    ],
)
def test_widths(width: int, published: tuple[int, ...]) -> None:
    """No picture is made wider than it is, and a small one keeps its width."""
    assert widths(width) == published


def test_rendition(site: Site) -> None:
    """A page offers modern formats first, each in every width; all know the size beforehand."""
    found = rendition(PICTURE, site)
    stem = "/archive/pictures/un-hall-01234567"
    assert [source.type for source in found.sources] == ["image/avif", "image/webp"]
    assert candidates(found.sources[0].srcset) == {
        f"{width}w": f"{stem}-{width}.avif" for width in (480, 960, 1600)
    }
    assert candidates(found.srcset)["1600w"] == f"{stem}-1600.jpg"
    assert found.src == f"{stem}-960.jpg"
    assert (found.width, found.height) == (1600, 1066)


def test_small_and_transparent(site: Site) -> None:
    """What one can look through is a PNG for old browsers; a small picture has one width."""
    glass = replace(PICTURE, width=300, height=1, transparent=True)
    found = rendition(glass, site)
    assert found == Rendition(
        found.sources,
        "/archive/pictures/un-hall-01234567-300.png",
        "/archive/pictures/un-hall-01234567-300.png 300w",
        300,
        1,
    )
    assert replace(glass, width=1600).height == image(replace(glass, width=1600)).height == 1


def test_largest_image() -> None:
    """Others are shown the picture at its largest."""
    found = image(PICTURE)
    assert (found.path, found.width, found.height, found.alternative) == (
        "pictures/un-hall-01234567-1600.jpg",
        1600,
        1066,
        "A hall",
    )


def test_each_file_is_planned_once(story: Callable[..., Article], site: Site) -> None:
    """What pages name is planned, once for all stories; nothing is made before it is written."""
    made = []

    def develop(*asked: object) -> bytes:
        made.append(asked)
        return b"."

    other = replace(PICTURE, path="images/quay.png", key="f" * 64, width=100)
    stories = [story(picture=picture) for picture in (PICTURE, None, PICTURE, other)]
    planned = {page.path: page for page in pages(stories, develop)}
    found = rendition(PICTURE, site), rendition(other, site)
    named = {
        url.removeprefix("/archive/")
        for part in found
        for srcset in (part.srcset, *(source.srcset for source in part.sources))
        for url in candidates(srcset).values()
    }
    assert set(planned) == named
    assert len(list(pages(stories, develop))) == len(named) == 12
    assert made == []
    page = planned["pictures/un-hall-01234567-480.webp"]
    assert page.make() == b"."
    assert made == [("images/UN hall.jpg", PICTURE.key, 480, "webp")]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("UN hall", "un-hall"),
        ("a, b 2x", "a-b-2x"),
        ("Bürger_Straße", "bürger-strasse"),
        ("금강산", "금강산"),
        ("…", "picture"),
        ("x" * 99, "x" * 60),
    ],
)
def test_names_are_safe_in_a_srcset(words: str, name: str) -> None:
    """A name has no blank and no comma, which divide a srcset, and is short enough for a disk."""
    assert file_name(words, "picture") == name
    assert re.fullmatch(r"[\w-]+", name)


def test_pictures_inside_a_text() -> None:
    """A known picture gets its size, every one is loaded late, and a size once given stays."""
    sizes = {"/images/a&b.png": (640, 360), "/images/c.png": (9, 9)}
    text = (
        '<p><img alt="src=&quot;x&quot;" src="/images/a&amp;b.png"> <img src="https://x.org/y.png">'
        '<img src="/images/c.png" width="4"> &lt;img src="/images/c.png"&gt;</p>'
    )
    assert sized(text, sizes.get) == (
        '<p><img alt="src=&quot;x&quot;" src="/images/a&amp;b.png" width="640" height="360" '
        'loading="lazy" decoding="async"> '
        '<img src="https://x.org/y.png" loading="lazy" decoding="async">'
        '<img src="/images/c.png" width="4" loading="lazy" decoding="async"> '
        '&lt;img src="/images/c.png"&gt;</p>'
    )
