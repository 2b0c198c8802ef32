"""Fonts that come late: the words are there at once, and stay where they are when the font has come."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import Error, Page, Route

from .asking import ask
from .sites import PAGES, Dressed
from .watch import DEVICES, Device, Visits

pytestmark = pytest.mark.browser

KINDS = [page for page in PAGES if page not in ("404", "demo", "full-free")]
"""All but what is not there, the simulated checkout (it has no font of its own) and a headline of one endless word."""
MOST = 0.02  # layout shift; from 0.1 on a page counts as unsteady


class Late(NamedTuple):
    """A page whose fonts have come late: how many there were, and how far it moved."""

    fonts: int
    shift: float


def with_late_fonts(page: Page, url: str) -> Late:
    """Open a page, hold its fonts back until the words are painted, and let them come."""
    held: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        if painted:
            route.continue_()
        else:
            held.append(route)

    page.route("**/*.woff2", hold)
    page.goto(url, wait_until="domcontentloaded")
    painted = ask(page, "painted", bool)
    for route in held:
        route.continue_()
    page.evaluate("document.fonts.ready.then(() => true)")
    return Late(fonts=len(held), shift=ask(page, "shift", float))


def has(page: Page, *names: str) -> bool:
    """Whether the machine has a font of one of these names."""
    source = ",".join(f'local("{name}")' for name in names)
    try:
        page.evaluate("source => new FontFace('x', source).load().then(() => true)", source)
    except Error:
        return False
    return True


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_nothing_moves_when_the_font_comes(dressed: Dressed, visits: Visits, device: Device) -> None:
    """On every kind of page, each visited as if for the first time."""
    found: dict[str, Late] = {}
    for kind in KINDS:
        page = visits.open(device=device)
        found[kind] = with_late_fonts(page, dressed.address(kind))
        widths = has(page, "Arial", "Liberation Sans") and has(page, "Times New Roman", "Liberation Serif")
        assert widths, "install Arial and Times or fonts of their widths: Debian's are in fonts-liberation"
        page.context.close()
    assert {kind: late for kind, late in found.items() if not late.fonts or late.shift > MOST} == {}
