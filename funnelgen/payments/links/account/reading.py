"""From Stripe's objects to what the plan and the comparison know."""

from __future__ import annotations

from typing import Any

import stripe

from funnelgen.payments.links.codes import FoundCode, Terms
from funnelgen.payments.links.found import MARK, FoundItem, FoundLink, FoundPrice, FoundProduct

BUTTON, CHARGE, OFFER = "funnelgen_button", "funnelgen_charge", "funnelgen_offer"
"""What the metadata of our objects has beside the site."""


def found_product(product: stripe.Product) -> FoundProduct:
    """A product."""
    default = product.default_price
    return FoundProduct(
        id=product.id,
        name=product.name,
        active=product.active,
        site=noted(product, MARK),
        offer=noted(product, OFFER),
        default_price=_id(default) if default else "",
    )


def found_price(price: stripe.Price) -> FoundPrice:
    """A price."""
    recurring = price.recurring
    every = None if recurring is None else str(recurring.interval)
    if recurring is not None and recurring.interval_count != 1:
        every = f"{recurring.interval_count} {every}s"
    return FoundPrice(
        id=price.id,
        key=price.lookup_key or "",
        product=_id(price.product),
        amount=price.unit_amount,
        currency=price.currency,
        every=every,
        tax=str(price.tax_behavior or "unspecified"),
        active=price.active,
        site=noted(price, MARK),
        offer=noted(price, OFFER),
    )


def found_link(link: stripe.PaymentLink, items: list[stripe.LineItem]) -> FoundLink:
    """A payment link with what it charges. What is not there may be null or left out."""
    redirect = link.after_completion.redirect if link.after_completion.type == "redirect" else None
    consent = getattr(link, "consent_collection", None)
    subscription = getattr(link, "subscription_data", None)
    return FoundLink(
        id=link.id,
        url=link.url,
        active=link.active,
        live=link.livemode,
        site=noted(link, MARK),
        button=noted(link, BUTTON),
        charge=noted(link, CHARGE),
        returns_to=redirect.url if redirect else "",
        automatic_tax=link.automatic_tax.enabled,
        promotion_codes=link.allow_promotion_codes,
        terms=bool(consent and consent.terms_of_service == "required"),
        trial=(subscription.trial_period_days or 0) if subscription else 0,
        optional=len(getattr(link, "optional_items", None) or ()),
        items=tuple(_found_item(item) for item in items),
    )


def found_code(code: stripe.PromotionCode) -> FoundCode:
    """A promotion code, whose coupon was asked for with it."""
    coupon = code.promotion.coupon
    if coupon is None or isinstance(coupon, str):
        return FoundCode(id=code.id, code=code.code, terms=Terms(), site=noted(code, MARK))
    applies = getattr(coupon, "applies_to", None)
    terms = Terms(
        percent=coupon.percent_off,
        amount=coupon.amount_off,
        currency=coupon.currency or "",
        products=frozenset(applies.products if applies else ()),
        limited=bool(code.restrictions.first_time_transaction or code.restrictions.minimum_amount),
    )
    return FoundCode(id=code.id, code=code.code, terms=terms, site=noted(code, MARK))


def _found_item(item: stripe.LineItem) -> FoundItem:
    choice = item.adjustable_quantity
    return FoundItem(
        price=found_price(item.price) if item.price else _unpriced(item),
        quantity=item.quantity or 0,
        most=(choice.maximum or 99) if choice and choice.enabled else None,  # 99 is Stripe's own where none is given
    )


def _unpriced(item: stripe.LineItem) -> FoundPrice:
    """What an item without a price charges in all; nothing is known of how."""
    return FoundPrice(
        id="",
        key="",
        product="",
        amount=item.amount_subtotal,
        currency=item.currency,
        every=None,
        tax="unspecified",
        active=True,
        site="",
    )


def noted(thing: Any, name: str) -> str:
    """What an object's metadata has under a name; empty for nothing."""
    return str(thing.metadata[name]) if thing.metadata and name in thing.metadata else ""


def _id(thing: Any) -> str:
    """The id of an object that may be there as its id alone."""
    return thing if isinstance(thing, str) else str(thing.id)
