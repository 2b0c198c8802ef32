"""A person going through the funnel: looks at every page, compares it with the manifest, and clicks on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct
from playwright.sync_api import Locator, Page, expect

from funnelgen.funnel.graph import SESSION
from funnelgen.funnel.manifest import Amount, ManifestButton, ManifestEdge, ManifestLine, ManifestNode
from funnelgen.funnel.paths import Move, Path
from funnelgen.site.models import Deliverable

from .asking import ask
from .sites import Served

EMAIL = "ada+funnel@example.com"


class Shown(Struct, frozen=True):
    """An amount as a page shows it. `part` is what it is: "price", "total" or nothing more than an amount."""

    part: str
    value: str
    currency: str
    text: str
    button: str


class PayLink(Struct, frozen=True):
    """A pay button as a page shows it."""

    id: str
    href: str
    part: str


class Sight(Struct, frozen=True):
    """What a visitor sees of a page: nothing that is hidden."""

    kind: str
    amounts: list[Shown]
    buttons: list[PayLink]
    rows: list[list[str]]
    declines: list[str]
    terms: list[str]

    def texts(self, part: str) -> list[str]:
        """The amounts of one part, as they read."""
        return [shown.text for shown in self.amounts if shown.part == part]


def look(page: Page) -> Sight:
    """What is to be seen on a page."""
    return ask(page, "look", Sight)


def describe(path: Path) -> str:
    """A path in words: "checkout+sales-page-template, oto declined, downsell accepted"."""
    return ", ".join(_in_words(move) for move in path.moves if move.button or move.edge == "decline")


def _in_words(move: Move) -> str:
    if move.button and move.button.partition("+")[0] == move.node and move.node.startswith("checkout"):
        return move.button
    return f"{move.node} {'accepted' if move.button else 'declined'}"


class Visitor:
    """Somebody with a page open on a site."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        self.served = served
        self._amounts = _amounts_of(served.manifest.buttons)

    def go(self, path: Path) -> None:
        """Walk a path from its entry to its end."""
        first = self.served.node(path.moves[0].node)
        self.page.goto(self.served.url(first.address))
        for move in path.moves:
            node = self.served.node(move.node)
            self.see(node)
            if move.edge is not None:
                self.take(node, move)
        self.finds_everything(had(self.served, path))

    def see(self, node: ManifestNode, bumps: tuple[str, ...] = ()) -> None:
        """Compare the page of a step, with so many bumps ticked, with the manifest."""
        sight = look(self.page)
        assert sight.kind == node.kind
        charges = [b for b in self.served.manifest.buttons if b.node == node.id and b.bumps == bumps]
        self._amounts_are_known(sight)
        self._pays(sight, charges)
        if node.kind == "checkout":
            self._orders(sight, charges[0])
        elif charges or node.kind == "sales":
            self._offers(sight, node, charges)
        declining = [self._address(edge) for edge in self._edges(node) if edge.name == "decline"]
        assert sight.declines == declining

    def take(self, node: ManifestNode, move: Move) -> None:
        """Leave a step over an edge."""
        edge = next(e for e in self._edges(node) if e.name == move.edge)
        if move.button is not None:
            self.buy(node, self.served.button(move.button))
        elif move.edge == "submit":
            self.opt_in(edge)
        else:
            self._way_on(edge).click()
            self.arrives(self._address(edge))

    def opt_in(self, edge: ManifestEdge) -> None:
        """Ask for the lead magnet."""
        form = self.page.get_by_role("main")
        form.get_by_role("textbox", name="Email").fill(EMAIL)
        form.get_by_role("button").click()
        target = self._address(edge)
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(self.served.url(target))}(\?)?(#[\w-]+)?$"))
        self.page.wait_for_load_state("load")

    def buy(self, node: ManifestNode, button: ManifestButton) -> None:
        """Tick the bumps of a button, press it, pay on the simulated checkout, come back."""
        for offer in button.bumps:
            line = next(line for line in button.lines if line.offer == offer)
            self.page.get_by_role("checkbox", name=line.name).check()
        if button.bumps:
            self.see(node, button.bumps)
        self.pay_link(button).click()
        assert button.link is not None
        self.arrives(button.link)
        self.sees_simulated_checkout(button)
        self.page.get_by_role("main").get_by_role("link", name=button.today.short).click()
        self.returns_from(button)

    def pay_link(self, button: ManifestButton) -> Locator:
        """The one pay button that is exposed to people and to assistive technology, found by the amount in its name."""
        links = self.page.get_by_role("link", name=button.today.short, exact=False)
        return links.and_(self.page.locator("[data-button]"))

    def sees_simulated_checkout(self, button: ManifestButton) -> None:
        """Compare the simulated checkout with the charge."""
        sight = look(self.page)
        assert sight.kind == "demo"
        assert sight.rows == [[line.name, line.today.text] for line in button.lines]
        assert sight.texts("total") == [button.today.text]

    def returns_from(self, button: ManifestButton) -> None:
        """Be where the provider must send the buyer, with the placeholder of the session filled.

        A page that tells of its visitors has taken the session out of its address.
        """
        assert button.returns_to is not None
        address, _, _ = self.served.url(button.returns_to).partition("&session_id=" + SESSION)
        expect(self.page).to_have_url(re.compile(rf"^{re.escape(address)}(&session_id=[\w-]+)?$"))
        self.page.wait_for_load_state("load")
        assert "session_id=" in self.page.url or self.page.locator("script[data-paid]").count() == 1

    def arrives(self, address: str) -> None:
        """Be at exactly this address, the page being there."""
        expect(self.page).to_have_url(self.served.url(address))
        self.page.wait_for_load_state("load")

    def finds_everything(self, offers: Iterable[str]) -> None:
        """Find what each of the offers delivers on the page, openable."""
        stack = self.served.built.site.stacks[0]
        links = self.page.get_by_role("main").get_by_role("listitem").get_by_role("link")
        hrefs = [link.get_attribute("href") or "" for link in links.all()]
        for thing in (thing for offer in offers for thing in stack.offers[offer].deliver):
            found = [href for href in hrefs if _delivers(href, thing)]
            assert len(found) == 1, f"{thing.file or thing.url} is {len(found)} times among {hrefs}"
            if thing.file:
                assert self.page.request.get(self.served.url(found[0])).ok

    def _amounts_are_known(self, sight: Sight) -> None:
        """No page shows an amount that the manifest does not know, or writes one differently."""
        currency = self.served.manifest.site.currency
        for shown in sight.amounts:
            assert shown.currency == currency
            assert shown.text in self._amounts.get(shown.value, ()), shown

    def _pays(self, sight: Sight, charges: list[ManifestButton]) -> None:
        """Exactly one accept button per charge, with its link and its amount."""
        expected = [PayLink(id=b.id, href=b.link or "", part="accept") for b in charges]
        assert sight.buttons == expected
        for button in charges:
            assert [a.text for a in sight.amounts if a.button == button.id] == [button.today.short]
            expect(self.pay_link(button)).to_have_count(1)

    def _orders(self, sight: Sight, button: ManifestButton) -> None:
        """The checkout: the item's price, a row for each line, one total."""
        rows = [[line.name, line.today.text] for line in button.lines]
        assert sight.rows == rows
        assert sight.texts("total") == [button.today.text]
        # The first amount is the item's own, then come the rows, the total and the button.
        expected = [button.lines[0].price.short, *(amount for _, amount in rows), button.today.text, button.today.short]
        assert [shown.text for shown in sight.amounts] == expected
        assert sight.terms

    def _offers(self, sight: Sight, node: ManifestNode, charges: list[ManifestButton]) -> None:
        """A page with one offer: its price once, with its terms."""
        line = charges[0].lines[0] if charges else self._line(node.offer)
        assert sight.texts("price") == [line.price.short]
        assert len(sight.terms) == 1

    def _line(self, offer: str | None) -> ManifestLine:
        return next(line for b in self.served.manifest.buttons for line in b.lines if line.offer == offer)

    def _way_on(self, edge: ManifestEdge) -> Locator:
        """The link of an edge that costs nothing: its own, or the first in the page's main part that leads there."""
        links = self.page.get_by_role("main").get_by_role("link")
        if edge.name == "decline":
            return links.and_(self.page.locator("[data-fg=decline]"))
        return links.and_(self.page.locator(f'[href="{self._address(edge)}"]')).first

    def _edges(self, node: ManifestNode) -> list[ManifestEdge]:
        return [edge for edge in self.served.manifest.edges if edge.source == node.id]

    def _address(self, edge: ManifestEdge) -> str:
        assert edge.target is not None
        return self.served.node(edge.target).address


def had(served: Served, path: Path) -> list[str]:
    """The offers that were given or bought along a path."""
    offers: list[str | None] = []
    for move in path.moves:
        if move.button is not None:
            offers += [line.offer for line in served.button(move.button).lines]
        elif move.edge == "submit":
            offers.append(served.node(move.node).offer)
    return [offer for offer in offers if offer is not None]


def _delivers(href: str, thing: Deliverable) -> bool:
    return href == thing.url if thing.url else urlsplit(href).path.endswith(f"/{thing.file}")


def _amounts_of(buttons: Iterable[ManifestButton]) -> dict[str, tuple[str, ...]]:
    """How each amount of the manifest may be written, by its value."""
    found: dict[str, tuple[str, ...]] = {}
    for button in buttons:
        for amount in (button.today, *(a for line in button.lines for a in (line.price, line.today))):
            found[amount.value] = _forms(amount)
    return found


def _forms(amount: Amount) -> tuple[str, ...]:
    return (amount.text, amount.short)
