"""Pages on paper, without motion, and in the few colours of a forced palette."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Page, expect

from .asking import ask, style
from .conftest import OpenKind
from .sites import PAGE_KINDS, Served
from .test_accessibility import SCHEMES, findings
from .watch import PHONE, Visits

pytestmark = pytest.mark.browser

BLACK, WHITE, CLEAR = "rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"


def on_paper(page: Page) -> Page:
    """The page as it is printed."""
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["thank-you", "checkout", "sales", "legal"])
def test_paper_is_white_and_readable(open_dressed: OpenKind, kind: str, scheme: str) -> None:
    page = on_paper(open_dressed(kind, color_scheme=scheme))
    assert style(page.locator("body")).ground == WHITE
    found = findings(page, ["cat.color"])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["thank-you", "checkout"])
def test_buttons_on_paper_are_dark_words_in_a_border(open_dressed: OpenKind, kind: str, scheme: str) -> None:
    page = on_paper(open_dressed(kind, color_scheme=scheme))
    buttons = [button for button in page.get_by_role("main").locator(".btn").all() if button.is_visible()]
    assert buttons
    for button in buttons:
        looks = style(button)
        assert (looks.ink, looks.ground, looks.border, looks.shadow) == (BLACK, CLEAR, "solid", "none")


def test_paper_has_what_was_bought_and_no_further_offer(example: Served, visits: Visits) -> None:
    page = visits.open(example.url("/thank-you/"))
    (button,) = (b for b in example.manifest.buttons if b.node == "thank-you")
    offer = page.locator(f'[data-button="{button.id}"]')
    expect(offer).to_be_visible()
    on_paper(page)
    expect(offer).to_be_hidden()
    expect(page.get_by_role("heading", name="The launch workbook")).to_be_visible()


@pytest.mark.parametrize("kind", ["sales", "checkout"])
def test_paper_has_every_answer(open_dressed: OpenKind, kind: str) -> None:
    page = on_paper(open_dressed(kind))
    answers = page.locator(".faq .a").all()
    assert len(answers) > 1
    for answer in answers:
        assert answer.evaluate("e => e.checkVisibility({contentVisibilityAuto: true}) && e.offsetHeight > 0")


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_for_those_who_want_no_motion(open_kind: OpenKind, kind: str) -> None:
    assert ask(open_kind(kind, motion=False), "moving", list[str]) == []


def test_something_moves_for_the_others(open_kind: OpenKind) -> None:
    assert "bump" in ask(open_kind("checkout", motion=True), "moving", list[str])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["checkout", "oto", "thank-you", "lead-magnet"])
def test_forced_colours_keep_borders(open_dressed: OpenKind, kind: str, scheme: str) -> None:
    page = open_dressed(kind, device=PHONE, forced_colors="active", color_scheme=scheme)
    framed = [e for e in page.locator("main .btn, .bump, .slip, .offer-in").all() if e.is_visible()]
    assert framed
    for element in framed:
        looks = style(element)
        assert looks.border == "solid", element.get_attribute("class")
        assert looks.border_width >= 1
        assert looks.border_ink != looks.page


def test_forced_colours_show_the_tick(example: Served, visits: Visits) -> None:
    page = visits.open(example.url("/checkout/"), forced_colors="active")
    box = page.locator(".bump .box")
    unticked = box.screenshot()
    page.get_by_role("checkbox").check()
    assert style(box.locator(".i")).opacity == "1"
    assert box.screenshot() != unticked


@pytest.mark.parametrize("kind", ["lead-magnet", "sales", "oto"])
def test_forced_colours_show_the_stressed_words(open_dressed: OpenKind, kind: str) -> None:
    """A theme may put a mark behind them, which must not swallow them where the browser paints grounds of its own."""
    words = open_dressed(kind, device=PHONE, forced_colors="active").locator("h1 em")
    words.scroll_into_view_if_needed()
    bounds = words.bounding_box()
    assert bounds
    place: FloatRect = {"x": bounds["x"], "y": bounds["y"], "width": bounds["width"], "height": bounds["height"]}
    shown = words.page.screenshot(clip=place)
    words.evaluate("e => { e.style.visibility = 'hidden'; }")
    assert words.page.screenshot(clip=place) != shown
