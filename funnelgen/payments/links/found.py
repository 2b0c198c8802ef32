"""What Stripe has, as plain data: the objects that we made, those that are in their way, and what a link charges."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from funnelgen.payments.addresses import payment_of
from funnelgen.payments.links.codes import FoundCode, WantedCode
from funnelgen.payments.links.units import say_units
from funnelgen.payments.links.wanted import Wanted, WantedLink, WantedPrice

MARK = "funnelgen_site"
"""In the metadata of everything that we made: the site. What has none, or another, is never touched."""


class FoundProduct(Struct, frozen=True, kw_only=True):
    """A product as Stripe has it."""

    id: str
    name: str
    active: bool
    site: str
    offer: str = ""
    default_price: str = ""  # its id; Stripe does not let it be archived


class FoundPrice(Struct, frozen=True, kw_only=True):
    """A price as Stripe has it. `every` is "month", or "3 months"."""

    id: str
    key: str
    product: str
    amount: int | None
    currency: str
    every: str | None
    tax: str
    active: bool
    site: str
    offer: str = ""


class FoundItem(Struct, frozen=True, kw_only=True):
    """One thing that a link charges; `most` is how many a buyer may take, where there is a choice."""

    price: FoundPrice
    quantity: int = 1
    most: int | None = None


class FoundLink(Struct, frozen=True, kw_only=True):
    """A payment link, by whomever it was made. `returns_to` is empty where it shows a message."""

    id: str
    url: str
    active: bool
    live: bool
    site: str
    button: str
    charge: str
    returns_to: str
    automatic_tax: bool
    promotion_codes: bool
    terms: bool  # to be accepted
    trial: int  # days
    optional: int  # things that the buyer may add
    items: tuple[FoundItem, ...]


class Found(Struct, frozen=True, kw_only=True):
    """What Stripe has.

    `products` by id and `prices` by lookup key are those that have our names, `codes` the active ones that the stack
    names, by the code in small letters; `links` are all, the newest first.
    `others` and `charging` are every product and every active price, where they were asked for. `written` are the
    payments that the links of links.yaml open.
    """

    products: Mapping[str, FoundProduct]
    prices: Mapping[str, FoundPrice]
    codes: Mapping[str, FoundCode]
    links: tuple[FoundLink, ...]
    others: tuple[FoundProduct, ...] = ()
    charging: tuple[FoundPrice, ...] = ()
    written: frozenset[str] = frozenset()


def link_for(wanted: Wanted, link: WantedLink, found: Found) -> FoundLink | None:
    """The link that charges what the button must: an active one first, then the one of links.yaml, then the oldest.

    So two runs at once, each of which made one, end with the same.
    """
    amounts = {price.offer: (price.product, price.amount, price.currency) for price in wanted.prices}
    charged = sorted(amounts[offer] for offer in link.offers)
    fitting = [
        one
        for one in found.links
        if (one.site, one.button, one.charge) == (wanted.site, link.button, link.charge) and _charged(one) == charged
    ]
    return min(reversed(fitting), key=lambda f: (not f.active, not is_written(f, found)), default=None)


def is_written(link: FoundLink, found: Found) -> bool:
    """Whether links.yaml has that link, with whatever the seller added to it: a language, a campaign."""
    return payment_of(link.url) in found.written


def idle_links(wanted: Wanted, found: Found) -> tuple[FoundLink, ...]:
    """Links of ours that still charge, and that no button has any more."""
    used = {own.id for link in wanted.links if (own := link_for(wanted, link, found))}
    return tuple(one for one in found.links if one.active and one.site == wanted.site and one.id not in used)


def is_same_code(code: WantedCode, there: FoundCode) -> bool:
    """Whether a code takes off what it must; one that holds for everything may do so, where nothing else is charged."""
    here, other = code.terms, there.terms
    if other.limited or (here.percent, here.amount, here.currency) != (other.percent, other.amount, other.currency):
        return False
    return here.products == other.products or (code.alone and not other.products)


def say_price(price: WantedPrice | FoundPrice) -> str:
    """A price in words: "97.00 USD, tax exclusive", "49.00 USD every month, tax inclusive"."""
    return f"{say_amount(price)}, tax {price.tax}"


def say_amount(price: WantedPrice | FoundPrice) -> str:
    """What a price charges: "49.00 USD every month"."""
    amount = "no fixed amount" if price.amount is None else say_units(price.amount, price.currency)
    return f"{amount}{f' every {price.every}' if price.every else ''}"


def say_items(link: FoundLink) -> str:
    """What a link charges: "97.00 USD + 2 × 49.00 USD every month"."""
    return " + ".join(say_item(item.quantity, item.price) for item in link.items)


def say_item(quantity: int, price: WantedPrice | FoundPrice) -> str:
    """What so many of a price charge: "2 × 49.00 USD every month"."""
    return f"{f'{quantity} × ' if quantity != 1 else ''}{say_amount(price)}"


def _charged(link: FoundLink) -> list[tuple[str, int, str]]:
    """What it charges, once each; a quantity that somebody changed by hand makes it another link."""
    return sorted((i.price.product, (i.price.amount or 0) * i.quantity, i.price.currency) for i in link.items)
