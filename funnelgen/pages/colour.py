"""Colours: WCAG contrast, OKLCH, and the derivation of all role colours from one brand colour.

Conversions after Björn Ottosson, "A perceptual color space for image processing" (2020), and IEC 61966-2-1 (sRGB);
contrast after WCAG 2.2, "relative luminance" and "contrast ratio".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

# Wanted contrast. Text gets a tenth more than WCAG's 4.5 and shapes a twentieth more than its 3, so that rounding to
# eight bits per channel never lands below the line.
TEXT = 4.6
SHAPE = 3.05
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEP = 0.005  # of lightness; finer than an eye can tell, coarse enough to be quick

Rgb = tuple[float, float, float]


def is_colour(text: str) -> bool:
    """Tell whether `text` is a colour as tokens are written: "#bb4519" or "#fff"."""
    return _HEX.fullmatch(text) is not None


def to_rgb(colour: str) -> Rgb:
    """Return red, green and blue from 0 to 1. Raises ValueError for anything but "#rrggbb" or "#rgb"."""
    if not is_colour(colour):
        raise ValueError(f"`{colour}` is not a colour such as `#bb4519`")
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def to_hex(rgb: Rgb) -> str:
    """Return "#rrggbb"; what lies outside 0 to 1 is cut."""
    return "#" + "".join(f"{round(max(0.0, min(1.0, value)) * 255):02x}" for value in rgb)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Return WCAG's relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = map(_linear, to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio, 1 to 21; the order of the two does not matter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst(colour: str, grounds: Sequence[str]) -> float:
    """Return the lowest contrast of `colour` on any of `grounds`."""
    return min(contrast(colour, ground) for ground in grounds)


@lru_cache(maxsize=1024)
def to_oklch(colour: str) -> tuple[float, float, float]:
    """Return lightness (0–1), chroma (0–about 0.37) and hue (degrees)."""
    red, green, blue = map(_linear, to_rgb(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _to_linear_rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _in_gamut(lightness: float, chroma: float, hue: float) -> bool:
    return all(-1e-4 <= value <= 1 + 1e-4 for value in _to_linear_rgb(lightness, chroma, hue))


@lru_cache(maxsize=4096)
def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Return the nearest colour a screen can show: lightness and hue are kept, chroma is given up."""
    lightness = max(0.0, min(1.0, lightness))
    if not _in_gamut(lightness, chroma, hue):
        low, high = 0.0, chroma
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if _in_gamut(lightness, middle, hue) else (low, middle)
        chroma = low
    red, green, blue = (_gamma(max(0.0, min(1.0, value))) for value in _to_linear_rgb(lightness, chroma, hue))
    return to_hex((red, green, blue))


def push(colour: str, grounds: Sequence[str], wanted: float, *, lighter: bool) -> str:
    """Move only the lightness of `colour`, one way, until it has the `wanted` contrast on every ground.

    Returns white or black where even the end of the scale does not reach it.
    """
    lightness, chroma, hue = to_oklch(colour)
    step = _STEP if lighter else -_STEP
    while 0 <= lightness <= 1:
        moved = from_oklch(lightness, chroma, hue)
        if worst(moved, grounds) >= wanted:
            return moved
        lightness += step
    return "#ffffff" if lighter else "#000000"


def derive(brand: str, scheme: dict[str, str], *, dark: bool, grounds: Sequence[str] = ()) -> dict[str, str]:
    """Return the role colours that follow from a brand colour on the grounds and inks of one scheme.

    `scheme` needs bg, surface, tint, ink and paper; `grounds` are further colours that text may stand on. Out come
    accent, on-accent, accent-hover, accent-soft, accent-ink, accent-edge and focus, each with its contrast, all in
    the brand's hue; and error, which is red whatever the brand.
    """
    lightness, chroma, hue = to_oklch(brand)
    page = [scheme["bg"], scheme["surface"], scheme["tint"]]
    # On a dark page a full-strength brand glares: lift it, and take off some chroma.
    base = from_oklch(max(lightness, 0.72), min(chroma, 0.14), hue) if dark else brand
    accent, label = _button(base, (scheme["paper"], scheme["ink"]))
    soft = from_oklch(0.30, min(chroma, 0.045), hue) if dark else from_oklch(0.935, min(chroma * 0.28, 0.045), hue)
    return {
        "accent": accent,
        "on-accent": label,
        "accent-hover": _hover(accent, label),
        "accent-soft": soft,
        "accent-ink": push(base, [*page, soft, *grounds], TEXT, lighter=dark),
        # A pale brand on a pale page: the button gets an edge that can be seen.
        "accent-edge": accent if worst(accent, page) >= 3 else push(accent, page, SHAPE, lighter=dark),
        "focus": push(brand, [*page, soft, *grounds], SHAPE, lighter=dark),
        "error": push("#ff9c90" if dark else "#b3261e", [*page, soft, *grounds], TEXT, lighter=dark),
    }


def _button(base: str, labels: tuple[str, str]) -> tuple[str, str]:
    """Return the accent and the text on it; a mid-tone on which neither text reads is moved until one does."""
    label = max(labels, key=lambda text: contrast(base, text))
    if contrast(base, label) >= TEXT:
        return base, label
    return push(base, [label], TEXT, lighter=luminance(label) <= luminance(base)), label


def _hover(accent: str, label: str) -> str:
    """Return a shade five points off the accent, or the accent where the text on it would suffer."""
    lightness, chroma, hue = to_oklch(accent)
    hover = from_oklch(lightness + (-0.05 if luminance(label) > 0.4 else 0.04), chroma, hue)
    return hover if contrast(hover, label) >= 4.5 else accent
