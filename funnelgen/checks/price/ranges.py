"""Is a price in proportion to those around it? The ranges are rules of thumb, so these are warnings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.cart import line_of
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer


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
    message = f"{subject.say(price)} is {shown} % of {subject.say(base)} (`{measure.id}`), {least} to {most} % is usual"
    notes = note(offer.places.at("price"), "the price is set here")
    help = "change the price, or allow it with the reason why it is right here"
    yield found(message, node.step.places.at(place), help, node.step, offer, notes=notes)


def _after_checkout(subject: Subject, kind: str) -> Iterator[tuple[Node, Node]]:
    """Nodes of a kind with the checkout of their stack, which they are measured against."""
    cores: dict[str, Node] = {}
    for node in subject.funnel.nodes.values():
        if node.kind == "checkout":
            cores.setdefault(node.stack, node)
    for node in subject.funnel.nodes.values():
        if node.kind == kind and node.stack in cores:
            yield node, cores[node.stack]
