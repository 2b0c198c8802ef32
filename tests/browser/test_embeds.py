"""Checkouts within the page, with stand-ins for the providers' scripts: they open, or the link does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from funnelgen.pathtest.facts import PHONE
from funnelgen.pathtest.outcome import Setting
from funnelgen.pathtest.visit import EMAIL

from ..sites import built, site
from ..test_embeds import LINKS, with_embeds
from .proving import do, job_of
from .sites import Served, serving
from .watch import Visits

pytestmark = pytest.mark.browser

SAYS = "const say = (...words) => document.title = JSON.stringify(words);"
SCRIPTS = {
    "Stripe": """customElements.define("stripe-buy-button", class extends HTMLElement {
        connectedCallback() { this.textContent = "Buy at Stripe"; } });""",
    "Paddle": SAYS + """window.Paddle = { Environment: { set(name) { this.name = name; } }, Initialize(given) {
        this.token = given.token; }, Checkout: { open: (given) => say(Paddle.Environment.name, Paddle.token, given) } };
        """,
    "Lemon Squeezy": SAYS + "window.LemonSqueezy = { Url: { Open: (link) => say(link) } };",
}  # fmt: skip
Selling = Callable[[str], AbstractContextManager[Served]]


@pytest.fixture
def selling(tmp_path: Path) -> Selling:
    """Serves the small site in test mode, with checkouts of a provider's within its pages."""

    @contextmanager
    def made(name: str) -> Iterator[Served]:
        with serving(site(tmp_path / "site", with_embeds(name)), tmp_path / "dist", "test") as served:
            yield served

    return made


def at_checkout(visits: Visits, served: Served, name: str, script: str | None) -> Page:
    """The checkout of somebody who opted in. The provider's script is that one, or does not come."""
    page = visits.open()
    visits.watch(page).expect("request to elsewhere: ")

    def answer(route: Route) -> None:
        if not route.request.url.endswith(".js"):
            route.fulfill(content_type="text/html", body="<title>Pay</title>")
        elif script is None:
            route.abort()
        else:
            route.fulfill(content_type="text/javascript", body=script)

    page.context.route(lambda url: "://127.0.0.1" not in url, answer)
    page.goto(served.url("/lead-magnet/"))
    page.get_by_role("main").get_by_role("textbox", name="Email").fill(EMAIL)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/sales/**")
    page.goto(served.url("/checkout/?utm_source=news"))
    return page


def said(page: Page) -> list[Any]:
    """What the provider's script was asked to open."""
    expect(page).to_have_title(re.compile(r"^\["))
    words: list[Any] = json.loads(page.title())
    return words


def test_paddle_opens_over_the_page_and_knows_what_who_and_where_to(selling: Selling, visits: Visits) -> None:
    with selling("Paddle") as served:
        page = at_checkout(visits, served, "Paddle", SCRIPTS["Paddle"])
        assert not page.evaluate("'Paddle' in window"), "nothing is loaded before somebody presses"
        page.get_by_role("checkbox").check()
        page.locator("[data-button]:visible").click()
        environment, token, given = said(page)
        assert (environment, token) == ("sandbox", "test_51abc")
        assert given["items"] == [{"priceId": id, "quantity": 1} for id in ("pri_01abc", "pri_01def")]
        assert given["settings"] == {"successUrl": served.url("/thank-you/?paid=checkout%2Btemplate")}
        assert given["customer"] == {"email": EMAIL}
        assert given["customData"] == {"reference": page.evaluate("sessionStorage.funnelgen")}
        assert page.url == served.url("/checkout/?utm_source=news")


def test_lemon_squeezy_opens_the_link_over_the_page_with_what_it_takes(selling: Selling, visits: Visits) -> None:
    with selling("Lemon Squeezy") as served:
        page = at_checkout(visits, served, "Lemon Squeezy", SCRIPTS["Lemon Squeezy"])
        page.locator("[data-button]:visible").click()
        (link,) = said(page)
        assert link.startswith(LINKS["Lemon Squeezy"][0] + "?checkout%5Bemail%5D=ada%2Bfunnel%40example.com&")
        assert "utm_source%5D=news" in link


def test_stripes_button_takes_the_links_place_for_each_choice(selling: Selling, visits: Visits) -> None:
    with selling("Stripe") as served:
        page = at_checkout(visits, served, "Stripe", SCRIPTS["Stripe"])
        button = page.locator("stripe-buy-button:visible")
        for id, tick in (("buy_btn_1abc", False), ("buy_btn_1def", True)):
            page.get_by_role("checkbox").set_checked(tick)
            expect(button).to_have_count(1)
            expect(button).to_have_attribute("buy-button-id", id)
            expect(button).to_have_attribute("publishable-key", "pk_test_51abc")
            expect(button).to_have_attribute("customer-email", EMAIL)
        expect(page.locator("[data-button]:visible")).to_have_count(0)
        assert button.get_attribute("client-reference-id") == page.evaluate("sessionStorage.funnelgen")


@pytest.mark.parametrize("name", sorted(SCRIPTS))
@pytest.mark.parametrize("script", [None, "", "throw new Error('other than it was')"], ids=["none", "empty", "broken"])
def test_where_the_script_does_not_come_the_link_does(
    name: str, script: str | None, selling: Selling, visits: Visits
) -> None:
    with selling(name) as served:
        page = at_checkout(visits, served, name, script)
        watch = visits.watch(page)
        if script is None:
            watch.expect("request failed: ", "console error: Failed to load resource")
        elif script:
            watch.expect("page error: other than it was")
        page.locator("[data-button]:visible").click()
        page.wait_for_url(f"{LINKS[name][0]}**")


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_path_is_proved_by_the_links(name: str, browser: Browser, tmp_path: Path) -> None:
    output = built(site(tmp_path, with_embeds(name)), "test")
    job = job_of(output.manifest, "path", "bump ticked", Setting(device=PHONE))
    done = do(browser, output.files, output.manifest, job)
    assert done.faults == []
    assert done.walked.pages[-1] == "/thank-you/"


def test_another_page_cannot_load_it(selling: Selling, visits: Visits) -> None:
    with selling("Stripe") as served:
        page = at_checkout(visits, served, "Stripe", SCRIPTS["Stripe"])
        page.goto(served.url("/sales/"))
        visits.watch(page).expect("console error: .*Content Security Policy", "request failed: .* csp")
        loading = """address => new Promise((done) => { const script = document.createElement("script");
            script.src = address; script.onload = () => done("loaded"); script.onerror = () => done("refused");
            document.head.append(script); })"""
        assert page.evaluate(loading, "https://js.stripe.com/v3/buy-button.js") == "refused"


def test_without_scripts_there_are_links(selling: Selling, visits: Visits) -> None:
    with selling("Paddle") as served:
        page = visits.open(served.url("/checkout/"), javascript=False)
        assert page.locator("[data-button]:visible").get_attribute("href") == LINKS["Paddle"][0]
