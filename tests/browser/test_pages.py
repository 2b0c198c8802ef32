"""What single pages owe their visitors: the way back, the way past an offer, the form in sight, the right greeting."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .asking import script, style
from .person import person
from .sites import NO_SUCH_PAGE, Dressed, Served
from .test_bump import tab_to
from .watch import DESKTOP, DEVICES, PHONE, Device, Visits

pytestmark = pytest.mark.browser

DECLINABLE = ["oto", "downsell", "tripwire"]
SMALLEST_TARGET = 44  # CSS pixels


@pytest.fixture(params=DECLINABLE)
def declinable(request: pytest.FixtureRequest, dressed: Dressed) -> tuple[Served, str]:
    """A page with an offer that can be declined, in each theme: the site, the page's address."""
    served = dressed.with_kind(request.param)
    return served, served.node(request.param).address


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
@pytest.mark.parametrize("id", ["checkout", "checkout+sales-page-template", "oto", "downsell", "thank-you"])
def test_cancel_on_the_simulated_checkout_goes_back(example: Served, visits: Visits, id: str, device: Device) -> None:
    button = example.button(id)
    page = visits.open(example.url(button.link or ""), device=device, javascript=False)
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(example.url(button.page))


def test_every_charge_has_a_simulated_checkout(example: Served, shop: Served) -> None:
    for served in (example, shop):
        assert {page.address for page in served.pages("demo")} == {b.link for b in served.manifest.buttons}


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_simulated_checkout_says_that_no_money_moves(example: Served, visits: Visits, device: Device) -> None:
    page = visits.open(device=device, javascript=False)
    for button in example.manifest.buttons:
        page.goto(example.url(button.link or ""))
        flag = page.get_by_text("no money moves")
        expect(flag).to_be_in_viewport()
        expect(page.get_by_role("link", name="simulated")).to_have_count(1)
        expect(page.get_by_role("textbox")).to_have_count(0)


@pytest.mark.parametrize("address", [NO_SUCH_PAGE, "/checkout/nothing", "/assets/nothing.js", "/404.html"])
def test_missing_page_has_a_way_back(example: Served, visits: Visits, address: str) -> None:
    page = visits.open(javascript=False)
    if address != "/404.html":
        visits.watch(page).expect("answer 404", "console error: Failed to load resource")
    response = page.goto(example.url(address))
    assert response
    assert response.status == (200 if address == "/404.html" else 404)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Back").click()
    page.wait_for_url(example.url("/"))


def test_decline_is_in_sight(declinable: tuple[Served, str], visits: Visits) -> None:
    served, address = declinable
    page = visits.open(served.url(address), device=PHONE)
    bounds = page.locator("[data-fg=decline]").bounding_box()
    assert bounds
    assert bounds["y"] + bounds["height"] <= 2 * PHONE.height, "below the second phone screen"


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_decline_is_as_large_as_it_must_be(declinable: tuple[Served, str], visits: Visits, device: Device) -> None:
    served, address = declinable
    page = visits.open(served.url(address), device=device)
    decline, accept = page.locator("[data-fg=decline]"), page.locator("[data-fg=accept]")
    bounds, beside = decline.bounding_box(), accept.bounding_box()
    assert bounds
    assert beside
    assert bounds["height"] >= SMALLEST_TARGET
    assert bounds["width"] >= beside["width"] - 1, "narrower than accept"
    assert 0 <= bounds["y"] - (beside["y"] + beside["height"]) < SMALLEST_TARGET, "not directly under accept"
    assert style(decline).size >= style(page.locator("body")).size


def test_decline_by_keyboard(declinable: tuple[Served, str], visits: Visits) -> None:
    served, address = declinable
    page = visits.open(served.url(address), javascript=False)
    decline = page.locator("[data-fg=decline]")
    tab_to_element(page, "[data-fg=decline]")
    assert style(decline).outline != "none"
    target = decline.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(served.url(target or ""))


def tab_to_element(page: Page, selector: str) -> None:
    """Press Tab until the keyboard is on the element."""
    page.locator(selector).evaluate("e => { e.id ||= 'goal'; }")
    tab_to(page, page.locator(selector).get_attribute("id") or "")


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_form_is_on_the_first_screen(dressed: Dressed, visits: Visits, device: Device) -> None:
    example = dressed.example
    page = visits.open(example.url(example.pages("lead-magnet")[0].address), device=device)
    button = page.get_by_role("main").get_by_role("button")
    expect(button).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)


def test_form_refuses_what_is_no_address(example: Served, visits: Visits) -> None:
    address = example.pages("lead-magnet")[0].address
    page = visits.open(example.url(address), javascript=False)
    page.get_by_role("textbox").fill("not an address")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.locator(":invalid:focus")).to_have_count(1)
    expect(page).to_have_url(example.url(address))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_says_below_the_field_what_is_wrong(dressed: Dressed, visits: Visits, scheme: str) -> None:
    example = dressed.example
    page = visits.open(
        example.url(example.pages("lead-magnet")[0].address), device=PHONE, javascript=False, color_scheme=scheme
    )
    field, said = page.get_by_role("textbox"), page.get_by_text("Enter an email address like")
    expect(said).to_be_hidden()
    expect(field).not_to_have_accessible_description(re.compile("Enter an email address"))
    field.fill("ada@")
    field.press("Tab")
    expect(said).to_be_in_viewport(ratio=1)
    expect(field).to_have_accessible_description(re.compile("^Enter an email address"))
    field.fill("ada@example.org")
    field.press("Tab")
    expect(said).to_be_hidden()


def test_demo_form_sends_no_address_anywhere(example: Served, visits: Visits) -> None:
    edge = next(e for e in example.manifest.edges if e.name == "submit")
    page = visits.open(example.url(example.node(edge.source).address))
    before = len(example.host.requests)
    person(page, example).opt_in(edge)
    assert not [r for r in example.host.requests[before:] if "ada" in r.target or "ada" in str(r.headers)]


def test_opt_in_is_confirmed_to_those_who_come_from_the_form(example: Served, visits: Visits) -> None:
    edge = next(e for e in example.manifest.edges if e.name == "submit")
    target = example.node(edge.target or "")
    confirmation = "The 12-Point Launch Checklist is yours."

    direct = visits.open(example.url(target.address), javascript=False)
    expect(direct.get_by_text(confirmation)).to_be_hidden()
    expect(direct.get_by_role("link", name="Download")).to_have_count(0)

    page = visits.open(example.url(example.node(edge.source).address), javascript=False)
    person(page, example).opt_in(edge)
    expect(page.get_by_text(confirmation)).to_be_in_viewport()
    download = page.get_by_role("link", name="Download")
    expect(download).to_be_in_viewport()
    assert page.request.get(example.url(download.get_attribute("href") or "")).ok


def test_paid_page_confirms_the_order_first(example: Served, visits: Visits) -> None:
    button = example.button("checkout")
    page = visits.open(example.url((button.returns_to or "").replace("{CHECKOUT_SESSION_ID}", "cs_1")), device=PHONE)
    expect(page.get_by_text("Your order is confirmed.")).to_be_in_viewport()


@pytest.mark.parametrize("kind", ["oto", "downsell", "thank-you"])
def test_pages_behind_a_payment_are_not_to_be_found(example: Served, visits: Visits, kind: str) -> None:
    page = visits.open(example.url(example.node(kind).address))
    expect(page.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
    sitemap = page.request.get(example.url("/sitemap.xml")).text()
    url = example.manifest.site.url
    assert f"<loc>{url}/sales/</loc>" in sitemap
    assert f"<loc>{url}{example.node(kind).address}</loc>" not in sitemap


def test_walk_with_animated_page_changes(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(example.node("oto").address), device=DESKTOP, motion=True)
    page.locator("[data-fg=decline]").click()
    page.wait_for_url(example.url(example.node("downsell").address))
    page.locator("[data-fg=decline]").click()
    page.wait_for_url(example.url(example.node("thank-you").address))
    expect(page.locator("body")).to_have_attribute("data-page", "thank-you")


def test_funnel_works_with_storage_blocked(example: Served, visits: Visits) -> None:
    page = visits.open()
    page.add_init_script(script("block-storage"))
    button = example.button("checkout+sales-page-template")
    page.goto(example.url(button.page))
    visit = person(page, example)
    visit.press(button)
    visit.pay(button)
    visit.look(example.node("oto").address)
    assert not visit.faults
