"""Nothing is wider than the screen, from the narrowest phone to a large desktop, and nothing too small to hit."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from ..sites import SMALL, site
from .asking import ask, read_also
from .chromium import ARGUMENTS, find_browser
from .conftest import OpenKind
from .crawl import Crawl
from .sites import PAGES, Dressed, serving
from .watch import DESKTOP, NARROWEST, PHONE, Visits

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


def test_letters_of_twice_the_size_have_room_on_a_phone(dressed: Dressed, playwright: Playwright) -> None:
    """As people set it in their browser, for every page: styles are asked for a phone with few letters in a line."""
    twice = [*ARGUMENTS, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    with playwright.chromium.launch(executable_path=find_browser(playwright), args=twice) as browser:
        page, wrong = browser.new_page(viewport=PHONE.viewport), {}
        for kind in PAGES:
            page.goto(dressed.address(kind))
            if found := ask(page, "too-wide", list[str]):
                wrong[kind] = found
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert not wrong


def test_where_nothing_is_on_sale_a_phone_has_the_sellers_name_on_one_line(tmp_path: Path, visits: Visits) -> None:
    stack = str(SMALL["stack.yaml"]).replace("    name: The Course\n", "    name: The Course\n    sold_out: true\n")
    name = str(SMALL["site.yaml"]).replace("name: Small Studio\n", "name: Harborlight Course Studio\n", 1)
    folder = site(tmp_path / "site", {"stack.yaml": stack, "site.yaml": name})
    with serving(folder, tmp_path / "dist") as served:
        for device in (PHONE, NARROWEST, DESKTOP):
            page = visits.open(served.url("/sales/"), device=device)
            brand = page.locator(".brand span")
            lines = brand.evaluate(
                "e => e.getClientRects().length && e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)"
            )
            assert round(lines) == 1, device.name
            waiting = page.get_by_role("link", name="Join the waiting list")
            expect(waiting).to_have_count(2 if device is DESKTOP else 1)


def test_no_page_is_wider_than_the_narrowest_phone(crawl: Crawl) -> None:
    """Every page, not one of a kind: what a creator writes can be wide too, such as a table of figures."""
    wrong = [f"{address}: {what}" for address, page in crawl.pages.items() for what in page.too_wide]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", PAGES)
def test_targets_are_large_enough(open_dressed: OpenKind, kind: str) -> None:
    """44 px for buttons, fields and questions to open; the floor of 24 px for all else is axe's to check."""
    small = ask(open_dressed(kind, device=PHONE), "small-targets", list[str])
    assert not small, "\n".join(small)
