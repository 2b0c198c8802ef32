"""What a picture's file is, by its first bytes: how large it is once it stands upright, and what may be done with it.

Pillow is imported when there is a picture of pixels to look at; a site without any starts without it.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from funnelgen.site.models import File

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 120_000_000  # what the largest phones take is 108 million; in memory that is half a gigabyte
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "AVIF", "TIFF")
"""What is read, the common ones first: Pillow loads the others when it comes to them."""

_ORIENTATION = 0x0112  # of EXIF
_ON_ITS_SIDE = (5, 6, 7, 8)  # orientations that swap width and height
_MAY_MOVE = ("GIF", "PNG", "WEBP", "AVIF")  # the others' further pictures are previews and pages
_ALPHA = ("LA", "La", "PA", "RGBA", "RGBa")
_HEAD = 4096  # bytes in which an SVG's first element stands, and every format says what it is
_AGAIN = "save it again, or take another copy of it"
_AS_JPEG = "save it as JPEG: photo programs call it export"
_FOREIGN = (
    # what the file begins with, from which byte on; what it is; what to do
    (rb"ftyp(?:hei[cmsx]|hev[cmx])", 4, "a HEIC photo", "save it as JPEG; an iPhone takes JPEG as “Most Compatible”"),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", 0, "a JPEG XL picture", _AS_JPEG),
    (rb"8BPS", 0, "a Photoshop document", _AS_JPEG),
    (rb"%PDF-", 0, "a PDF", _AS_JPEG),
    (rb"version https://git-lfs", 0, "the place of a picture in Git LFS, not the picture", "run `git lfs pull`"),
)
_SVG = re.compile(rb"<svg\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"\s(width|height|viewBox)\s*=\s*[\"']([^\"']*)[\"']")
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")


class PictureFile(Struct, frozen=True, kw_only=True):
    """A picture. Width and height are those of the upright picture; 0 where a drawing does not say.

    Photos are pixels that stand still. A drawing (SVG) and a moving picture are published as they are. `turn` is the
    orientation that the camera noted (EXIF), `flat` whether the file comes from a format that drawings are kept in.
    """

    kind: Literal["photo", "moving", "drawing"]
    width: int
    height: int
    turn: int = 1
    alpha: bool = False
    flat: bool = False


class NoPicture(Struct, frozen=True):
    """Why a file is no picture that a page can show, and what to do about it."""

    wrong: str  # follows the file's name: "is empty"
    remedy: str = _AGAIN


def look(file: File) -> PictureFile | NoPicture:
    """Say what a file is that is to be shown as a picture. Reads its beginning only."""
    try:
        with file.source.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        return NoPicture(f"cannot be read: {error.strerror}", "check its permissions")
    if not head:
        return NoPicture("is empty")
    if file.path.lower().endswith(".svg") or _SVG.search(head):
        return _drawing(head)
    for sign, start, name, remedy in _FOREIGN:
        if re.compile(sign).match(head, start):
            return NoPicture(f"is {name}", remedy)
    return _photo(file)


def broken(error: Exception) -> NoPicture:
    """What to say of a picture that reads well at its beginning and then fails."""
    words = str(error).strip(" .'\"").partition("\n")[0].partition(" (")[0]
    return NoPicture(f"is broken: {words[:1].lower()}{words[1:80]}" if words else "is broken")


def _photo(file: File) -> PictureFile | NoPicture:
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures, about which there is a limit of our own
        try:
            with Image.open(file.source, formats=FORMATS) as image:
                return _measured(image)
        except UnidentifiedImageError:
            return NoPicture("is no picture", "save it as JPEG, PNG, WebP or SVG")
        except Image.DecompressionBombError:
            return _too_large()
        except Exception as error:  # a decoder raises whatever it stumbles over
            return broken(error)


def _measured(image: Image) -> PictureFile | NoPicture:
    width, height = image.size
    if width * height > MOST_PIXELS:
        return _too_large(width * height)
    moving = image.format in _MAY_MOVE and bool(getattr(image, "is_animated", False))
    turn = _orientation(image) if image.format != "TIFF" else 1  # Pillow turns a TIFF by itself
    if turn in _ON_ITS_SIDE and not moving:
        width, height = height, width
    return PictureFile(
        kind="moving" if moving else "photo",
        width=width,
        height=height,
        turn=turn,
        alpha=image.mode in _ALPHA or "transparency" in image.info,
        flat=image.format in ("PNG", "GIF", "BMP"),
    )


def _orientation(image: Image) -> int:
    try:
        noted = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # notes that cannot be read turn nothing
        return 1
    return noted if noted in range(1, 9) else 1


def _too_large(pixels: int = 0) -> NoPicture:
    has = f"{pixels // 1_000_000} megapixels" if pixels else "far too many pixels"
    most = f"{MOST_PIXELS // 1_000_000} megapixels are the most"
    return NoPicture(f"has {has}, {most}", "save it smaller: 4000 pixels wide is plenty")


def _drawing(head: bytes) -> PictureFile:
    """An SVG's size: its `width` and `height` in pixels, else what its `viewBox` says."""
    root = _SVG.search(head)
    said = dict(_ATTRIBUTE.findall(root[1])) if root else {}
    sides = [said.get(name, b"").strip().removesuffix(b"px") for name in (b"width", b"height")]
    if not all(map(_NUMBER.fullmatch, sides)):
        sides = said.get(b"viewBox", b"").replace(b",", b" ").split()[2:4]
    if len(sides) != 2 or not all(map(_NUMBER.fullmatch, sides)):
        sides = [b"0", b"0"]
    width, height = (min(round(float(side)), 100_000) for side in sides)
    return PictureFile(kind="drawing", width=width, height=height) if width and height else _UNMEASURED


_UNMEASURED = PictureFile(kind="drawing", width=0, height=0)
