"""Every language on every kind of page: all words fit on the narrowest phone, and right-to-left pages are turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import Locator

from .asking import ask
from .sites import PAGE_KINDS, Served, serving
from .tongues import TONGUES, write_in
from .watch import NARROWEST, PHONE, Visits

pytestmark = pytest.mark.browser


Speaking = Callable[[str], Served]


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speaking]:
    """Gives the small site in a language."""
    with ExitStack() as stack:

        @cache
        def speaking(locale: str) -> Served:
            folder = tmp_path_factory.mktemp(locale)
            return stack.enter_context(serving(write_in(folder / "site", locale), folder / "dist"))

        yield speaking


@pytest.mark.parametrize("locale", TONGUES)
def test_every_word_fits_on_the_narrowest_phone(locale: str, speaking: Speaking, visits: Visits) -> None:
    """Nothing is wider than 320 px, and no button, step or label has words outside of itself."""
    site, page, wrong = speaking(locale), visits.open(device=NARROWEST), {}
    for kind in PAGE_KINDS:
        address = site.pages(kind)[-1].address  # of two thank-you pages the one with more on it
        page.goto(site.url(address), wait_until="domcontentloaded")
        page.evaluate("document.fonts.ready.then(() => true)")
        if found := ask(page, "too-wide", list[str]) + ask(page, "clipped", list[str]):
            wrong[address] = found
    assert not wrong


@pytest.mark.parametrize(("locale", "turned"), [("ar", True), ("he", True), ("fr-FR", False)])
def test_pages_from_right_to_left_are_turned(locale: str, turned: bool, speaking: Speaking, visits: Visits) -> None:
    """Header, rows, arrows and the sign of a price change sides; what has no direction, such as a tick, does not."""
    site, page = speaking(locale), visits.open(device=PHONE)
    page.goto(site.url("/checkout/"))
    assert page.locator("html").get_attribute("dir") == ("rtl" if turned else "ltr")
    assert (left(page.locator(".brand")) > left(page.locator(".steps"))) == turned
    assert (left(page.locator(".sum th").first) > left(page.locator(".sum td").first)) == turned
    assert not mirrored(page.locator(".ticks svg").first)
    page.goto(site.url("/oto/"))
    assert (left(page.locator(".amt .cur")) < left(page.locator(".amt")) + 1) == turned
    page.goto(site.url(site.pages("lead-magnet")[0].address))
    assert mirrored(page.locator("form .btn svg")) == turned


def left(element: Locator) -> float:
    """Where an element begins, seen from the left."""
    box = element.bounding_box()
    assert box is not None
    return box["x"]


def mirrored(drawing: Locator) -> bool:
    """Whether a drawing is shown as in a mirror."""
    return str(drawing.evaluate("e => getComputedStyle(e).transform")).startswith("matrix(-1")
