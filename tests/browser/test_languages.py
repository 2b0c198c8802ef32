"""Every language on every kind of page: all words fit on the narrowest phone, and right-to-left pages are turned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from babel.localedata import locale_identifiers
from playwright.sync_api import Locator

from funnelgen.money import is_grouped

from .asking import ask
from .sites import PAGE_KINDS, THEMES, Served, serving
from .tongues import TONGUES, write_in
from .watch import NARROWEST, PHONE, Visits

pytestmark = pytest.mark.browser


Speaking = Callable[[str, str], Served]
LOCALE = "[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"
GROUPED = """tags => Object.fromEntries(Intl.NumberFormat.supportedLocalesOf(tags).map(tag => {
  const format = new Intl.NumberFormat(tag, { numberingSystem: "latn" });
  return [tag, [1000, 10000].map(n => format.formatToParts(n).some(part => part.type === "group"))];
}))"""
EVERYWHERE = ("de-DE", "ar")
"""The longest words, and the other direction, are looked at in every theme; the rest in one theme after the other."""
DRESSED = [
    (locale, theme)
    for number, locale in enumerate(TONGUES)
    for theme in (THEMES if locale in EVERYWHERE else THEMES[number % len(THEMES) :][:1])
]


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speaking]:
    """Gives the small site in a language and a theme."""
    kept = tmp_path_factory.mktemp("cache")
    with ExitStack() as stack:

        @cache
        def speaking(locale: str, theme: str) -> Served:
            folder = tmp_path_factory.mktemp(f"{locale}-{theme}")
            return stack.enter_context(serving(write_in(folder / "site", locale, theme), folder / "dist", cache=kept))

        yield speaking


@pytest.mark.parametrize(("locale", "theme"), DRESSED)
def test_every_word_fits_on_the_narrowest_phone(locale: str, theme: str, speaking: Speaking, visits: Visits) -> None:
    """Nothing is wider than 320 px, and no button, step or label has words outside of itself."""
    site, page, wrong = speaking(locale, theme), visits.open(device=NARROWEST), {}
    # Of two thank-you pages the one with more on it. All are opened at once: while one is looked at, others load.
    pages = {site.pages(kind)[-1].address: page.context.new_page() for kind in PAGE_KINDS}
    for address, page in pages.items():
        page.goto(site.url(address), wait_until="commit")
    for address, page in pages.items():
        page.wait_for_load_state("domcontentloaded")
        page.evaluate("document.fonts.ready.then(() => true)")
        if found := ask(page, "too-wide", list[str]) + ask(page, "clipped", list[str]):
            wrong[address] = found
    assert not wrong


@pytest.mark.parametrize(
    ("locale", "theme"), [("ar", "daybreak"), ("ar", "upbeat"), ("he", "stillwater"), ("de-DE", "daybreak")]
)
def test_pages_from_right_to_left_are_turned(locale: str, theme: str, speaking: Speaking, visits: Visits) -> None:
    """Header, rows, arrows and the sign of a price change sides; what has no direction, such as a tick, does not."""
    site, page, turned = speaking(locale, theme), visits.open(device=PHONE), locale in ("ar", "he")
    page.goto(site.url("/checkout/"))
    assert page.locator("html").get_attribute("dir") == ("rtl" if turned else "ltr")
    assert (middle(page.locator(".brand")) > middle(page.locator(".steps"))) == turned
    assert (middle(page.locator(".sum th").first) > middle(page.locator(".sum td").first)) == turned
    assert not mirrored(page.locator(".ticks svg").first)
    page.goto(site.url("/oto/"))
    assert (middle(page.locator(".amt .cur")) < middle(page.locator(".amt"))) == turned
    page.goto(site.url(site.pages("lead-magnet")[0].address))
    assert mirrored(page.locator("form .btn svg")) == turned


def test_thousands_are_set_apart_as_browsers_do(visits: Visits) -> None:
    """Browsers have CLDR whole. Spanish and Italian begin at 10.000, Mexico at 1,000."""
    tags = [name.replace("_", "-") for name in locale_identifiers()]
    ours = {tag: (is_grouped(1000, tag), is_grouped(10000, tag)) for tag in tags if re.fullmatch(LOCALE, tag)}
    theirs = visits.open().evaluate(GROUPED, list(ours))
    assert len(theirs) > 100
    assert {tag: ours[tag] for tag in theirs} == {tag: tuple(grouped) for tag, grouped in theirs.items()}


def middle(element: Locator) -> float:
    """How far from the left the middle of an element is."""
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def mirrored(drawing: Locator) -> bool:
    """Whether a drawing is shown as in a mirror."""
    return str(drawing.evaluate("e => getComputedStyle(e).transform")).startswith("matrix(-1")
