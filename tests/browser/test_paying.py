"""The whole funnel with payments: links made by a real sync, a local Stripe that charges, and what the pages said."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, Route, expect

from funnelgen.cli import cli
from funnelgen.funnel.manifest import ManifestButton, ManifestNode
from funnelgen.funnel.paths import all_paths

from ..stripe_account.server import KEY, Stripe, running
from .sites import EXAMPLE, Served, serving
from .visitor import EMAIL, Visitor, describe
from .watch import Visits

pytestmark = pytest.mark.browser

STRIPE = "https://buy.stripe.com"


@pytest.fixture(scope="module")
def account() -> Iterator[Stripe]:
    """An account at the local Stripe."""
    with running() as account:
        yield account
        assert account.wrong == []


@pytest.fixture(scope="module")
def selling(account: Stripe, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example in test mode, with the links that `links sync` made."""
    folder = tmp_path_factory.mktemp("selling")
    shutil.copytree(EXAMPLE, folder / "site", ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("funnelgen.payments.links.account.API", account.url)
        patch.setenv("STRIPE_API_KEY", KEY)
        done = CliRunner().invoke(cli, ["links", "sync", str(folder / "site"), "--mode", "test"])
    assert done.exit_code == 0, done.output
    with serving(folder / "site", folder / "dist", "test") as served:
        yield served


class Buyer(Visitor):
    """A visitor who pays at the local Stripe, and adds up what the pages say."""

    def __init__(self, page: Page, served: Served, account: Stripe) -> None:
        super().__init__(page, served)
        self.account = account
        self.said = Decimal(0)
        self.before = len(account.charges)
        page.context.route(f"{STRIPE}/**", self._at_stripe)

    def buy(self, node: ManifestNode, button: ManifestButton) -> None:
        """Tick the bumps of a button, press it, pay what it said at Stripe, come back."""
        self.press(node, button)
        self.page.get_by_role("button", name="Pay").click()
        self.returns_from(button)

    def press(self, node: ManifestNode, button: ManifestButton) -> None:
        """Tick the bumps of a button, press it, and be asked at Stripe for what it said."""
        for offer in button.bumps:
            line = next(line for line in button.lines if line.offer == offer)
            self.page.get_by_role("checkbox", name=line.name).check()
        if button.bumps:
            self.see(node, button.bumps)
        link = self.pay_link(button)
        amount = Decimal(link.locator("[data-amount]").get_attribute("data-amount") or "")
        link.click()
        self.page.wait_for_url(re.compile(f"^{re.escape(button.link or '-')}[?]"))
        expect(self.page.locator("#total")).to_have_text(f"{amount} {self.served.manifest.site.currency}")
        self.said += amount

    @property
    def charges(self) -> list[dict[str, object]]:
        """What Stripe charged this buyer."""
        return self.account.charges[self.before :]

    @property
    def charged(self) -> Decimal:
        """The sum of it."""
        return Decimal(sum(int(str(charge["amount"])) for charge in self.charges)).scaleb(-2)

    def _at_stripe(self, route: Route) -> None:
        """Ask the local Stripe in the place of the real one, and go back to this site where it sends buyers to it."""
        path = route.request.url.removeprefix(STRIPE).removeprefix("/pay")
        answer = route.fetch(url=f"{self.account.url}/pay{path}", max_redirects=0)
        back = answer.headers.get("location", "")
        if not back:
            route.fulfill(response=answer)
            return
        site = self.served.manifest.site.url or "-"
        assert back.startswith(f"{site}/"), back
        route.fulfill(status=answer.status, headers={"Location": self.served.host.origin + back.removeprefix(site)})


def visit(selling: Served, account: Stripe, visits: Visits) -> Buyer:
    """Somebody new, who has not opened a page yet."""
    page = visits.open()
    visits.watch(page).expect(f"request to elsewhere: {re.escape(STRIPE)}/")
    return Buyer(page, selling, account)


def test_on_every_path_stripe_charges_what_the_pages_said(selling: Served, account: Stripe, visits: Visits) -> None:
    visitors = set()
    for path in all_paths(selling.built.funnel, selling.manifest.entries[0]):
        buyer = visit(selling, account, visits)
        buyer.go(path)
        buttons = [selling.button(move.button) for move in path.moves if move.button]
        assert buyer.charged == buyer.said == sum(Decimal(b.today.value) for b in buttons), describe(path)
        assert [account.links[str(c["link"])]["url"] for c in buyer.charges] == [b.link for b in buttons]
        told = [charge["given"] for charge in buyer.charges]
        assert all(given == told[0] for given in told), "one visit has one reference"
        assert isinstance(told[0], dict)
        assert set(told[0]) == {"client_reference_id", "prefilled_email"}
        assert told[0]["prefilled_email"] == EMAIL
        visitors.add(told[0]["client_reference_id"])
        buyer.page.context.close()
    assert len(visitors) == selling.manifest.path_counts[selling.manifest.entries[0]] == 12


def test_the_cross_sell_is_a_subscription(selling: Served, account: Stripe) -> None:
    (id,) = [id for id, link in account.links.items() if link["url"] == selling.button("thank-you").link]
    (item,) = account.items[id]
    assert item["price"]["recurring"]["interval"] == "month"


def test_the_campaign_comes_back_from_stripe_and_goes_on_to_the_upgrade(
    selling: Served, account: Stripe, visits: Visits
) -> None:
    buyer = visit(selling, account, visits)
    page = buyer.page
    page.goto(selling.url("/checkout/?utm_source=news&utm_campaign=Spring%20sale!"))
    buyer.press(selling.node("checkout"), selling.button("checkout"))
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url(selling.url("/oto/?paid=checkout&utm_campaign=Spring-sale&utm_source=news"))
    buyer.press(selling.node("oto"), selling.button("oto"))
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/thank-you/**")
    campaign = {"utm_campaign": "Spring-sale", "utm_source": "news"}
    first, second = (charge["given"] for charge in buyer.charges)
    assert first == second
    assert isinstance(first, dict)
    assert {name: first[name] for name in campaign} == campaign


def test_nothing_is_charged_before_somebody_pays(selling: Served, account: Stripe, visits: Visits) -> None:
    buyer = visit(selling, account, visits)
    page = buyer.page
    page.goto(selling.url("/checkout/"))
    buyer.press(selling.node("checkout"), selling.button("checkout+sales-page-template"))
    page.go_back()
    expect(page).to_have_url(selling.url("/checkout/"))
    assert buyer.charges == []
