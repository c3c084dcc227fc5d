"""Pictures become what browsers want; what was made once is kept, and made no second time.

An encoder's settings and version are part of the name under which its work is kept.
"""

import hashlib
import io
import json
import struct
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import PIL
from PIL import ExifTags, Image, ImageCms, ImageOps, features

from newsarchive.build.writer import replace

MOST_PIXELS = 80_000_000  # some 240 MB of memory when decoded
READ = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF")

# Every setting is part of the key under which results are kept.
ENCODERS: Mapping[str, Mapping[str, Any]] = {
    # One thread: with more, other bytes come out. Speed 6 takes up to ten times as long as 8.
    "avif": {"format": "AVIF", "codec": "aom", "quality": 58, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "png": {"format": "PNG", "optimize": True},
}
_LIBRARIES = ("avif", "webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2", "libtiff")
_RECIPE = repr(
    (
        ENCODERS,
        "Lanczos, sRGB",
        PIL.__version__,
        [features.version(library) for library in _LIBRARIES],
    )
)

# What Pillow's decoders raise at files that are not what they seem.
_DAMAGE = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, OverflowError),
    *(struct.error, MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning),
)
_SIDEWAYS = range(5, 9)  # the EXIF orientations that turn a picture by a quarter


class NotAPicture(ValueError):
    """A file cannot be shown; the message says why and, after a semicolon, the cure."""


class Changed(OSError):
    """A picture is no longer what was planned with."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a picture is, upright; ``key`` tells it and the way it is encoded from all others."""

    key: str
    width: int
    height: int
    transparent: bool


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files that were costly to make, each under a name that says all it depends on.

    A file that is lost or damaged is made again. Pictures are named by their paths below
    ``sources``.
    """

    folder: Path
    sources: Path

    def kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What was made under this name, or is made now."""
        path = self.folder / name
        found = _unsealed(path.read_bytes()) if path.is_file() else None
        if found is not None:
            return found
        made = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, hashlib.sha256(made).digest() + made)
        return made

    def measure(self, path: str) -> Measure:
        """Look at a picture from end to end; raises NotAPicture."""
        data = (self.sources / path).read_bytes()
        key = _key(data)
        facts = self.kept(f"{key}.json", partial(_facts, key, data))
        return Measure(**json.loads(facts))

    def rendition(self, path: str, key: str, width: int, form: str) -> bytes:
        """A picture in one width and format, without what its file said beside the picture."""
        return self.kept(
            f"{key}-{width}.{form}", partial(_encoded, self.sources / path, key, width, form)
        )


def _unsealed(data: bytes) -> bytes | None:
    size = hashlib.sha256().digest_size
    seal, content = data[:size], data[size:]
    return content if hashlib.sha256(content).digest() == seal else None


def _key(data: bytes) -> str:
    return hashlib.sha256(hashlib.sha256(data).digest() + _RECIPE.encode()).hexdigest()


def _facts(key: str, data: bytes) -> bytes:
    image = _decoded(data)
    measure = Measure(key, image.width, image.height, image.mode == "RGBA")
    return json.dumps(asdict(measure)).encode()


def _encoded(path: Path, key: str, width: int, form: str) -> bytes:
    data = path.read_bytes()
    if _key(data) != key:
        raise Changed(f"{path} changed while the site was built; build again")
    return encode(data, width, form)


def encode(data: bytes, width: int, form: str) -> bytes:
    """A picture's file as another file, this wide; ``form`` is one of ``ENCODERS``."""
    made = io.BytesIO()
    _scaled(data, width).save(made, **ENCODERS[form])
    return made.getvalue()


def shown_size(path: Path) -> tuple[int, int] | None:
    """How wide and high a browser shows a file, without decoding it; None if that is unknown."""
    try:
        image = _opened(path.read_bytes())
        sideways = image.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
    except _DAMAGE:
        return None
    return (image.height, image.width) if sideways else image.size


# The files of one picture are made one after the other, those of one width together.
@lru_cache(maxsize=1)
def _scaled(data: bytes, width: int) -> Image.Image:
    image = _decoded(data)
    if image.width == width:
        return image
    height = scaled_height(image.width, image.height, width)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def scaled_height(width: int, height: int, to_width: int) -> int:
    """The height of a picture that is made this wide."""
    return max(1, round(height * to_width / width))


@lru_cache(maxsize=1)
def _decoded(data: bytes) -> Image.Image:
    """The picture itself: upright, in sRGB, and nothing of what its file said beside it."""
    try:
        image = _opened(data)
        image.load()
        image = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile", b"")
        image = _in_srgb(_in_colours(image), profile)
    except _DAMAGE as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture("is damaged; give a file that opens in a browser") from error
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
    return image


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except PIL.UnidentifiedImageError as error:
        raise NotAPicture("is no picture; give a JPEG, PNG, WebP, AVIF, GIF or TIFF") from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    return image


def _too_large() -> NotAPicture:
    most = f"{MOST_PIXELS // 1_000_000} million pixels"
    return NotAPicture(f"has more than {most}; make it smaller")


def _in_colours(image: Image.Image) -> Image.Image:
    """The picture in a mode that colours can be converted in, its transparency kept."""
    if image.mode.startswith("I"):  # 16 bits a pixel, which a conversion would cut off at 8
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, given, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            converted = (
                None  # a profile for other colours than the picture's; browsers too ignore it
            )
        if converted is not None:
            return converted
    return image.convert(mode)
