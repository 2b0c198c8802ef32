"""From what Stripe has to what it must have: the changes, worked out before anything is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from funnelgen.payments.links.wanted import CannotSync, Wanted, WantedLink, WantedPrice, say_units

MARK = "funnelgen_site"
"""In the metadata of everything that we made: the site. What has none, or another, is never touched."""


class FoundProduct(Struct, frozen=True, kw_only=True):
    """A product as Stripe has it."""

    id: str
    name: str
    active: bool
    site: str


class FoundPrice(Struct, frozen=True, kw_only=True):
    """The price that has one of our lookup keys."""

    id: str
    key: str
    product: str
    amount: int | None
    currency: str
    every: str | None
    tax: str
    active: bool
    site: str


class FoundLink(Struct, frozen=True, kw_only=True):
    """A payment link that we made for this site."""

    id: str
    url: str
    active: bool
    button: str
    charge: str
    returns_to: str


class Found(Struct, frozen=True, kw_only=True):
    """What Stripe has: products by id, prices by lookup key, and our links, the newest first."""

    products: Mapping[str, FoundProduct]
    prices: Mapping[str, FoundPrice]
    links: tuple[FoundLink, ...]


class Change(Struct, frozen=True, kw_only=True):
    """One request. `id` is the object's where it is there already; `words` say what changes."""

    what: Literal["product", "price", "link"]
    name: str  # the offer or the button
    id: str = ""
    words: str = ""

    @property
    def line(self) -> str:
        """The change as a line of a diff."""
        return f"{'~' if self.id else '+'} {self.what:<7}  {self.name}  {self.words}".rstrip()


def plan(wanted: Wanted, found: Found) -> tuple[Change, ...]:
    """The changes, in the order in which they can be made. Raises CannotSync where a name of ours is somebody's."""
    foreign = tuple(_foreign(wanted, found))
    if foreign:
        raise CannotSync(foreign)
    changes = [change for price in wanted.prices for change in _of_offer(price, found)]
    return (*changes, *(change for link in wanted.links if (change := _of_link(link, found))))


def link_for(link: WantedLink, found: Found) -> FoundLink | None:
    """The link that charges what the button must: an active one before one that was switched off."""
    fitting = [f for f in found.links if f.button == link.button and f.charge == link.charge]
    return min(fitting, key=lambda f: not f.active, default=None)


def idle_links(wanted: Wanted, found: Found) -> tuple[FoundLink, ...]:
    """Links of ours that still charge, and that no button has any more."""
    used = {own.id for link in wanted.links if (own := link_for(link, found))}
    return tuple(link for link in found.links if link.active and link.id not in used)


def say_price(price: WantedPrice | FoundPrice) -> str:
    """A price in words: "97.00 USD", "49.00 USD every month"."""
    amount = "no fixed amount" if price.amount is None else say_units(price.amount, price.currency)
    return f"{amount}{f' every {price.every}' if price.every else ''}, tax {price.tax}"


def is_same_price(price: WantedPrice, old: FoundPrice) -> bool:
    """Whether the price charges what it must."""
    terms = (price.product, price.amount, price.currency, price.every, price.tax)
    return old.active and terms == (old.product, old.amount, old.currency, old.every, old.tax)


def _foreign(wanted: Wanted, found: Found) -> Iterator[str]:
    for price in wanted.prices:
        product, old = found.products.get(price.product), found.prices.get(price.key)
        if product and product.site != wanted.site:
            yield f"the product `{product.id}` was not made for `{wanted.site}`: rename the offer `{price.offer}`"
        if old and old.site != wanted.site:
            yield f"the price `{old.id}` was not made for `{wanted.site}`: take the lookup key `{old.key}` from it"


def _of_offer(price: WantedPrice, found: Found) -> Iterator[Change]:
    product, old = found.products.get(price.product), found.prices.get(price.key)
    if product is None:
        yield Change(what="product", name=price.offer, words=price.name)
    elif product.name != price.name or not product.active:
        words = price.name if product.active else f"{price.name}, active again"
        yield Change(what="product", name=price.offer, id=product.id, words=words)
    if old is None or not is_same_price(price, old):
        before = f"  (was {say_price(old)}{'' if old.active else ', inactive'})" if old else ""
        yield Change(what="price", name=price.offer, words=say_price(price) + before)


def _of_link(link: WantedLink, found: Found) -> Change | None:
    old = link_for(link, found)
    if old is None:
        return Change(what="link", name=link.button, words=f"{' + '.join(link.offers)}, returns to {link.returns_to}")
    if old.returns_to != link.returns_to:
        words = f"returns to {link.returns_to}  (was {old.returns_to or 'nowhere'})"
        return Change(what="link", name=link.button, id=old.id, words=words)
    return None if old.active else Change(what="link", name=link.button, id=old.id, words="active again")
