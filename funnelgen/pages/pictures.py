"""Pictures of the site's own as pages show them: in which formats and widths, under which addresses.

What a picture will be is known from its file's first bytes and its hash; so pages are made without waiting for it, by
several processes too, and `encode` makes afterwards what pages refer to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote

from msgspec import Struct

from funnelgen.pages.frames import SHARED, Frame
from funnelgen.pages.views import Picture, Source
from funnelgen.site.models import File
from funnelgen.site.pictures import NoPicture, PictureFile, look

RECIPE: Mapping[tuple[str, bool], Mapping[str, int | bool | str]] = {
    # (format, whether its source is flat: drawings and screenshots show every blurred edge)
    ("avif", False): {"quality": 60, "speed": 6, "subsampling": "4:2:0", "autotiling": False, "max_threads": 1},
    ("avif", True): {"quality": 75, "speed": 6, "subsampling": "4:4:4", "autotiling": False, "max_threads": 1},
    ("webp", False): {"quality": 78, "method": 4},
    ("webp", True): {"quality": 90, "method": 4},
    ("jpeg", False): {"quality": 82, "optimize": True, "progressive": True},
    ("jpeg", True): {"quality": 88, "optimize": True, "progressive": True, "subsampling": "4:4:4"},
}
"""How each format is written. One thread per picture: with several, AVIF's bytes depend on how many there are."""

Place = Literal["below", "first", "main"]

_SUFFIXES = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
_ADDRESS = re.compile(rb"/assets/[\w.%~-]+")


class Variant(Struct, frozen=True, kw_only=True):
    """One file that is to be made of a picture. `key` stands for everything that its bytes depend on."""

    file: File
    source: PictureFile
    format: str
    width: int
    height: int
    key: str


class Offered(Struct, frozen=True, kw_only=True):
    """What pages were offered: files to make, by address, and which pictures were put into which frames."""

    variants: Mapping[str, Variant] = {}
    framed: frozenset[tuple[str, str]] = frozenset()  # (path, frame)


class Pictures:
    """The pictures of one build. Remembers what it offered, so that it can be made."""

    def __init__(self, files: Mapping[str, File], frames: Mapping[str, Frame], *, keep: Callable[[str], str]) -> None:
        """`keep` publishes a file as it is and gives its address."""
        self._files = files
        self._frames = frames
        self._keep = keep
        self._looked: dict[str, tuple[PictureFile, str] | None] = {}
        self._variants: dict[str, Variant] = {}
        self._framed: set[tuple[str, str]] = set()

    @property
    def offered(self) -> Offered:
        """What was offered until now."""
        return Offered(variants=dict(self._variants), framed=frozenset(self._framed))

    def begin_page(self) -> None:
        """Forget what was offered: whoever makes page by page wants to know it of each."""
        self._framed, self._variants = set(), {}

    def view(
        self, path: str | None, alt: str | None, frame: str, *, at: Place = "below", title: str = ""
    ) -> Picture | None:
        """A picture in a frame, or None where none is named or it is none (a check says so).

        `at` is where it stands: "below" the first screen, on the "first" one, or as its "main" picture.
        """
        found = self._look(path)
        if found is None or path is None:
            return None
        source, digest = found
        if frame != "prose":  # there a picture keeps its own size
            self._framed.add((path, frame))
        loading = "lazy" if at == "below" else "eager"
        view = partial(Picture, alt=alt or "", title=title, loading=loading, main=at == "main")
        if source.kind != "photo":
            return view(src=self._keep(path), width=source.width, height=source.height)
        place = self._frames[frame]
        widths = place.widths(source.width, source.height)
        sources = []
        for format in formats():
            addresses = {width: self._offer(path, source, digest, format, width) for width in widths}
            sources.append(Source(type=f"image/{format}", srcset=_srcset(addresses)))
        middle = min(widths, key=lambda width: abs(width - place.shown(source.width, source.height)))
        src = self._offer(path, source, digest, _plain(source), middle)
        height = _height(source, widths[-1])
        sizes = place.sizes(source.width, source.height) if len(widths) > 1 else ""
        return view(src=src, width=widths[-1], height=height, sources=tuple(sources), sizes=sizes)

    def shared(self, path: str | None) -> str:
        """The address of a picture as other sites show it beside a link: a JPEG; empty for a drawing, or none."""
        found = self._look(path)
        if found is None or path is None or found[0].kind == "drawing":
            return ""
        source, digest = found
        if source.kind == "moving":
            return self._keep(path)
        return self._offer(path, source, digest, "jpeg", min(SHARED, source.width))

    def _look(self, path: str | None) -> tuple[PictureFile, str] | None:
        """What a file is, and the hash of its content."""
        if not path or path not in self._files:
            return None
        if path not in self._looked:
            source, file = look(self._files[path]), self._files[path]
            kept = isinstance(source, PictureFile) and source.kind != "photo"
            digest = "" if isinstance(source, NoPicture) or kept else hashlib.sha256(file.read()).hexdigest()
            self._looked[path] = None if isinstance(source, NoPicture) else (source, digest)
        return self._looked[path]

    def _offer(self, path: str, source: PictureFile, digest: str, format: str, width: int) -> str:
        height = _height(source, width)
        recipe = f"{digest} {source.turn} {format} {width}x{height} {RECIPE[format, source.flat]} {libraries()}"
        key = hashlib.sha256(recipe.encode()).hexdigest()
        stem = PurePosixPath(path).stem
        address = quote(f"/assets/{stem}-{width}.{key[:8]}.{_SUFFIXES[format]}")
        self._variants[address] = Variant(
            file=self._files[path], source=source, format=format, width=width, height=height, key=key
        )
        return address


def referred(offered: Mapping[str, Variant], pages: Iterable[bytes]) -> dict[str, Variant]:
    """Those of the files offered that a page names, sorted."""
    if not offered:
        return {}
    named = {address.decode() for page in pages for address in _ADDRESS.findall(page)}
    return {address: offered[address] for address in sorted(named & offered.keys())}


def joined(parts: Iterable[Offered]) -> Offered:
    """What several processes offered."""
    parts = tuple(parts)
    return Offered(
        variants={address: variant for part in parts for address, variant in part.variants.items()},
        framed=frozenset[tuple[str, str]]().union(*(part.framed for part in parts)),
    )


@cache
def formats() -> tuple[str, ...]:
    """The modern formats that this machine's Pillow writes, the smallest first."""
    from PIL import features

    return tuple(format for format in ("avif", "webp") if features.check(format))


@cache
def libraries() -> str:
    """The libraries on which the bytes of a picture depend."""
    import PIL
    from PIL import features

    names = ("avif", "webp", "jpg", "libjpeg_turbo", "littlecms2")
    return " ".join([f"pillow {PIL.__version__}", *(f"{name} {features.version(name)}" for name in names)])


def _plain(source: PictureFile) -> str:
    """The format for browsers, and programs, that know neither AVIF nor `<picture>`."""
    return "webp" if source.alpha and "webp" in formats() else "jpeg"


def _height(source: PictureFile, width: int) -> int:
    return max(1, round(source.height * width / source.width))


def _srcset(addresses: Mapping[int, str]) -> str:
    if len(addresses) == 1:
        return next(iter(addresses.values()))
    return ",".join(f"{address} {width}w" for width, address in addresses.items())
