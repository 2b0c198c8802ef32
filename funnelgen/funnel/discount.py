"""What a stack's code takes off: offer by offer, so that every amount of a page and its charge agree."""

from __future__ import annotations

from collections.abc import Mapping

from funnelgen.money import Money, zero
from funnelgen.site.models import Offer, Stack
from funnelgen.site.steps import in_order


def reductions(stack: Stack, currency: str) -> Mapping[str, Money]:
    """What the stack's code takes off each offer that it holds for, by id.

    An amount comes off a payment once, so it is none of a bump's where the offer beside it has it already.
    """
    discount = stack.discount
    if discount is None:
        return {}
    held = {offer.id for offer in stack.offers.values() if holds_for(stack, offer)}
    if discount.amount:
        held -= {bump for step in in_order(stack) if step.offer in held for bump in step.bump}
    return {id: off for id in stack.offers if id in held and (off := _off(stack, stack.offers[id], currency)).amount}


def holds_for(stack: Stack, offer: Offer) -> bool:
    """Whether the stack's code is meant for that offer: it is paid once, and named where only some are."""
    named = stack.discount.only if stack.discount else ()
    return is_paid_once(offer) and (not named or offer.id in named)


def is_paid_once(offer: Offer) -> bool:
    """Whether the offer's price is one payment, which a code can take something off."""
    return bool(offer.price and offer.price.amount) and not (offer.every or offer.trial or offer.pay)


def _off(stack: Stack, offer: Offer, currency: str) -> Money:
    price, discount = offer.price or zero(currency), stack.discount
    if discount is None:
        return zero(currency)
    off = price.percent(discount.percent) if discount.percent else discount.amount or zero(currency)
    return min(off, price)  # a check says that a code takes all of it
