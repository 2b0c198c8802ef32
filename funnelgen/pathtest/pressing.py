"""Presses things as a pointer does: on their middle, and whatever lies there gets it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct, convert
from playwright.sync_api import Page

_TIMES, _BETWEEN = 200, 10  # how often a press is tried while something moves, and milliseconds from one to the next


class Lost(Exception):
    """The visitor cannot go on."""


class _Target(Struct, frozen=True, kw_only=True):
    """Where to press something, in CSS pixels of the screen; `free` is whether a press gets there."""

    at: tuple[float, float] | None
    free: bool


def press(page: Page, selector: str, name: str, words: str = "") -> None:
    """Press the first thing that a selector finds and a visitor sees. Raises Lost, which tells its name.

    With `words` it is the first whose label has them.

    Playwright's own click would wait for two frames, and make all of its tools known to the page before that.
    """
    for _ in range(_TIMES):
        target = convert(page.evaluate(_script(), [selector, words]), _Target)
        if target.at is None:
            raise Lost(f"{name} is not there")
        if target.free:
            return page.mouse.click(*target.at)
        page.wait_for_timeout(_BETWEEN)
    raise Lost(f"{name} cannot be pressed")


@cache
def _script() -> str:
    return (Path(__file__).parent / "js" / "target.js").read_text(encoding="utf-8")
