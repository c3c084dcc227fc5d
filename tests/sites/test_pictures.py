"""A whole site with pictures: the figure, what machines are told, and how often one is encoded."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from lxml import html
from PIL import ExifTags, Image

from newsarchive.build import images
from newsarchive.errors import ContentFaults

Build = Callable[..., Path]

WHERE = b"Where the camera was"
STORY = """\
    Title: {title}
    Date: 2024-09-30
    Category: World
    {lines}

    {text}
    """
PICTURE = "Picture: images/Quay.jpg\n    Picture_alt: The <quay>\n    Picture_credit: Ada Roe"
URL = "2024/09/30/{}/index.html"


def story(title: str, lines: str = "Summary: It sails.", text: str = "It sailed.") -> str:
    """A post."""
    return STORY.format(title=title, lines=lines, text=text)


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    """A photograph that tells where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = WHERE.decode()
    path = tmp_path / "content/images/Quay.jpg"
    path.parent.mkdir(parents=True)
    Image.linear_gradient("L").resize((1000, 500)).save(path, exif=exif.tobytes())
    return path


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats of what was encoded since the test began."""
    counted: list[str] = []
    encode = images.encode

    def count(data: bytes, width: int, form: str) -> bytes:
        counted.append(form)
        return encode(data, width, form)

    monkeypatch.setattr(images, "encode", count)
    return counted


def parsed(path: Path) -> html.HtmlElement:
    """A page as a tree."""
    return html.fromstring(path.read_bytes())


def metas(page: html.HtmlElement, prefix: str) -> dict[str, str]:
    """What a page's head says under keys that begin like this."""
    keys = f"starts-with(@property, '{prefix}') or starts-with(@name, '{prefix}')"
    return {
        meta.get("property") or meta.get("name"): meta.get("content")
        for meta in page.xpath(f"//meta[{keys}]")
    }


def local(output: Path, url: str) -> Path:
    """The file behind an address of the site."""
    return output / url.removeprefix("https://example.org").removeprefix("/")


@pytest.mark.usefixtures("quay")
def test_figure(build: Build) -> None:
    """Every file that the figure offers is there, as large as it says, and tells nothing more."""
    output = build({"articles/a.md": story("Ferry", PICTURE)})
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    page = parser.parse((output / URL.format("ferry")).read_bytes())
    assert parser.errors == []
    (figure,) = page.xpath("//figure")
    assert [element.tag for element in figure.xpath("./picture/*")] == ["source", "source", "img"]
    for element, form in zip(figure.xpath(".//*[@srcset]"), ("AVIF", "WEBP", "JPEG"), strict=True):
        for part in element.get("srcset").split(", "):
            url, width = part.split(" ")
            data = local(output, url).read_bytes()
            image = Image.open(io.BytesIO(data))
            assert (image.format, f"{image.width}w") == (form, width)
            assert WHERE not in data
    (image,) = figure.xpath(".//img")
    assert {
        name: image.get(name) for name in ("width", "height", "alt", "loading", "decoding")
    } == {
        "width": "960",
        "height": "480",
        "alt": "The <quay>",
        "loading": "lazy",
        "decoding": "async",
    }
    assert local(output, image.get("src")).is_file()
    assert figure.xpath("string(figcaption)").strip() == "Ada Roe"
    assert not (output / "images").exists()  # the original, with all that it tells


@pytest.mark.usefixtures("quay")
def test_second_build_encodes_nothing(build: Build, encoded: list[str]) -> None:
    """What was encoded is kept outside the output, and used again."""
    files = {"articles/a.md": story("Ferry", PICTURE), "articles/b.md": story("Boat", PICTURE)}
    output = build(files)
    assert sorted(encoded) == ["avif", "avif", "jpg", "jpg", "webp", "webp"]
    first = {path.name: path.read_bytes() for path in (output / "pictures").iterdir()}
    for path in (output / "pictures").iterdir():
        path.unlink()
    build(files)
    assert len(encoded) == 6
    assert first == {path.name: path.read_bytes() for path in (output / "pictures").iterdir()}


def test_changed_picture_has_another_name(build: Build, quay: Path) -> None:
    """A file never changes under its name."""
    files = {"articles/a.md": story("Ferry", PICTURE)}
    output = build(files)
    first = set((output / "pictures").iterdir())
    Image.new("L", (480, 480)).save(quay)
    build(files)
    assert len(set((output / "pictures").iterdir()) - first) == 3


def test_what_is_no_picture_is_a_fault_on_its_line(build: Build, quay: Path) -> None:
    """The story that names it is told, by line, with the cure; nothing is written."""
    quay.write_text("a picture", encoding="utf-8")
    fault = r'a\.md:4: picture "images/Quay\.jpg" is no picture; give a JPEG, .*\n1 fault; nothing'
    with pytest.raises(ContentFaults, match=fault):
        build({"articles/a.md": story("Ferry", PICTURE)})


@pytest.mark.usefixtures("quay")
def test_what_is_shared(build: Build) -> None:
    """Machines get a story's picture, everyone else the card; all sizes are true."""
    files = {"articles/a.md": story("Ferry", PICTURE), "articles/b.md": story("Boat")}
    output = build(files, SITEURL="https://example.org")
    ferry, boat, front, day = (
        parsed(output / path)
        for path in (URL.format("ferry"), URL.format("boat"), "index.html", "2024/09/30/index.html")
    )
    for page in (ferry, boat, front, day):
        said = metas(page, "og:image")
        with Image.open(local(output, said["og:image"])) as image:
            assert (said["og:image:width"], said["og:image:height"]) == tuple(map(str, image.size))
        assert metas(page, "twitter:card") == {"twitter:card": "summary_large_image"}
        (icon,) = page.xpath("//link[@rel='apple-touch-icon']/@href")
        with Image.open(local(output, icon)) as image:
            assert image.size == (180, 180)
    assert metas(ferry, "og:image")["og:image:alt"] == "The <quay>"
    assert metas(boat, "og:image") == metas(front, "og:image") == metas(day, "og:image")
    (data,) = ferry.xpath("//script[@type='application/ld+json']/text()")
    image = json.loads(data)["@graph"][0]["image"]
    assert image["url"] == metas(ferry, "og:image")["og:image"]
    assert (image["width"], image["height"]) == (960, 480)
    feed = json.loads((output / "feeds/all.json").read_text("utf-8"))
    assert image["url"] in {item.get("image") for item in feed["items"]}


def test_cards_of_stories_where_a_setting_asks(build: Build) -> None:
    """Each story can be shared under a card with its own headline."""
    files = {"articles/a.md": story("Ferry"), "articles/b.md": story("Boat")}
    output = build(files, SITEURL="https://example.org", NEWSARCHIVE_STORY_CARDS=True)
    pages = [parsed(output / URL.format(name)) for name in ("ferry", "boat")]
    ferry, boat = (metas(page, "og:image")["og:image"] for page in pages)
    assert local(output, ferry).read_bytes() != local(output, boat).read_bytes()


@pytest.mark.usefixtures("quay")
def test_pictures_inside_a_text(build: Build) -> None:
    """They are published as they are, and take their place before they are loaded."""
    text = "![Quay]({static}/images/Quay.jpg) ![No picture]({static}/images/a.svg)"
    files = {"articles/a.md": story("Ferry", PICTURE, text), "images/a.svg": "<svg/>"}
    output = build(files, SITEURL="https://example.org/archive")
    quay, other = parsed(output / URL.format("ferry")).xpath("//div//p//img")
    assert (quay.get("src"), quay.get("width"), quay.get("height"), quay.get("loading")) == (
        "/archive/images/Quay.jpg",
        "1000",
        "500",
        "lazy",
    )
    assert (other.get("width"), other.get("loading")) == (None, "lazy")
    assert (output / "images/Quay.jpg").is_file()


def test_cache_stands_where_it_is_set(build: Build, tmp_path: Path) -> None:
    """The cache is beside the content unless a setting puts it elsewhere."""
    files = {"articles/a.md": story("Ferry")}
    build(files)
    assert list((tmp_path / ".cache/pictures").iterdir())
    build(files, NEWSARCHIVE_CACHE=str(tmp_path / "elsewhere"))
    assert list((tmp_path / "elsewhere/pictures").iterdir())


def test_a_themes_own_touch_icon_stands(build: Build, root: Path, tmp_path: Path) -> None:
    """Whoever has an icon puts it into the theme."""
    theme = tmp_path / "theme"
    for folder in ("templates", "styles"):
        (theme / folder).parent.mkdir(exist_ok=True)
        (theme / folder).symlink_to(root / "theme" / folder)
    (theme / "static").mkdir()
    Image.new("RGB", (180, 180), "red").save(theme / "static/touch-icon.png")
    output = build({"articles/a.md": story("Ferry")}, THEME=str(theme))
    theirs = (theme / "static/touch-icon.png").read_bytes()
    assert (output / "theme/touch-icon.png").read_bytes() == theirs
