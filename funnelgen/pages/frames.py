"""Frames: how wide a theme shows a picture, and in which widths it is made therefore."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.strings import ThemeError
from funnelgen.pages.tokens import Layer

FRAMES = ("hero", "portrait", "thumb", "aside", "still", "prose")
"""Beside the headline; who is behind it; the item that is ordered; the cross-sell; a video; within the copy."""

LADDER = (160, 240, 320, 480, 640, 960, 1280, 1600, 1920)
"""The widths in which pictures are made: few, so that frames share them, and near enough that little is wasted."""

SHARED = 1200  # pixels; as wide as other sites show the picture of a link
TALLEST = 16_383  # pixels; WebP has no taller ones
DENSITY = 2  # pixels per pixel of CSS; eyes tell more apart in print only
_CLEARLY = 0.9  # a step less than a tenth below the next is not worth a file
_PHONE = 320  # CSS pixels, the narrowest
_TABLET = 600  # CSS pixels; up to here a length of the phone's layout counts
_DESKTOP = 60  # em, where layouts change
_WIDE = 1920  # CSS pixels
_REM = 16  # CSS pixels
_FRAME = re.compile(r"(\d+(?:\.\d+)?)(vw|rem) +(\d+(?:\.\d+)?)(vw|rem)(?: +(\d+)/(\d+))?")


class Frame(Struct, frozen=True, kw_only=True):
    """A place for pictures: its width on a phone and on a desktop, each in `vw` or `rem`, and its shape.

    `shape` is width by height where the frame crops what it shows, None where it takes the picture's own.
    """

    phone: tuple[float, str]
    desktop: tuple[float, str]
    shape: float | None = None

    @property
    def widest(self) -> int:
        """Its width on the screens that show it largest, in CSS pixels."""
        return round(max(_pixels(self.phone, _TABLET), _pixels(self.desktop, _WIDE)))

    def shown(self, width: int, height: int) -> int:
        """How wide a picture of that size is at most in it, in CSS pixels: a wide one in a tall frame is cut off."""
        return round(self.widest * self._cover(width, height))

    def sizes(self, width: int, height: int) -> str:
        """The `sizes` of a picture of that size."""
        cover = self._cover(width, height)
        (phone, unit), (desktop, other) = self.phone, self.desktop
        phones, desktops = f"{_short(phone * cover)}{unit}", f"{_short(desktop * cover)}{other}"
        return phones if phones == desktops else f"(min-width:{_DESKTOP}em) {desktops},{phones}"

    def widths(self, width: int, height: int) -> tuple[int, ...]:
        """The widths in which a picture of that size is made for it: never larger than it is."""
        most = min(width, width * TALLEST // height, _step_above(self.shown(width, height) * DENSITY)) or 1
        least = _pixels(self.phone, _PHONE) * self._cover(width, height)
        steps = [step for step, above in pairwise(LADDER) if above > least and step < most * _CLEARLY]
        return (*steps, most)

    def _cover(self, width: int, height: int) -> float:
        return max(1.0, width / height / self.shape) if self.shape and height else 1.0


def read_frames(layers: Iterable[Layer]) -> Mapping[str, Frame]:
    """The frames that themes state, those of later ones in the place of earlier. Raises ThemeError."""
    found: dict[str, Frame] = {}
    for layer in layers:
        for name, said in layer.settings.get("frames", {}).items():
            if name not in FRAMES:
                help = did_you_mean(name, FRAMES)
                raise ThemeError(
                    f"unknown frame `{name}`", help=help, path=layer.path, at=("frames", name), on_key=True
                )
            found[name] = _frame(name, said, layer)
    return found


def _frame(name: str, said: Any, layer: Layer) -> Frame:
    read = _FRAME.fullmatch(str(said).strip())
    if read is None or read[6] == "0":
        help = "write its width on a phone and on a desktop, and its shape if it has one: `100vw 36rem 4/5`"
        message = f"the frame `{name}` is not to be read: `{said}`"
        raise ThemeError(message, help=help, path=layer.path, at=("frames", name))
    shape = int(read[5]) / int(read[6]) if read[5] else None
    return Frame(phone=(float(read[1]), read[2]), desktop=(float(read[3]), read[4]), shape=shape or None)


def _pixels(length: tuple[float, str], window: int) -> float:
    number, unit = length
    return number * _REM if unit == "rem" else number / 100 * window


def _step_above(width: int) -> int:
    return next((step for step in LADDER if step >= width), LADDER[-1])


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
