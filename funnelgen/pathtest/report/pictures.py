"""Pictures small enough to stand in a page, each once however often it is shown."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping

from PIL import Image

THUMBNAIL = 264
"""Pixels that a picture in a strip is wide: twice what it has room for, for screens that are fine."""

LARGE = 780
"""At most so many for the picture of a fault, in which something must be read."""

_QUALITY = 74


class Shelf:
    """The pictures of a page, by the class that shows each."""

    def __init__(self) -> None:
        self.sources: dict[str, str] = {}
        self.shapes: dict[str, tuple[int, int]] = {}
        self._names: dict[tuple[bytes, int], str] = {}

    def put(self, picture: bytes | None, width: int) -> str:
        """Take a PNG picture in, at most `width` pixels wide; gives its class, and nothing where there is none."""
        if picture is None:
            return ""
        key = picture, width
        if key not in self._names:
            name = self._names[key] = f"p{len(self._names)}"
            with Image.open(io.BytesIO(picture)) as image:
                image.thumbnail((width, width * 4), Image.Resampling.LANCZOS)
                self.shapes[name] = image.size
                self.sources[name] = _source(image)
        return self._names[key]

    def styles(self) -> str:
        """A rule per picture: as a background, its bytes stand in the page once."""
        rules = []
        for name, source in self.sources.items():
            width, height = self.shapes[name]
            rules.append(f".{name} {{ aspect-ratio: {width} / {height}; background-image: url({source}) }}")
        return "\n".join(rules)


def thumbnails(shelf: Shelf, pages: Mapping[tuple[str, tuple[str, ...]], bytes]) -> Mapping[object, str]:
    """The classes of all pages' pictures, by address and ticked bumps."""
    return {key: shelf.put(picture, THUMBNAIL) for key, picture in pages.items()}


def _source(image: Image.Image) -> str:
    data = io.BytesIO()
    image.convert("RGB").save(data, "WEBP", quality=_QUALITY, method=4)
    return f"data:image/webp;base64,{base64.b64encode(data.getvalue()).decode()}"
