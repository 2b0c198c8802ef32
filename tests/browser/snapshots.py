"""How a page looks, small: taken from the browser, kept as a file, compared with what is kept.

A snapshot has a point for every few pixels of the screen. Fonts are drawn a little differently from browser to browser
and from machine to machine, which a point's average hardly shows; a box that lost its ground or a button that is
gone, it does; a hairline that is gone, it does not. What two snapshots differ in is averaged once more over a patch of
about fifty pixels, and looked for a little above and below as well, since each line that is rounded moves what follows.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page

FOLDER = Path(__file__).parent / "snapshots"
POINT = 6  # pixels of a phone's screen that make one point, in both directions; of a desktop's twice as many
PATCH = 4  # points on each side of the one in its middle
MOST = 8  # of 255: letters drawn otherwise make 7 at most, a pale card that lost its ground on a pale page 9 at least
NUDGES = (0, -3, 3, -6, 6, -9, 9, -12, 12)  # pixels of a phone's screen: of lines rounded down one after the other
DRIFT = 2  # points that a page may be longer or shorter
EFFORT = {"quality": 75, "subsampling": "4:4:4", "max_threads": 1}


class Difference(NamedTuple):
    """Where two snapshots differ most: by how much of 255, and how far down, in pixels of the screen."""

    most: int
    at: int

    def __str__(self) -> str:
        """For whoever reads why a test failed."""
        return f"differs by {self.most} of 255 (at most {MOST} may be) about {self.at} px from the top"


class Snapshot:
    """A whole page as it looks, with the number of the screen's pixels in a point."""

    def __init__(self, png: bytes, point: int = POINT) -> None:
        self.point = point
        self.image = Image.open(BytesIO(png)).convert("RGB")

    def points(self, nudge: int = 0) -> Image.Image:
        """The page reduced to points. With a nudge, it stands as many pixels lower."""
        width, height = self.image.width // self.point, self.image.height // self.point
        box = (0, -nudge, width * self.point, height * self.point - nudge)
        return self.image.crop(box).resize((width, height), Image.Resampling.BOX)

    def keep(self, file: Path) -> None:
        """Write it small."""
        file.parent.mkdir(exist_ok=True)
        self.points().save(file, "AVIF", **EFFORT)

    def compare(self, file: Path) -> Difference:
        """Where it differs most from what is kept in a file."""
        kept = Image.open(file).convert("RGB")
        if abs(kept.height - self.image.height // self.point) > DRIFT:
            return Difference(255, self.point * min(kept.height, self.image.height // self.point))
        differences = None
        for nudge in NUDGES:
            now = _difference(kept, self.points(nudge * self.point // POINT))
            differences = ImageChops.darker(differences, now) if differences else now
        assert differences
        most = int(differences.getextrema()[1])  # type: ignore[arg-type]  # of one band, it is two numbers
        row = differences.point(lambda value: 255 if value == most else 0).getbbox()
        return Difference(most, self.point * (row[1] if row else 0))


def snapshot(page: Page, point: int = POINT) -> Snapshot:
    """How a whole page looks now, once its fonts and pictures are there."""
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.evaluate(
        "Promise.all([document.fonts.ready, ...[...document.images].map((i) => i.decode())]).then(() => true)"
    )
    return Snapshot(page.screenshot(full_page=True, animations="disabled", scale="css"), point)


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """How much two pictures differ around each point: of red, green and blue the one that differs most."""
    size = (one.width, min(one.height, other.height))
    patch = ImageFilter.BoxBlur(PATCH)
    pairs = zip(one.crop((0, 0, *size)).split(), other.crop((0, 0, *size)).split(), strict=True)
    red, green, blue = (ImageChops.difference(a.filter(patch), b.filter(patch)) for a, b in pairs)
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)
