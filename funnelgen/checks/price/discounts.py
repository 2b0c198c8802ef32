"""What a code takes off: is it sure what the buyer pays with it?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, misspelt
from funnelgen.diagnostics import Span
from funnelgen.funnel.discount import holds_for, is_paid_once, reductions
from funnelgen.money import Money
from funnelgen.site.models import Offer, Stack
from funnelgen.site.steps import in_order


def discount_size(subject: Subject) -> Iterator[Finding]:
    """It is not sure what a code takes off: nothing or two things are said, or all of a price, or half a cent.

    The page shows the price with the code, and the payment link carries the code, so both have to come to the same
    amount. Where a percentage leaves a fraction of the smallest coin, each provider rounds in a way of its own, and
    nobody can say beforehand what it charges. What is free needs no payment.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97.50}
    discount: {code: SPRING, percent: 15}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    - discount: {code: SPRING, percent: 15}
    + discount: {code: SPRING, amount: 15}
    ```
    """
    for stack in subject.site.stacks:
        discount = stack.discount
        if discount is None or not discount.code:  # without a code it was refused already
            continue
        places = discount.places
        if discount.percent and discount.amount:
            message = f"the code `{discount.code}` takes off a percentage and an amount"
            yield found(message, places.key("amount"), "keep one of the two")
        elif not discount.percent and not discount.amount:
            if not places.has("percent") and not places.has("amount"):  # else it was refused already
                help = "add `percent: 20`, or `amount: 20`"
                yield found(f"the code `{discount.code}` takes nothing off", places.at("code"), help)
        elif discount.amount and not discount.amount.amount:
            help = "write an amount, or leave the code out"
            yield found(f"the code `{discount.code}` takes nothing off", places.at("amount"), help)
        else:
            yield from _sizes(subject, stack)


def _sizes(subject: Subject, stack: Stack) -> Iterator[Finding]:
    """What is wrong with what comes off a price. Of several prices the first is named."""
    discount = stack.discount
    assert discount is not None
    for id, off in reductions(stack, subject.funnel.currency).items():
        price = stack.offers[id].price
        if price is None:
            continue
        if not off < price:
            help = f"take less off, or name with `only:` the offers that cost more than {subject.say(off)}"
            message = f"the code `{discount.code}` takes all of the price of `{id}`, which is {subject.say(price)}"
            yield found(message, discount.places.at("amount"), help)
            return
        if discount.percent and not _is_even(price, discount.percent):
            help = "take another percentage or a price without cents, or write `amount:`"
            message = f"{discount.percent} % of {subject.say(price)}, the price of `{id}`, is no whole amount"
            yield found(message, discount.places.at("percent"), help)
            return


def _is_even(price: Money, percent: int) -> bool:
    return price.minor_units * percent % 100 == 0


def discount_scope(subject: Subject) -> Iterator[Finding]:
    """A code is to hold for an offer for which it cannot.

    A code comes off what is paid once. Of a subscription nobody would know for how many months it holds, and a free
    trial or a payment plan has no price that it could come off today. An amount comes off a payment once: it cannot
    stand beside two offers of one checkout.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      circle: {name: The Circle, price: 19, every: month}
    discount: {code: SPRING, percent: 20, only: [course, circle]}
    steps:
      - checkout: course
      - thank-you:
        cross-sell: circle
    ```

    Mended:

    ```diff stack.yaml
    - discount: {code: SPRING, percent: 20, only: [course, circle]}
    + discount: {code: SPRING, percent: 20, only: course}
    ```
    """
    for stack in subject.site.stacks:
        discount = stack.discount
        if discount is None or not discount.code:
            continue
        for number, id in enumerate(discount.only):
            span = discount.places.at(f"only.{number}") or discount.places.at("only")
            yield from _named(stack, id, span)
        if not any(holds_for(stack, offer) for offer in stack.offers.values()) and not discount.only:
            help = "a code comes off what is paid once: leave it out, or sell something for one price"
            yield found(f"the code `{discount.code}` holds for no offer", discount.places.at("code"), help)
        if discount.amount:
            yield from _twice(subject, stack)


def _named(stack: Stack, id: str, span: Span | None) -> Iterator[Finding]:
    offer = stack.offers.get(id)
    if offer is None:
        help, fix = misspelt(id, stack.offers, span)
        yield found(f"no offer is called `{id}`", span, help, fix=fix)
    elif not is_paid_once(offer) and not (offer.price is None and offer.places.has("price")):
        help = "name offers that are paid once"
        yield found(f"`{id}` is {_billed(offer)}, which a code cannot reduce", span, help)


def _billed(offer: Offer) -> str:
    if offer.every:
        return f"charged every {offer.every}"
    if offer.trial:
        return "free at first"
    return "paid in instalments" if offer.pay else "free"


def _twice(subject: Subject, stack: Stack) -> Iterator[Finding]:
    discount = stack.discount
    assert discount is not None
    meant = discount.only or reductions(stack, subject.funnel.currency)
    for step in in_order(stack):
        charged = dict.fromkeys(id for id in (step.offer, *step.bump) if id in stack.offers)
        held = [f"`{id}`" for id in charged if id in meant]
        if len(held) > 1:
            one = "name only one of them" if discount.only else "name one of them with `only:`"
            message = f"the amount comes off `{step.id}` once, and is to hold for {' and '.join(held)}"
            place = discount.places.at("only") or discount.places.at("amount")
            yield found(message, place, f"{one}, or write `percent:`")
