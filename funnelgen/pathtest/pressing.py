"""Presses things as a pointer does: on their middle, and whatever lies there gets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct, convert
from playwright.sync_api import Page, TimeoutError

from funnelgen.pathtest.noise import GONE_ON

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


@contextmanager
def sending(page: Page, host: str) -> Iterator[None]:
    """What is pressed in here sends a form to another host: it has answered, or failed, once this ends.

    Whoever goes on before that takes the question back before anybody hears it. Raises Lost where nothing is sent.
    """
    here = page.url
    try:
        with page.expect_request(lambda request: urlsplit(request.url).hostname == host) as asked:
            yield
    except TimeoutError:
        raise Lost(f"the form's button sends nothing to {host}") from None
    request = asked.value
    request.response()
    if request.is_navigation_request() and request.failure not in (None, *GONE_ON):
        page.wait_for_url(lambda url: url != here)  # a page of the browser's that says so


@cache
def _script() -> str:
    return (Path(__file__).parent / "js" / "target.js").read_text(encoding="utf-8")
