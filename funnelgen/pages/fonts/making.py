"""What a theme ships of a font, made once by its designer: the whole cut, the ready one, and what stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from funnelgen.pages.fonts.cuts import reduced
from funnelgen.pages.fonts.letters import BASIC

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# How often letters occur in English, in percent (Lewand, Cryptological Mathematics).
_LETTERS = """
    e12.7 t9.06 a8.17 o7.51 i6.97 n6.75 s6.33 h6.09 r5.99 d4.25 l4.03 c2.78 u2.76
    m2.41 w2.36 f2.23 g2.02 y1.97 p1.93 b1.49 v0.98 k0.77 j0.15 x0.15 q0.1 z0.07
"""
_FREQUENCIES = {part[0]: float(part[1:]) for part in _LETTERS.split()} | {" ": 19.0}

# The width of such a letter in the system's fonts, in parts of the size: measured on Liberation Sans and Serif,
# whose letters are as wide as those of Arial and Times.
_SYSTEM_WIDTHS = {
    "arial": 0.4456,
    "arial bold": 0.4823,
    "arial italic": 0.4456,
    "times": 0.4038,
    "times bold": 0.43,
    "times italic": 0.4053,
}

Axes = Mapping[str, float | tuple[float, float]]
"""Where on each axis of a variable font a theme stands, or between which two points."""


class Made(Struct, frozen=True, kw_only=True):
    """The files of a face, and its heights above and below the line (and between lines) in percent of the size."""

    whole: bytes
    basic: bytes
    heights: tuple[float, float, float]


def make(source: bytes, axes: Axes) -> Made:
    """Limit a font to the axes that a theme uses, and cut English out of it."""
    font = _limited(source, axes)
    head, lines = font["head"].unitsPerEm, font["hhea"]
    heights = tuple(round(100 * value / head, 1) for value in (lines.ascent, -lines.descent, lines.lineGap))
    whole = reduced(font, map(chr, font.getBestCmap()))
    basic = reduced(_opened(whole), BASIC)
    return Made(whole=whole, basic=basic, heights=(heights[0], heights[1], heights[2]))


def size_of_stand_in(font: bytes, weight: float, system: str) -> float:
    """Return at which size, in percent, a system's font makes lines as long as this one does at a weight."""
    found = _limited(font, {"wght": weight})
    letters, widths, scale = found.getBestCmap(), found["hmtx"], float(found["head"].unitsPerEm)
    width = sum(share * widths[letters[ord(letter)]][0] for letter, share in _FREQUENCIES.items()) / scale
    average: float = width / sum(_FREQUENCIES.values())
    return round(100 * average / _SYSTEM_WIDTHS[system], 1)


def _limited(source: bytes, axes: Axes) -> TTFont:
    from fontTools.varLib.instancer import instantiateVariableFont

    font = _opened(source)
    there = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()
    limits = {tag: place for tag, place in axes.items() if tag in there}
    if not limits:
        return font
    limited = BytesIO()
    # Read anew: what the limiting leaves in memory cannot be subset.
    instantiateVariableFont(font, limits).save(limited)
    return _opened(limited.getvalue())


def _opened(font: bytes) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(font), recalcBBoxes=False, recalcTimestamp=False)
