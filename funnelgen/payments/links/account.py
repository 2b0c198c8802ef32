"""A Stripe account through the official client: what it has, and each change as one request that may be made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import stripe

from funnelgen.payments.links.plan import (
    MARK,
    Change,
    Found,
    FoundLink,
    FoundPrice,
    FoundProduct,
    is_same_price,
    link_for,
)
from funnelgen.payments.links.verify import ChargedItem, ChargedLink
from funnelgen.payments.links.wanted import Wanted, WantedLink, WantedPrice

RETRIES = 3
_MOST_KEYS = 10  # lookup keys in one request
API = "https://api.stripe.com"


class AccountError(Exception):
    """What Stripe answered, without anything secret."""


class Account:
    """One account in one mode, as its key opens it."""

    def __init__(self, key: str, *, api: str = "", retries: int = RETRIES) -> None:
        """`api` is where requests go: another address is for tests."""
        self._client = stripe.StripeClient(key, base_addresses={"api": api or API}, max_network_retries=retries)
        self._key = key

    def find(self, wanted: Wanted) -> Found:
        """What of it is there. Raises AccountError."""
        with _Told(self._key):
            return Found(products=self._products(wanted), prices=self._prices(wanted), links=self._links(wanted.site))

    def make(self, wanted: Wanted, found: Found, changes: tuple[Change, ...], say: Callable[[str], None]) -> None:
        """Make the changes in their order. Raises AccountError.

        Stopped at any request, the next `find` sees what is done. So a request needs no idempotency key but the
        client's own, which makes its retries count once: Stripe would keep a failure under ours for a day.
        """
        prices = {p.offer: p for p in wanted.prices}
        links = {link.button: link for link in wanted.links}
        ids = {p.offer: old.id for p in wanted.prices if (old := found.prices.get(p.key)) and is_same_price(p, old)}
        with _Told(self._key):
            for change in changes:
                if change.what == "product":
                    self._make_product(wanted.site, prices[change.name], change)
                elif change.what == "price":
                    ids[change.name] = self._make_price(wanted.site, prices[change.name])
                else:
                    self._make_link(wanted.site, links[change.name], change, ids)
                say(change.line)

    def charged(self, urls: Iterable[str]) -> dict[str, ChargedLink]:
        """The account's links at those addresses, whoever made them. Raises AccountError."""
        wanted = {url.partition("?")[0] for url in urls}
        with _Told(self._key):
            every = self._client.v1.payment_links.list({"limit": 100}).auto_paging_iter()
            return {link.url: self._charged(link) for link in every if link.url in wanted}

    def _charged(self, link: stripe.PaymentLink) -> ChargedLink:
        items = self._client.v1.payment_links.line_items.list(link.id, {"limit": 100}).auto_paging_iter()
        return ChargedLink(
            url=link.url,
            active=link.active,
            live=link.livemode,
            returns_to=_found_link(link).returns_to,
            automatic_tax=link.automatic_tax.enabled,
            trial=(link.subscription_data.trial_period_days or 0) if link.subscription_data else 0,
            optional=len(getattr(link, "optional_items", None) or ()),  # left out where there are none
            items=tuple(_charged_item(item) for item in items),
        )

    def _products(self, wanted: Wanted) -> dict[str, FoundProduct]:
        ids = [price.product for price in wanted.prices]
        found = {}
        for some in _in_tens(ids):
            for product in self._client.v1.products.list({"ids": some, "limit": 100}).auto_paging_iter():
                site = _noted(product, MARK)
                found[product.id] = FoundProduct(id=product.id, name=product.name, active=product.active, site=site)
        return found

    def _prices(self, wanted: Wanted) -> dict[str, FoundPrice]:
        found = {}
        for some in _in_tens([price.key for price in wanted.prices]):
            for price in self._client.v1.prices.list({"lookup_keys": some, "limit": 100}).auto_paging_iter():
                found[price.lookup_key or ""] = _found_price(price)
        return found

    def _links(self, site: str) -> tuple[FoundLink, ...]:
        """Our links, active or not; the newest first, as Stripe lists them."""
        every = self._client.v1.payment_links.list({"limit": 100}).auto_paging_iter()
        return tuple(_found_link(link) for link in every if _noted(link, MARK) == site)

    def _make_product(self, site: str, price: WantedPrice, change: Change) -> None:
        if change.id:
            self._client.v1.products.update(change.id, {"name": price.name, "active": True})
            return
        params: Any = {
            "id": price.product,
            "name": price.name,
            "metadata": {MARK: site, "funnelgen_offer": price.offer},
        }
        self._client.v1.products.create(params)

    def _make_price(self, site: str, price: WantedPrice) -> str:
        params: Any = {
            "product": price.product,
            "unit_amount": price.amount,
            "currency": price.currency,
            "tax_behavior": price.tax,
            "lookup_key": price.key,
            "transfer_lookup_key": True,
            "metadata": {MARK: site, "funnelgen_offer": price.offer},
        }
        if price.every:
            params["recurring"] = {"interval": price.every}
        return self._client.v1.prices.create(params).id

    def _make_link(self, site: str, link: WantedLink, change: Change, prices: dict[str, str]) -> None:
        back: Any = {"type": "redirect", "redirect": {"url": link.returns_to}}
        if change.id:
            self._client.v1.payment_links.update(change.id, {"active": True, "after_completion": back})
            return
        params: Any = {
            "line_items": [{"price": prices[offer], "quantity": 1} for offer in link.offers],
            "after_completion": back,
            "metadata": {MARK: site, "funnelgen_button": link.button, "funnelgen_charge": link.charge},
        }
        if link.automatic_tax:
            params["automatic_tax"] = {"enabled": True}
        if link.trial:
            params["subscription_data"] = {"trial_period_days": link.trial}
        self._client.v1.payment_links.create(params)


def links_in(wanted: Wanted, found: Found) -> dict[str, str]:
    """The links to write down, by button."""
    return {link.button: own.url for link in wanted.links if (own := link_for(link, found))}


def _found_price(price: stripe.Price) -> FoundPrice:
    recurring = price.recurring
    every = None if recurring is None else str(recurring.interval)
    if recurring is not None and recurring.interval_count != 1:
        every = f"{recurring.interval_count} {every}s"
    return FoundPrice(
        id=price.id,
        key=price.lookup_key or "",
        product=price.product if isinstance(price.product, str) else price.product.id,
        amount=price.unit_amount,
        currency=price.currency,
        every=every,
        tax=str(price.tax_behavior or "unspecified"),
        active=price.active,
        site=_noted(price, MARK),
    )


def _charged_item(item: stripe.LineItem) -> ChargedItem:
    price = item.price
    if price is None:
        return ChargedItem(amount=item.amount_subtotal, currency=item.currency)
    found = _found_price(price)
    return ChargedItem(
        amount=found.amount or 0,
        currency=found.currency,
        every=found.every or "",
        quantity=item.quantity or 0,
        tax=found.tax,
        adjustable=bool(item.adjustable_quantity and item.adjustable_quantity.enabled),
        active=found.active,
    )


def _found_link(link: stripe.PaymentLink) -> FoundLink:
    redirect = link.after_completion.redirect if link.after_completion.type == "redirect" else None
    return FoundLink(
        id=link.id,
        url=link.url,
        active=link.active,
        button=_noted(link, "funnelgen_button"),
        charge=_noted(link, "funnelgen_charge"),
        returns_to=redirect.url if redirect else "",
    )


def _noted(thing: Any, name: str) -> str:
    """What an object's metadata has under a name; empty for nothing."""
    return str(thing.metadata[name]) if thing.metadata and name in thing.metadata else ""


def _in_tens(texts: list[str]) -> list[list[str]]:
    return [texts[i : i + _MOST_KEYS] for i in range(0, len(texts), _MOST_KEYS)]


class _Told:
    """Turns what the client raises into an AccountError that has no key in it."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, stripe.StripeError):
            words = (error.user_message or str(error) or type(error).__name__).replace(self.key, "…")
            raise AccountError(words) from None
