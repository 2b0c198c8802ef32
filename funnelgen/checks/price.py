"""FG2, price: is there one, is it exact, and is it in proportion?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.cart import line_of
from funnelgen.funnel.graph import Node
from funnelgen.money import Money, format_money
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
                whole = _say(subject, offer.pay.each * offer.pay.times)
                message = f"the plan comes to {whole}, the price says {_say(subject, offer.price)}"
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


def bump_price_range(subject: Subject) -> Iterator[Finding]:
    """A bump costs 5 to 40 % of what is ordered (two published ranges together: 5–25 % and 20–40 %, estimates)."""
    for node in subject.funnel.nodes.values():
        for number, bump in enumerate(node.bumps):
            if node.kind == "checkout" and node.offer:
                yield from _range(subject, bump, node.offer, "5", "40", node, f"bump.{number}")


def oto_price_range(subject: Subject) -> Iterator[Finding]:
    """An upsell costs 30 to 150 % of the front-end price (an estimate; beyond it, few take it)."""
    for node, core in _after_checkout(subject, "oto"):
        if node.offer and core.offer:
            yield from _range(subject, node.offer, core.offer, "30", "150", node, "offer")


def downsell_price_range(subject: Subject) -> Iterator[Finding]:
    """A downsell costs 40 to 80 % of the upsell that was declined (an estimate)."""
    for node in subject.funnel.nodes.values():
        above = subject.funnel.nodes.get(node.parent or "")
        if node.kind == "downsell" and node.offer and above and above.offer:
            yield from _range(subject, node.offer, above.offer, "40", "80", node, "offer")


def _range(
    subject: Subject, offer: Offer, measure: Offer, least: str, most: str, node: Node, place: str
) -> Iterator[Finding]:
    price, base = (line_of(o, subject.funnel.currency).price for o in (offer, measure))
    share = price.share_of(base)
    if share is None or not price.amount or Decimal(least) <= share * 100 <= Decimal(most):
        return
    percent = round(share * 100)
    near = Decimal(least) <= percent <= Decimal(most)  # "40 % … 5 to 40 % is usual" would be a riddle
    shown = f"{share * 100:.2f}" if near else str(percent)
    message = (
        f"{_say(subject, price)} is {shown} % of {_say(subject, base)} (`{measure.id}`), {least} to {most} % is usual"
    )
    notes = note(offer.places.at("price"), "the price is set here")
    help = "change the price, or allow it with the reason why it is right here"
    yield found(message, node.step.places.at(place), help, node.step, offer, notes=notes)


def _sold(subject: Subject) -> Iterator[tuple[Offer, Node]]:
    seen = set()
    for node in subject.funnel.nodes.values():
        paying = node.kind not in ("lead-magnet", "thank-you")
        for offer in ((node.offer,) if paying else ()) + node.bumps + (node.cross_sell,):
            if offer is not None and (node.stack, offer.id) not in seen:
                seen.add((node.stack, offer.id))
                yield offer, node


def _after_checkout(subject: Subject, kind: str) -> Iterator[tuple[Node, Node]]:
    """Nodes of a kind with the checkout of their stack, which they are measured against."""
    cores: dict[str, Node] = {}
    for node in subject.funnel.nodes.values():
        if node.kind == "checkout":
            cores.setdefault(node.stack, node)
    for node in subject.funnel.nodes.values():
        if node.kind == kind and node.stack in cores:
            yield node, cores[node.stack]


def _say(subject: Subject, money: Money) -> str:
    return format_money(money, subject.site.config.locale, short=True)
