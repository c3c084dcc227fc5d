"""Pictures: what is made of them, what is left of them, and that they are made once."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from newsarchive.build import images
from newsarchive.build.images import ENCODERS, Changed, NotAPicture, Store, encode, shown_size

FORMATS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
WHERE = "Where the camera was"


def photograph(width: int = 60, height: int = 40, **options: object) -> bytes:
    """A picture that is red at the left and blue at the right, as a JPEG."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return saved(image, "JPEG", quality=95, **options)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The file of an image."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def told(**more: object) -> dict[str, object]:
    """All that a file may tell beside its picture."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = WHERE
    exif[ExifTags.Base.Orientation] = 1
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = WHERE
    return {"exif": exif.tobytes(), "xmp": f"<x>{WHERE}</x>".encode(), **more}


def opened(data: bytes) -> Image.Image:
    """The image of a file."""
    return Image.open(io.BytesIO(data))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store beside the pictures that it makes others of."""
    (tmp_path / "content").mkdir()
    return Store(tmp_path / "cache", tmp_path / "content")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format(form: str) -> None:
    """A picture comes out in the format and width that are asked for, in proportion."""
    image = opened(encode(photograph(60, 40), 30, form))
    assert (image.format, image.size, image.mode) == (FORMATS[form], (30, 20), "RGB")


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_told_beside_the_picture(form: str) -> None:
    """Neither where a camera was, nor whose it is, nor a comment, leaves the archive."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = photograph(**told(comment=WHERE, icc_profile=srgb))
    assert data.count(WHERE.encode()) == 4
    made = encode(data, 60, form)
    assert WHERE.encode() not in made
    image = opened(made)
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize("form", FORMATS)
def test_same_bytes_each_time(form: str) -> None:
    """One picture, one width, one format: one file, whoever makes it and how often."""
    first = encode(photograph(), 30, form)
    images._decoded.cache_clear()  # noqa: SLF001  # as another process would begin
    images._scaled.cache_clear()  # noqa: SLF001  # as above
    assert encode(photograph(), 30, form) == first


@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 40)), (6, (40, 60)), (3, (60, 40))])
def test_upright(store: Store, orientation: int, size: tuple[int, int]) -> None:
    """A picture stands as its camera was held."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = store.sources / "a.jpg"
    path.write_bytes(photograph(exif=exif.tobytes()))
    measure = store.measure("a.jpg")
    assert (measure.width, measure.height) == shown_size(path) == size
    image = opened(encode(path.read_bytes(), size[0], "png"))
    red, green, blue = image.getpixel((2, 2))  # top left: red as it lies, turned by 180° blue
    assert (red > 200, green > 50, blue > 200) == (orientation != 3, False, orientation == 3)


def test_colours_of_another_space() -> None:
    """A profile is used and then left out: browsers get the colours that were meant."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    wrong = photograph(icc_profile=lab.tobytes())  # no profile for RGB: passed over
    assert opened(encode(wrong, 60, "png")).getpixel((2, 2))[0] > 200
    print_colours = saved(Image.new("CMYK", (4, 4), (0, 255, 255, 0)), "JPEG", quality=95)
    assert opened(encode(print_colours, 4, "png")).getpixel((1, 1))[0] > 200


def test_sixteen_bits_a_pixel() -> None:
    """A scan in 16 bits keeps its greys."""
    scan = Image.frombytes("I;16", (2, 1), struct.pack("<HH", 0x4000, 0xC000))
    image = opened(encode(saved(scan, "PNG"), 2, "png"))
    assert [image.getpixel((x, 0))[0] for x in range(2)] == [0x40, 0xC0]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparency(store: Store, mode: str) -> None:
    """What one can see through stays so; an alpha channel that hides nothing is none."""
    for name, alpha in (("glass", 90), ("wall", 255)):
        image = Image.new("RGBA", (8, 8), (200, 0, 0, alpha)).convert(mode)
        image = image.convert("RGBA") if mode == "PA" else image
        (store.sources / name).write_bytes(saved(image, "PNG"))
    assert store.measure("glass").transparent
    assert not store.measure("wall").transparent
    glass = (store.sources / "glass").read_bytes()
    for form in ("avif", "webp", "png"):
        image = opened(encode(glass, 8, form))
        assert image.mode == "RGBA"
        assert abs(image.getpixel((4, 4))[3] - 90) <= 2


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that says how large it would be."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + b"IHDR" + size + struct.pack(">I", zlib.crc32(b"IHDR" + size))
    return b"\x89PNG\r\n\x1a\n" + header + struct.pack(">I", 0) + b"IDAT"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"a picture", "is no picture; give a JPEG,"),
        (b"", "is no picture; give a JPEG,"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no picture; give a JPEG,"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no picture; give a JPEG,"),
        (photograph(600, 400)[:2000], "is damaged; give a file that opens in a browser"),
        (png_header(10_000, 8_001), "has more than 80 million pixels; make it smaller"),
        (png_header(10_000, 9_000), "has more than 80 million pixels; make it smaller"),
        (png_header(60_000, 60_000), "has more than 80 million pixels; make it smaller"),
    ],
    ids=["text", "empty", "svg", "eps", "cut", "large", "warned of", "bomb"],
)
def test_what_is_no_picture(store: Store, data: bytes, fault: str) -> None:
    """A file that cannot be shown is refused with the reason and the cure, before it is decoded."""
    (store.sources / "a").write_bytes(data)
    with pytest.raises(NotAPicture) as error:
        store.measure("a")
    assert str(error.value).startswith(fault)
    assert not store.folder.exists()


def test_sizes_that_nobody_knows(tmp_path: Path) -> None:
    """A file that is no picture has no size, and that is no fault."""
    (tmp_path / "a.svg").write_text("<svg/>", encoding="utf-8")
    assert shown_size(tmp_path / "a.svg") is None
    assert shown_size(tmp_path / "none.jpg") is None


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """What was encoded since the test began, by width and format."""
    counted: list[tuple[int, str]] = []

    def count(data: bytes, width: int, form: str) -> bytes:
        counted.append((width, form))
        return encode(data, width, form)

    monkeypatch.setattr(images, "encode", count)
    return counted


def test_encoded_once(store: Store, encoded: list[tuple[int, str]]) -> None:
    """What was made is kept, for as long as the picture stays the same."""
    path = store.sources / "a.jpg"
    path.write_bytes(photograph())

    def make() -> list[bytes]:
        key = store.measure("a.jpg").key
        return [store.rendition("a.jpg", key, 30, form) for form in ("avif", "jpg")]

    first = make()
    assert encoded == [(30, "avif"), (30, "jpg")]
    assert make() == first
    assert len(encoded) == 2
    path.write_bytes(photograph(90, 60))
    assert make() != first
    assert len(encoded) == 4


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda _: b"", lambda data: data + b"x"]
)
def test_damaged_results_are_made_again(
    store: Store, encoded: list[tuple[int, str]], damage: Callable[[bytes], bytes]
) -> None:
    """A store that lost something is slower, never wrong."""
    (store.sources / "a.jpg").write_bytes(photograph())

    def make() -> bytes:
        return store.rendition("a.jpg", store.measure("a.jpg").key, 30, "jpg")

    first = make()
    for path in store.folder.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    assert make() == first
    assert len(encoded) == 2


def test_other_settings_are_another_picture(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key tells how a picture is encoded, so that no old result stands for a new one."""
    (store.sources / "a.jpg").write_bytes(photograph())
    key = store.measure("a.jpg").key
    monkeypatch.setattr(images, "_RECIPE", repr(ENCODERS).replace("80", "81"))
    assert store.measure("a.jpg").key != key


def test_a_picture_that_changes_meanwhile(store: Store) -> None:
    """What was planned for one picture is not made of another."""
    path = store.sources / "a.jpg"
    path.write_bytes(photograph())
    key = store.measure("a.jpg").key
    path.write_bytes(photograph(90, 60))
    with pytest.raises(Changed, match=r"changed while the site was built; build again"):
        store.rendition("a.jpg", key, 30, "jpg")
