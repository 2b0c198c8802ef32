"""From what Stripe has to what it must have: the changes, worked out before anything is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from funnelgen.payments.links.codes import WantedCode, say_terms
from funnelgen.payments.links.found import (
    Found,
    FoundLink,
    FoundPrice,
    FoundProduct,
    idle_links,
    is_same_code,
    is_written,
    link_for,
    say_items,
    say_price,
)
from funnelgen.payments.links.wanted import CannotSync, Wanted, WantedLink, WantedPrice

What = Literal["product", "price", "code", "link"]


class Change(Struct, frozen=True, kw_only=True):
    """One request. `id` is the object's where it is there already; `before` and `after` say what changes, in words."""

    action: Literal["create", "change", "deactivate"]
    what: What
    name: str  # the offer, the code or the button
    id: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The change in a line: "+ price    course"."""
        return f"{_SIGNS[self.action]} {self.what:<7}  {self.name}"

    @property
    def details(self) -> tuple[str, ...]:
        """What changes, a line each, as in a diff: "- 97.00 USD", "+ 127.00 USD"; without signs for what is new."""
        if self.action == "change":
            return (*(f"- {text}" for text in self.before), *(f"+ {text}" for text in self.after))
        return self.before or self.after


_SIGNS = {"create": "+", "change": "~", "deactivate": "-"}


def plan(wanted: Wanted, found: Found, *, deactivate: bool = False) -> tuple[Change, ...]:
    """The changes, in the order in which they can be made. Raises CannotSync where a name of ours is somebody's.

    With `deactivate` also what switches off that of ours which the stack no longer has.
    """
    foreign = tuple(_foreign(wanted, found))
    if foreign:
        raise CannotSync(foreign)
    changes = [change for price in wanted.prices for change in _of_offer(price, found)]
    changes += [change for code in wanted.codes for change in _of_code(wanted, code, found)]
    changes += [change for link in wanted.links for change in _of_link(wanted, link, found)]
    return (*changes, *(_deactivations(wanted, found) if deactivate else ()))


def replaced_links(wanted: Wanted, found: Found) -> tuple[FoundLink, ...]:
    """Idle links that stood in links.yaml when this run began: pages that are online may still have them."""
    buttons = {link.button for link in wanted.links}
    return tuple(one for one in idle_links(wanted, found) if is_written(one, found) and one.button in buttons)


def is_same_price(price: WantedPrice, old: FoundPrice) -> bool:
    """Whether the price charges what it must."""
    terms = (price.product, price.amount, price.currency, price.every, price.tax)
    return old.active and terms == (old.product, old.amount, old.currency, old.every, old.tax)


def standing(wanted: Wanted, found: Found) -> dict[str, str]:
    """The ids of the prices that charge what they must, by offer."""
    there = ((price, found.prices.get(price.key)) for price in wanted.prices)
    return {price.offer: old.id for price, old in there if old and is_same_price(price, old)}


def _foreign(wanted: Wanted, found: Found) -> Iterator[str]:
    for price in wanted.prices:
        product, old = found.products.get(price.product), found.prices.get(price.key)
        if product and product.site != wanted.site:
            yield f"the product `{product.id}` was not made for `{wanted.site}`: rename the offer `{price.offer}`"
        if old and old.site != wanted.site:
            yield f"the price `{old.id}` was not made for `{wanted.site}`: take the lookup key `{old.key}` from it"
    for code in wanted.codes:
        there = found.codes.get(code.code.casefold())
        if there and there.site != wanted.site and not is_same_code(code, there):
            here, other = (say_terms(terms, wanted.offer_of) for terms in (code.terms, there.terms))
            yield f"the code `{there.code}` takes {other} at Stripe, and {here} in the stack: change one of them"


def _of_offer(price: WantedPrice, found: Found) -> Iterator[Change]:
    product, old = found.products.get(price.product), found.prices.get(price.key)
    if product is None:
        yield Change(action="create", what="product", name=price.offer, after=(price.name,))
    elif before := tuple(_of_product(product, price)):
        after = tuple(new for _, new in before)
        gone = tuple(was for was, _ in before)
        yield Change(action="change", what="product", name=price.offer, id=product.id, before=gone, after=after)
    if old is None:
        yield Change(action="create", what="price", name=price.offer, after=(say_price(price),))
    elif not is_same_price(price, old):
        was = say_price(old) + ("" if old.active else ", inactive")
        yield Change(action="change", what="price", name=price.offer, before=(was,), after=(say_price(price),))


def _of_product(product: FoundProduct, price: WantedPrice) -> Iterator[tuple[str, str]]:
    if product.name != price.name:
        yield product.name, price.name
    if not product.active:
        yield "switched off", "active"


def _of_code(wanted: Wanted, code: WantedCode, found: Found) -> Iterator[Change]:
    """A code that somebody made by hand serves as well, where it takes off what it must."""
    old, after = found.codes.get(code.code.casefold()), (say_terms(code.terms, wanted.offer_of),)
    if old is None:
        yield Change(action="create", what="code", name=code.code, after=after)
    elif not is_same_code(code, old):
        before = (say_terms(old.terms, wanted.offer_of),)
        yield Change(action="change", what="code", name=code.code, id=old.id, before=before, after=after)


def _of_link(wanted: Wanted, link: WantedLink, found: Found) -> Iterator[Change]:
    old = link_for(wanted, link, found)
    if old is None:
        yield Change(action="create", what="link", name=link.button, after=tuple(_terms(link)))
        return
    terms = (
        (f"returns to {old.returns_to or 'a message of Stripe’s'}", f"returns to {link.returns_to}"),
        (_codes(old), _codes(link)),
        ("active" if old.active else "switched off", "active"),
    )
    before, after = tuple(was for was, new in terms if was != new), tuple(new for was, new in terms if was != new)
    if after:
        yield Change(action="change", what="link", name=link.button, id=old.id, before=before, after=after)


def _terms(link: WantedLink) -> Iterator[str]:
    """What a new link is to be."""
    chosen = (f"{o} (1 to {n})" if n > 1 else o for o, n in zip(link.offers, link.most, strict=True))
    yield f"charges {' + '.join(chosen)}{f', after {link.trial} free days' if link.trial else ''}"
    yield f"returns to {link.returns_to}"
    if link.automatic_tax:
        yield "automatic tax on"
    if link.promotion_codes:
        yield _codes(link)
    if link.terms:
        yield "asks buyers to accept your terms"


def _codes(link: WantedLink | FoundLink) -> str:
    return f"promotion codes {'on' if link.promotion_codes else 'off'}"


def _deactivations(wanted: Wanted, found: Found) -> Iterator[Change]:
    """Links first, then the prices and products that nothing of anybody's charges any more.

    Archiving a product silently deactivates its links, also those that somebody made by hand: so it stays while there
    is one, or another price.
    """
    kept = replaced_links(wanted, found)
    gone = {link.id for link in idle_links(wanted, found)} - {link.id for link in kept}
    for link in found.links:
        if link.id in gone:
            yield _off("link", link.button, link.id, f"{link.url}, {say_items(link)}")
    items = [item.price for link in found.links if link.active and link.id not in gone for item in link.items]
    used, sold = {price.id for price in items}, {price.product for price in items}
    products = {price.product for price in wanted.prices}
    defaults = {product.default_price for product in found.others}
    needed = used | defaults | {*standing(wanted, found).values()}
    idle = [price for price in found.charging if price.site == wanted.site and price.id not in needed]
    for price in idle:
        yield _off("price", price.offer or price.id, price.id, say_price(price))
    sold |= {price.product for price in found.charging if price.site != wanted.site}
    for product in found.others:
        if product.active and product.site == wanted.site and product.id not in products | sold:
            yield _off("product", product.offer or product.id, product.id, "active")


def _off(what: What, name: str, id: str, was: str) -> Change:
    return Change(action="deactivate", what=what, name=name, id=id, before=(was,))
