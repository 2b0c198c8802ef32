"""Nothing is wider than the screen, from the narrowest phone to a large desktop, and nothing too small to hit."""

from __future__ import annotations

import pytest

from .asking import ask, read_also
from .conftest import OpenKind
from .crawl import Crawl
from .sites import PAGES
from .watch import DESKTOP, NARROWEST, PHONE

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 720, 768, 1024, 1920)  # 720 is what a desktop of 1440 has at 200 %
LARGER = {DESKTOP: "200%", PHONE: "130%"}


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_wider_than_the_screen(open_dressed: OpenKind, kind: str) -> None:
    page = open_dressed(kind, device=NARROWEST)
    wrong = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if found := ask(page, "too-wide", list[str]):
            wrong[width] = found
    assert not wrong


@pytest.mark.parametrize("kind", PAGES)
def test_larger_letters_have_room(open_dressed: OpenKind, kind: str) -> None:
    """Letters alone, as browsers and phones can be set: the screen stays as wide as it is."""
    page, wrong = open_dressed(kind, device=PHONE), {}
    for device, size in LARGER.items():
        page.set_viewport_size(device.viewport)
        read_also(page, f"html {{ font-size: {size} }}")
        if found := ask(page, "too-wide", list[str]):
            wrong[device.name] = found
    assert not wrong


def test_no_page_is_wider_than_the_narrowest_phone(crawl: Crawl) -> None:
    """Every page, not one of a kind: what a creator writes can be wide too, such as a table of figures."""
    wrong = [f"{address}: {what}" for address, page in crawl.pages.items() for what in page.too_wide]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", PAGES)
def test_targets_are_large_enough(open_dressed: OpenKind, kind: str) -> None:
    """44 px for buttons, fields and questions to open; the floor of 24 px for all else is axe's to check."""
    small = ask(open_dressed(kind, device=PHONE), "small-targets", list[str])
    assert not small, "\n".join(small)
