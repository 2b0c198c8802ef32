"""Is there a price, and do the amounts that say it agree?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer


def missing_price(subject: Subject) -> Iterator[Finding]:
    """An offer is sold but has no price, so its button would charge nothing."""
    for offer, node in _sold(subject):
        if offer.places.has("price") and offer.price is None:
            continue  # it is written, and was refused already
        if offer.price is None and offer.pay is None:
            notes = note(node.step.places.span, "it is sold here")
            yield found(f"`{offer.id}` is sold and has no price", offer.places.span, "add `price:`", notes=notes)
        elif offer.price is not None and offer.price.amount == 0:
            yield found(f"`{offer.id}` is sold for nothing", offer.places.at("price"), "set a price above zero")


def price_on_free(subject: Subject) -> Iterator[Finding]:
    """A lead magnet has a price. What is given for an email address is free."""
    for node in subject.funnel.nodes.values():
        if node.kind == "lead-magnet" and node.offer and (node.offer.price or node.offer.pay):
            notes = note(node.step.places.span, "it is given away here")
            key = "price" if node.offer.price else "pay"
            span = node.offer.places.key(key)
            yield found(f"`{node.offer.id}` is free and has a price", span, f"remove `{key}:`", notes=notes)


def plan_total(subject: Subject) -> Iterator[Finding]:
    """`price:` and `pay:` do not add up. The page states the sum, so the two must be the same amount."""
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            if offer.pay and offer.price and offer.pay.each * offer.pay.times != offer.price:
                whole = subject.say(offer.pay.each * offer.pay.times)
                message = f"the plan comes to {whole}, the price says {subject.say(offer.price)}"
                notes = note(offer.places.at("price"), "the price is set here")
                yield found(message, offer.places.at("pay"), "make them equal, or leave out `price:`", notes=notes)


def mixed_billing(subject: Subject) -> Iterator[Finding]:
    """A payment plan that also renews or starts with free days. The page could state only one of the two."""
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            other = "every" if offer.every else "trial" if offer.trial else None
            if offer.pay and other:
                message = f"`{offer.id}` has `pay:` and `{other}:`"
                notes = note(offer.places.key("pay"), "the plan is set here")
                yield found(message, offer.places.key(other), f"remove `pay:` or `{other}:`", notes=notes)


def _sold(subject: Subject) -> Iterator[tuple[Offer, Node]]:
    seen = set()
    for node in subject.funnel.nodes.values():
        paying = node.kind not in ("lead-magnet", "thank-you")
        for offer in ((node.offer,) if paying else ()) + node.bumps + (node.cross_sell,):
            if offer is not None and (node.stack, offer.id) not in seen:
                seen.add((node.stack, offer.id))
                yield offer, node
