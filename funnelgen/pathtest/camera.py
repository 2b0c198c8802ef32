"""Takes pictures: of every fault where it is first met, and of every page once for who wants to see the funnel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

from playwright.sync_api import Error, FloatRect, Page

from funnelgen.pathtest.outcome import Fault, Job, Setting
from funnelgen.pathtest.recorder import Recorder
from funnelgen.pathtest.spots import Spot, spot_of

MOST_FAULTS = 60
"""So many faults have a picture: who broke a theme has hundreds, and looks at the first."""

PATIENCE = 8_000  # milliseconds: a page that is too busy for its picture has none


class Camera(Recorder):
    """Keeps PNG pictures of one screen each: by fault, and by page with its ticked bumps."""

    def __init__(self, *, pages: Setting | None = None) -> None:
        """`pages` says who sees the pages that are pictured; without it only faults are."""
        self.faults: dict[tuple[str, str, str], bytes] = {}
        self.pages: dict[tuple[str, tuple[str, ...]], bytes] = {}
        self._of = pages
        self._begun: set[object] = set()
        self._lock = Lock()

    def looked(self, page: Page, job: Job, address: str, bumps: tuple[str, ...]) -> None:
        """The first time that the page is seen so, take a picture: of its beginning, or of the box that was ticked."""
        if job.setting == self._of and self._first((address, bumps)):
            picture = _taken(page, Spot("input[type=checkbox]:checked" if bumps else ""))
            if picture is not None:
                self.pages[address, bumps] = picture

    def faulty(self, page: Page, faults: Sequence[Fault]) -> None:
        """Take a picture of each new fault, with what is wrong outlined where that is one thing on the page."""
        same: dict[Spot, bytes | None] = {}
        for fault in faults:
            if len(self.faults) >= MOST_FAULTS or not self._first(fault.key):
                continue
            spot = spot_of(fault)
            if spot not in same:
                same[spot] = _taken(page, spot, mark=True)
            picture = same[spot]
            if picture is not None:
                self.faults[fault.key] = picture

    def _first(self, key: object) -> bool:
        with self._lock:
            new = key not in self._begun
            self._begun.add(key)
            return new


def _taken(page: Page, spot: Spot, *, mark: bool = False) -> bytes | None:
    """One screen of the page as PNG, around a spot if it is there; nothing of a page that cannot be drawn."""
    try:
        size = page.viewport_size
        assert size is not None  # every visitor has a screen
        found = page.evaluate_handle(script("spot"), spot._asdict())
        place = page.evaluate(script("middle"), found)
        element = found.as_element() if mark else None
        middle = size["height"] / 2 if place["middle"] is None else place["middle"]
        top = max(0, min(middle - size["height"] / 2, place["height"] - size["height"]))
        if element:
            element.evaluate(script("outline"), True)
        clip = FloatRect(x=0, y=top, width=size["width"], height=size["height"])
        picture = page.screenshot(full_page=True, clip=clip, timeout=PATIENCE)
        if element:
            element.evaluate(script("outline"), False)
        return picture
    except Error:
        return None


@cache
def script(name: str) -> str:
    """One of the scripts for who looks on."""
    return (Path(__file__).parent / "js" / f"{name}.js").read_text(encoding="utf-8")
