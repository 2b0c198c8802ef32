"""Photos made into what pages show: upright, in sRGB, without their notes, in every format and width asked for.

What was made once is kept by its key, so that the next build of any site only reads it.
"""

from __future__ import annotations

import hashlib
import os
import threading
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from funnelgen.pages.pictures import RECIPE, Variant
from funnelgen.site.pictures import FORMATS, NoPicture, broken

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_THREADS = 4  # each may hold a whole photo in memory
_DIGEST = 32  # bytes of a SHA-256, which end every kept file
_REDUCING = 3.0  # so many times its size a photo may be halved to before the careful filter: faster, and unseen


class UnreadablePicture(Exception):
    """A picture that looked well at its beginning and could not be read to its end."""

    def __init__(self, path: str, why: NoPicture) -> None:
        super().__init__(f"`{path}` {why.wrong}")
        self.path = path
        self.why = why


def encode(
    variants: Mapping[str, Variant],
    *,
    cache: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> dict[str, bytes]:
    """Make the files of `variants` (address → what it is), or take them from the folder `cache`.

    Raises UnreadablePicture for the first picture, by path, that cannot be read to its end.
    """
    found = {address: data for address, variant in variants.items() if (data := _kept(cache, variant)) is not None}
    missing: dict[str, dict[str, Variant]] = {}
    for address, variant in variants.items():
        if address not in found:
            missing.setdefault(variant.file.path, {})[address] = variant
    if not missing:
        return found
    done = 0
    with warnings.catch_warnings(), ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS, len(missing))) as pool:
        warnings.simplefilter("ignore")  # Pillow's, of large pictures and odd notes in them
        for path, made in zip(sorted(missing), pool.map(_made, (missing[p] for p in sorted(missing))), strict=True):
            for address, data in made.items():
                _keep(cache, missing[path][address], data)
            found |= made
            done += 1
            progress(done, len(missing))
    return {address: found[address] for address in variants}


def _made(variants: Mapping[str, Variant]) -> dict[str, bytes]:
    """All files of one photo, which is read once."""
    first = next(iter(variants.values()))
    try:
        photo = _photo(first, max(variant.width for variant in variants.values()))
        return {address: _written(photo, variant) for address, variant in variants.items()}
    except Exception as error:  # a decoder raises whatever it stumbles over
        raise UnreadablePicture(first.file.path, broken(error)) from error


def _photo(variant: Variant, width: int) -> Image:
    """The photo of a file: upright, at most `width` wide, in sRGB, and nothing of what its file says besides."""
    from PIL import Image

    turned = variant.source.turn
    with Image.open(BytesIO(variant.file.read()), formats=FORMATS) as opened:
        height = max(1, round(variant.source.height * width / variant.source.width))
        size = (height, width) if turned >= _FIRST_ON_ITS_SIDE else (width, height)
        opened.draft(None, (2 * size[0], 2 * size[1]))  # a JPEG is read at a half or an eighth, if that will do
        opened.load()
        profile = opened.info.get("icc_profile")
        image = _plain_mode(opened)
    image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=_REDUCING) if image.size != size else image
    image = _in_srgb(image, profile)
    if turned in _TURNS:
        image = image.transpose(Image.Transpose[_TURNS[turned]])
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info = {}
    return image


_FIRST_ON_ITS_SIDE = 5
_TURNS = {
    # EXIF's orientations, by what sets them upright
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def _plain_mode(image: Image) -> Image:
    """The picture as grey, RGB, RGBA or CMYK of eight bits."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey. Pillow would cut off what is brighter than 255.
        return image.convert("I").point(lambda value: value * (1 / 257) + 0).convert("L")
    if image.mode in ("P", "PA", "La", "LA", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        return image.copy()
    return image.convert("RGB")


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """The picture in the colours that every screen shows; by its profile, if it has one that can be read."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if not profile:
        return image.convert(mode)
    alpha = image.getchannel("A") if mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        from PIL import ImageCms

        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if not ImageCms.getProfileDescription(own).startswith("sRGB"):
            converted = ImageCms.profileToProfile(colours, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            colours = converted or colours
    except Exception:  # a broken profile, or none of this kind of picture: its numbers are taken as they are
        pass
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _written(photo: Image, variant: Variant) -> bytes:
    from PIL import Image

    size = (variant.width, variant.height)
    image = photo if photo.size == size else photo.resize(size, Image.Resampling.LANCZOS, reducing_gap=_REDUCING)
    if variant.format == "jpeg" and image.mode == "RGBA":
        ground = Image.new("RGBA", size, "white")
        image = Image.alpha_composite(ground, image).convert("RGB")
    out = BytesIO()
    image.save(out, variant.format.upper(), **RECIPE[variant.format, variant.source.flat])
    return out.getvalue()


def _kept(cache: Path | None, variant: Variant) -> bytes | None:
    """What was made of a photo by an earlier build; None where there is nothing, or it is damaged."""
    if cache is None:
        return None
    try:
        data = (cache / variant.key).read_bytes()
    except OSError:
        return None
    content, digest = data[:-_DIGEST], data[-_DIGEST:]
    return content if hashlib.sha256(content).digest() == digest else None


def _keep(cache: Path | None, variant: Variant, content: bytes) -> None:
    """Keep it for the next build: written beside and moved, since another build may be at the same file."""
    if cache is None:
        return
    new = cache / f".{variant.key}.{os.getpid()}-{threading.get_ident()}"
    with suppress(OSError):  # where there is no room, the next build makes it again
        cache.mkdir(parents=True, exist_ok=True)
        new.write_bytes(content + hashlib.sha256(content).digest())
        new.replace(cache / variant.key)
    with suppress(OSError):
        new.unlink(missing_ok=True)
