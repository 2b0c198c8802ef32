"""A font file cut down to the letters that a site shows, as WOFF2, and kept between builds.

fontTools takes longer to import than a small site to build. It is imported here alone, and only where the ready-made
cuts lack a letter and no earlier build has kept what it made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_WITHOUT = {"frac", "numr", "dnom"}  # a digit would bring along three more of itself
_FIGURES = ["lnum", "pnum", "tnum"]  # amounts stand in columns
_NAMES = [*range(7), 13, 14]  # who made it, and its licence, which has to travel with it
_DIGEST = hashlib.sha256().digest_size


class NotAFont(Exception):
    """A file that fontTools cannot read as a font."""


class Cut(Struct, frozen=True, kw_only=True):
    """What was cut out of a font: the file, and which of the letters asked for the font does not have."""

    woff2: bytes
    lacking: str


def cut(font: bytes, letters: Iterable[str], *, cache: Path | None) -> Cut:
    """Return the part of a font (WOFF2, TrueType, OpenType) that draws `letters`, from `cache` where that has it.

    The same bytes for the same versions of fontTools and Brotli. Raises NotAFont.
    """
    wanted = "".join(sorted(letters))
    kept = cache / _key(font, wanted) if cache else None
    made = _read(kept) if kept else None
    if made is None:
        made = _make(font, wanted)
        if kept:
            _keep(kept, msgspec.msgpack.encode(made))
    return made


def reduced(source: TTFont, letters: Iterable[str]) -> bytes:
    """Return a font as WOFF2 with `letters`, with what joins and spaces them, and nothing else. It uses up `source`."""
    from fontTools.subset import Options, Subsetter, save_font

    options = Options(flavor="woff2", hinting=False, name_IDs=_NAMES)
    # One that happens to be installed beside fontTools would pack the tables otherwise.
    options.harfbuzz_repacker = False
    options.layout_features = [*(f for f in options.layout_features if f not in _WITHOUT), *_FIGURES]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, letters))
    subsetter.subset(source)
    target = BytesIO()
    save_font(source, target, options)
    return target.getvalue()


def _make(font: bytes, letters: str) -> Cut:
    from fontTools.ttLib import TTFont

    try:
        source = TTFont(BytesIO(font), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
        has = source.getBestCmap()
        woff2 = reduced(source, letters)
    except Exception as error:  # whatever the bytes led its decoders into
        raise NotAFont(str(error)) from error
    return Cut(woff2=woff2, lacking="".join(letter for letter in letters if ord(letter) not in has))


def _key(font: bytes, letters: str) -> str:
    import brotli
    import fontTools

    parts = (fontTools.version.encode(), brotli.__version__.encode(), letters.encode(), font)
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _read(path: Path) -> Cut | None:
    """Return what was kept; None where there is nothing, or not what was written."""
    with suppress(OSError, msgspec.DecodeError):
        content = path.read_bytes()
        if hashlib.sha256(content[_DIGEST:]).digest() == content[:_DIGEST]:
            return msgspec.msgpack.decode(content[_DIGEST:], type=Cut)
    return None


def _keep(path: Path, content: bytes) -> None:
    """Write whole or not at all; a folder that takes nothing makes the next build slower and no worse."""
    import tempfile

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
