"""A Stripe account through the official client: what it has, and each change as one request that may be made again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import stripe

from funnelgen.payments.addresses import payment_of
from funnelgen.payments.links.account import client
from funnelgen.payments.links.account.client import AccountError, Told
from funnelgen.payments.links.account.reading import (
    BUTTON,
    CHARGE,
    OFFER,
    found_code,
    found_link,
    found_price,
    found_product,
)
from funnelgen.payments.links.codes import FoundCode, WantedCode
from funnelgen.payments.links.found import MARK, Found, FoundLink, FoundPrice, FoundProduct, link_for
from funnelgen.payments.links.plan import Change, standing
from funnelgen.payments.links.wanted import Wanted, WantedLink, WantedPrice

API = "https://api.stripe.com"
_MOST_KEYS = 10  # lookup keys in one request
_PAGE = 100


class Account:
    """One account in one mode, as its key opens it."""

    def __init__(
        self, key: str, *, api: str = "", retries: int = client.RETRIES, timeout: float = client.TIMEOUT
    ) -> None:
        """`api` is where requests go: another address is for tests. `timeout` is in seconds, for one answer."""
        self._client = client.client_of(key, api=api or API, retries=retries, timeout=timeout)
        self._key = key

    def find(self, wanted: Wanted, written: Collection[str] = (), *, spare: bool = False) -> Found:
        """What of it is there. `written` are the links of links.yaml. With `spare` also all products and
        what is active of the prices: what can be switched off, and what stands in the way of that. Raises AccountError.
        """
        with Told(self._key):
            return Found(
                products=self._products(wanted),
                prices=self._prices(wanted),
                codes=self._codes(wanted),
                links=tuple(self._links()),
                others=tuple(self._others()) if spare else (),
                charging=tuple(self._charging()) if spare else (),
                written=frozenset(map(payment_of, written)),
            )

    def links(self) -> tuple[FoundLink, ...]:
        """All links of the account, whoever made them. Raises AccountError."""
        with Told(self._key):
            return tuple(self._links())

    def codes(self, wanted: Wanted) -> dict[str, FoundCode]:
        """The active codes that the stack names, whoever made them. Raises AccountError."""
        with Told(self._key):
            return self._codes(wanted)

    def make(self, wanted: Wanted, found: Found, changes: tuple[Change, ...], say: Callable[[Change], None]) -> None:
        """Make the changes in their order, and `say` each that is made. Raises AccountError.

        Stopped at any request, the next `find` sees what is done. So a request needs no idempotency key but the
        client's own, which makes its retries count once: Stripe would keep a failure under ours for a day.
        """
        prices = {p.offer: p for p in wanted.prices}
        links, codes = {link.button: link for link in wanted.links}, {code.code: code for code in wanted.codes}
        ids = standing(wanted, found)
        with Told(self._key):
            for change in changes:
                if change.action == "deactivate":
                    self._switch_off(change)
                elif change.what == "product":
                    self._make_product(wanted.site, prices[change.name], change)
                elif change.what == "price":
                    ids[change.name] = self._make_price(wanted.site, prices[change.name])
                elif change.what == "code":
                    self._make_code(wanted.site, codes[change.name], change)
                else:
                    self._make_link(wanted.site, links[change.name], change, ids)
                say(change)

    def _products(self, wanted: Wanted) -> dict[str, FoundProduct]:
        found = {}
        for some in _in_tens([price.product for price in wanted.prices]):
            for product in self._client.v1.products.list({"ids": some, "limit": _PAGE}).auto_paging_iter():
                found[product.id] = found_product(product)
        return found

    def _prices(self, wanted: Wanted) -> dict[str, FoundPrice]:
        found = {}
        for some in _in_tens([price.key for price in wanted.prices]):
            for price in self._client.v1.prices.list({"lookup_keys": some, "limit": _PAGE}).auto_paging_iter():
                found[price.lookup_key or ""] = found_price(price)
        return found

    def _codes(self, wanted: Wanted) -> dict[str, FoundCode]:
        """Asked for only where the stack has codes: other keys need no permission for them."""
        found = {}
        for code in wanted.codes:
            asked: Any = {
                "code": code.code,
                "active": True,
                "limit": _PAGE,
                "expand": ["data.promotion.coupon.applies_to"],
            }
            for one in self._client.v1.promotion_codes.list(asked).auto_paging_iter():
                if not getattr(one, "customer", None):  # those of one customer alone are nobody else's
                    found[code.code.casefold()] = found_code(one)
        return found

    def _others(self) -> Iterator[FoundProduct]:
        every = self._client.v1.products.list({"limit": _PAGE}).auto_paging_iter()
        return map(found_product, every)

    def _charging(self) -> Iterator[FoundPrice]:
        every = self._client.v1.prices.list({"active": True, "limit": _PAGE}).auto_paging_iter()
        return map(found_price, every)

    def _links(self) -> Iterator[FoundLink]:
        """All links, active or not; the newest first, as Stripe lists them."""
        asked: Any = {"limit": _PAGE, "expand": ["data.line_items"]}
        for link in self._client.v1.payment_links.list(asked).auto_paging_iter():
            yield found_link(link, list(self._items(link)))

    def _items(self, link: stripe.PaymentLink) -> Iterator[stripe.LineItem]:
        """What a link charges: ten come with it, more have to be asked for."""
        here = getattr(link, "line_items", None)
        if here is None or here.has_more:
            return self._client.v1.payment_links.line_items.list(link.id, {"limit": _PAGE}).auto_paging_iter()
        return iter(here.data)

    def _make_product(self, site: str, price: WantedPrice, change: Change) -> None:
        if change.id:
            self._client.v1.products.update(change.id, {"name": price.name, "active": True})
            return
        params: Any = {"id": price.product, "name": price.name, "metadata": {MARK: site, OFFER: price.offer}}
        self._client.v1.products.create(params)

    def _make_price(self, site: str, price: WantedPrice) -> str:
        params: Any = {
            "product": price.product,
            "unit_amount": price.amount,
            "currency": price.currency,
            "tax_behavior": price.tax,
            "lookup_key": price.key,
            "transfer_lookup_key": True,
            "metadata": {MARK: site, OFFER: price.offer},
        }
        if price.every:
            params["recurring"] = {"interval": price.every}
        return self._client.v1.prices.create(params).id

    def _make_code(self, site: str, code: WantedCode, change: Change) -> None:
        """A coupon cannot change, and one code is active at a time: the old one goes, another coupon gets the code."""
        if change.id:
            self._client.v1.promotion_codes.update(change.id, {"active": False})
        marked = {MARK: site}
        coupon: Any = {
            "id": code.coupon,
            "name": code.code[:40],
            "duration": "once",
            "applies_to": {"products": sorted(code.terms.products)},
            "metadata": marked,
        }
        if code.terms.percent:
            coupon["percent_off"] = code.terms.percent
        else:
            coupon |= {"amount_off": code.terms.amount, "currency": code.terms.currency}
        try:
            self._client.v1.coupons.create(coupon)
        except stripe.InvalidRequestError as error:
            if error.code != "resource_already_exists":  # by its name it is the same
                raise
        promotion: Any = {
            "promotion": {"type": "coupon", "coupon": code.coupon},
            "code": code.code,
            "metadata": marked,
        }
        self._client.v1.promotion_codes.create(promotion)

    def _make_link(self, site: str, link: WantedLink, change: Change, prices: dict[str, str]) -> None:
        params: Any = {
            "after_completion": {"type": "redirect", "redirect": {"url": link.returns_to}},
            "allow_promotion_codes": link.promotion_codes,
        }
        if change.id:
            params["active"] = True
            self._client.v1.payment_links.update(change.id, params)
            return
        params["line_items"] = [_item(prices[o], most) for o, most in zip(link.offers, link.most, strict=True)]
        params["metadata"] = {MARK: site, BUTTON: link.button, CHARGE: link.charge}
        if link.automatic_tax:
            params["automatic_tax"] = {"enabled": True}
        if link.terms:
            params["consent_collection"] = {"terms_of_service": "required"}
        if link.trial:
            params["subscription_data"] = {"trial_period_days": link.trial}
        self._client.v1.payment_links.create(params)

    def _switch_off(self, change: Change) -> None:
        if change.what == "link":
            self._client.v1.payment_links.update(change.id, {"active": False})
        elif change.what == "price":
            self._client.v1.prices.update(change.id, {"active": False})
        else:
            self._client.v1.products.update(change.id, {"active": False})


def links_in(wanted: Wanted, found: Found) -> dict[str, str]:
    """The links to write down, by button."""
    return {link.button: own.url for link in wanted.links if (own := link_for(wanted, link, found))}


def _item(price: str, most: int) -> Any:
    choice = {"adjustable_quantity": {"enabled": True, "minimum": 1, "maximum": most}} if most > 1 else {}
    return {"price": price, "quantity": 1, **choice}


def _in_tens(texts: list[str]) -> list[list[str]]:
    return [texts[i : i + _MOST_KEYS] for i in range(0, len(texts), _MOST_KEYS)]


__all__ = ["Account", "AccountError", "links_in"]
