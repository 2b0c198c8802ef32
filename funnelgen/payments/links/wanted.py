"""What Stripe must have for a site: a product and a price for each offer that charges, a link for each button."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from funnelgen.funnel.cart import Line
from funnelgen.funnel.graph import Button, Funnel
from funnelgen.payments import another_way, stripe
from funnelgen.payments.links.codes import WantedCode, unlike_codes, wanted_codes
from funnelgen.payments.links.units import digest, has_thousandths, stripe_units
from funnelgen.payments.links.wiring import return_address
from funnelgen.site.models import Interval, Site

TaxBehavior = Literal["inclusive", "exclusive", "unspecified"]
_TAX: dict[str, TaxBehavior] = {"included": "inclusive", "added": "exclusive", "none": "unspecified"}


class CannotSync(Exception):
    """What stands in the way, each with what to do."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class WantedPrice(Struct, frozen=True, kw_only=True):
    """An offer as Stripe must have it. `offer` has its stack before it, where there are several."""

    offer: str
    name: str
    amount: int  # as Stripe counts the currency
    currency: str  # in small letters
    every: Interval | None
    tax: TaxBehavior
    product: str  # the product's id
    key: str  # the price's lookup key


class WantedLink(Struct, frozen=True, kw_only=True):
    """A button as Stripe must have it. `charge` stands for all of it that a link cannot change later."""

    button: str
    offers: tuple[str, ...]
    most: tuple[int, ...]  # of each offer, how many a buyer may take at once
    trial: int | None
    automatic_tax: bool
    promotion_codes: bool
    terms: bool  # whether buyers must accept the seller's
    returns_to: str
    charge: str


class Wanted(Struct, frozen=True, kw_only=True):
    """All that Stripe must have for one site, which `site` names in the metadata of each object.

    Where buttons were left out, that is of `links` alone: a code holds for what is sold beside the others, too.
    """

    site: str
    prices: tuple[WantedPrice, ...]
    codes: tuple[WantedCode, ...]
    links: tuple[WantedLink, ...]

    @property
    def offer_of(self) -> dict[str, str]:
        """The offers, by their products."""
        return {price.product: price.offer for price in self.prices}


def wanted(site: Site, funnel: Funnel, by_hand: Collection[str] = ()) -> Wanted:
    """What Stripe must have, but for the buttons `by_hand`. Raises CannotSync with all that stands in the way."""
    reasons = tuple(dict.fromkeys(_obstacles(site, funnel, by_hand)))
    if reasons:
        raise CannotSync(reasons)
    name = site_mark(site)
    tax = _TAX[site.config.tax]
    prices: dict[str, WantedPrice] = {}
    links, payments = [], []
    for button in funnel.buttons.values():
        of_button = [_price(name, funnel.nodes[button.node].stack, line, tax) for line in button.charge.lines]
        prices |= {price.offer: price for price in of_button}
        payments.append({price.offer: line for price, line in zip(of_button, button.charge.lines, strict=True)})
        if button.id not in by_hand:
            links.append(_link(site, funnel, button, of_button))
    codes = wanted_codes(site, name, {price.offer: price.product for price in prices.values()}, payments)
    return Wanted(site=name, prices=tuple(prices.values()), codes=codes, links=tuple(links))


def site_mark(site: Site) -> str:
    """What tells a site's objects at Stripe from all others: its host."""
    return urlsplit(site.config.url or "").netloc


def _obstacles(site: Site, funnel: Funnel, by_hand: Collection[str]) -> Iterator[str]:
    if not site.config.url:
        yield "the site has no address: write `url:` in site.yaml, since buyers come back to it"
    yield from unlike_codes(site)
    for button in (button for id, button in funnel.buttons.items() if id not in by_hand):
        if not button.charge.lines:
            yield f"`{button.id}` charges nothing: name the offer that it sells"
        if button.returns_to not in funnel.nodes:
            yield f"no page follows the payment of `{button.id}`: say in the stack where buyers go"
        trials = {line.trial for line in button.charge.lines if line.every}
        if len(trials) > 1:
            yield f"`{button.id}` has subscriptions with other free days: a Stripe payment link has one number for all"
        for line in button.charge.lines:
            key, what = stripe.cannot_charge(line)
            if what:
                yield f"a Stripe payment link cannot {what}: sell `{line.offer}` {another_way(key)}"
            elif not stripe_units(line.price):
                yield f"`{line.offer}` has no price: write one"
            elif has_thousandths(line.price):
                yield f"`{line.offer}`: Stripe takes no thousandths of {line.price.currency}: write two decimals"


def _price(site: str, stack: str, line: Line, tax: TaxBehavior) -> WantedPrice:
    offer = f"{stack}/{line.offer}" if stack else line.offer
    return WantedPrice(
        offer=offer,
        name=line.name,
        amount=stripe_units(line.price),
        currency=line.price.currency.lower(),
        every=line.every,
        tax=tax,
        product=f"funnelgen_{digest(site, offer)}",
        key=f"funnelgen:{digest(site, offer)}:{offer}"[:200],
    )


def _link(site: Site, funnel: Funnel, button: Button, prices: list[WantedPrice]) -> WantedLink:
    trial = next((line.trial for line in button.charge.lines if line.every and line.trial), None)
    automatic, must_accept = site.config.tax == "added", site.config.payment.terms == "required"
    most = tuple(line.most for line in button.charge.lines)
    charged = [(p.offer, p.amount, p.currency, p.every, p.tax) for p in prices]
    return WantedLink(
        button=button.id,
        offers=tuple(p.offer for p in prices),
        most=most,
        trial=trial,
        automatic_tax=automatic,
        promotion_codes=site.config.payment.promotion_codes or bool(button.charge.code),
        terms=must_accept,
        returns_to=return_address(site, funnel, button, stripe),
        charge=digest(charged, most, trial, automatic, must_accept),
    )
