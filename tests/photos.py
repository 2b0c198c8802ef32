"""Photos for tests, made by Pillow: as a camera, a scanner or a drawing program leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 180, 60), (30, 60, 220), (255, 255, 255)
ORIENTATION, ARTIST = 0x0112, 0x013B


def quarters(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ: red and green above, blue and white below."""
    small = Image.new("RGB", (2, 2))
    for at, colour in {(0, 0): RED, (1, 0): GREEN, (0, 1): BLUE, (1, 1): WHITE}.items():
        small.putpixel(at, colour)
    return small.resize((width, height), Image.Resampling.NEAREST).convert(mode)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    """The bytes of a file of it."""
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def photo(width: int, height: int, *, turn: int = 1, format: str = "JPEG", **options: Any) -> bytes:
    """A camera's photo, which says how it was held and who took it."""
    notes = Image.Exif()
    notes[ORIENTATION], notes[ARTIST] = turn, "Somebody at 52.5 N"
    return saved(quarters(width, height), format, exif=notes, **options)


def opened(data: bytes) -> Image.Image:
    """A picture that was made, loaded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def corners(image: Image.Image) -> list[str]:
    """The names of the colours near the four corners, row by row."""
    names: Mapping[str, tuple[int, ...]] = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    width, height = image.size
    found = []
    for y in (height // 8, height - 1 - height // 8):
        for x in (width // 8, width - 1 - width // 8):
            pixel = image.convert("RGB").getpixel((x, y))
            assert isinstance(pixel, tuple)
            found.append(min(names, key=lambda n: sum(abs(a - b) for a, b in zip(names[n], pixel, strict=True))))
    return found


def srgb_profile() -> bytes:
    """An ICC profile as files carry it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
