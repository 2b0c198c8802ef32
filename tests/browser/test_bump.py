"""The order bump: by keyboard, by mouse, one or several, always without script."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from .asking import style
from .person import person
from .sites import BUMPS, Dressed, Served
from .tree import exposed
from .watch import DEVICES, Device, Visits

pytestmark = pytest.mark.browser

CHECKOUT = "/checkout/"
PLAIN, WITH_BUMP = "checkout", "checkout+sales-page-template"
MOST_TABS = 30


def pay_links(page: Page, served: Served) -> list[str]:
    """The names of the pay links that a screen reader meets on the checkout."""
    amounts = {b.today.short for b in served.manifest.buttons if b.node == "checkout"}
    return [link.name for link in exposed(page, "link") if any(link.name.endswith(a) for a in amounts)]


def hears(page: Page, served: Served, button: str) -> None:
    """The accessibility tree has this charge and no other: one pay link, one total in the live region."""
    amount = served.button(button).today
    links = pay_links(page, served)
    assert [link.endswith(amount.short) for link in links] == [True], links
    (status,) = exposed(page, "status")
    assert status.text.endswith(amount.text)
    assert status.properties["live"] == "polite"
    (box,) = exposed(page, "checkbox")
    assert box.properties["checked"] == ("true" if served.button(button).bumps else "false")


def focused(page: Page) -> str:
    """Where the keyboard is: an element's id, or its button."""
    return str(page.evaluate("() => document.activeElement.id || document.activeElement.dataset.button || ''"))


def tab_to(page: Page, goal: str) -> list[str]:
    """Press Tab until the keyboard is there; where it has been before."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if focused(page) == goal:
            return passed
        passed.append(focused(page))
    raise AssertionError(f"{goal} was not reached in {MOST_TABS} presses of Tab, but {passed}")


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_bump_by_keyboard(dressed: Dressed, visits: Visits, device: Device) -> None:
    example = dressed.example
    page = visits.open(example.url(CHECKOUT), device=device, javascript=False)
    hears(page, example, PLAIN)

    tab_to(page, "bump-1")
    assert style(page.locator(".bump")).outline != "none", "the card does not show where the keyboard is"
    page.keyboard.press("Space")
    hears(page, example, WITH_BUMP)
    assert PLAIN not in tab_to(page, WITH_BUMP)

    page.keyboard.press("Shift+Tab")
    assert focused(page) == "bump-1"
    page.keyboard.press("Space")
    hears(page, example, PLAIN)
    assert WITH_BUMP not in tab_to(page, PLAIN)


def test_bump_says_what_it_costs_and_makes(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(CHECKOUT), javascript=False)
    line = example.button(WITH_BUMP).lines[1]
    (box,) = exposed(page, "checkbox")
    assert line.name in box.name
    assert line.price.short in box.name
    assert example.button(WITH_BUMP).today.short in box.described


def test_ticked_bump_goes_to_the_payment_by_keyboard(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(CHECKOUT), javascript=False)
    tab_to(page, "bump-1")
    page.keyboard.press("Space")
    tab_to(page, WITH_BUMP)
    page.keyboard.press("Enter")
    target = example.button(WITH_BUMP).link or ""
    page.wait_for_url(example.url(target))
    visit = person(page, example)
    visit.look(target)
    assert not visit.faults


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
@pytest.mark.parametrize("corner", ["top left", "top right", "bottom left", "bottom right"])
def test_whole_card_is_the_target(example: Served, visits: Visits, corner: str, device: Device) -> None:
    page = visits.open(example.url(CHECKOUT), device=device, javascript=False)
    card, box = page.locator(".bump"), page.get_by_role("checkbox")
    card.scroll_into_view_if_needed()
    bounds = card.bounding_box()
    assert bounds
    near = 6  # pixels from the edges
    x = bounds["x"] + (near if "left" in corner else bounds["width"] - near)
    y = bounds["y"] + (near if "top" in corner else bounds["height"] - near)
    press = page.touchscreen.tap if device.touch else page.mouse.click
    press(x, y)
    expect(box).to_be_checked()
    press(x, y)
    expect(box).not_to_be_checked()


def test_ticked_bump_changes_more_than_colour(dressed: Dressed, visits: Visits) -> None:
    page = visits.open(dressed.example.url(CHECKOUT), javascript=False)
    mark = page.locator(".bump .box .i")
    assert style(mark).opacity == "0"
    page.get_by_role("checkbox").check()
    assert style(mark).opacity == "1"


def test_bump_is_unticked_after_a_reload(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(CHECKOUT))
    page.get_by_role("checkbox").check()
    page.reload()
    hears(page, example, PLAIN)


def test_bump_and_total_agree_after_going_back(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(CHECKOUT))
    page.get_by_role("checkbox").check()
    page.locator(f'[data-button="{WITH_BUMP}"]:visible').click()
    page.wait_for_url(f"**{example.button(WITH_BUMP).link}")
    page.go_back()
    hears(page, example, WITH_BUMP if page.get_by_role("checkbox").is_checked() else PLAIN)


def combos() -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every combination of two and of three bumps."""
    for bumps in (2, 3):
        offered = list(BUMPS)[:bumps]
        for number in range(bumps + 1):
            yield from ((bumps, ticked) for ticked in combinations(offered, number))


@pytest.mark.parametrize(
    ("bumps", "ticked"), [pytest.param(n, t, id=f"{n} bumps, {'+'.join(t) or 'none'}") for n, t in combos()]
)
def test_every_combination_shows_its_own_charge(
    shop: Served, shop_of_two: Served, visits: Visits, bumps: int, ticked: tuple[str, ...]
) -> None:
    served = shop if bumps == 3 else shop_of_two
    page = visits.open(served.url(CHECKOUT), javascript=False)
    visit = person(page, served)
    visit.look(CHECKOUT)
    names = [served.built.site.stacks[0].offers[offer].name for offer in ticked]
    for name in reversed(names):
        page.get_by_role("checkbox", name=name).check()
    visit.look(CHECKOUT, bumps=ticked)
    assert len(pay_links(page, served)) == 1
    for name in names:
        page.get_by_role("checkbox", name=name).uncheck()
    visit.look(CHECKOUT)
    assert not visit.faults


def test_price_edited_in_the_browser_changes_no_link(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(CHECKOUT))
    page.evaluate("""() => document.querySelectorAll('[data-amount]').forEach(e => {
        e.dataset.amount = '1.00'; e.textContent = '$1'; })""")
    page.get_by_role("checkbox").check()
    link = page.get_by_role("link", name="$1").and_(page.locator("[data-button]"))
    link.click()
    target = example.button(WITH_BUMP).link or ""
    page.wait_for_url(example.url(target))
    visit = person(page, example)
    visit.look(target)
    assert not visit.faults
