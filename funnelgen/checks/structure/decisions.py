"""How often, and in which order, a visitor is asked to pay."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Span
from funnelgen.funnel.graph import MOST_BUMPS
from funnelgen.funnel.paths import behind_payment
from funnelgen.site.models import Stack
from funnelgen.site.steps import PAYING


def stray_downsell(subject: Subject) -> Iterator[Finding]:
    """A downsell stands by itself. It belongs under its upsell, and is shown only after that was declined."""
    for stack in subject.site.stacks:
        for step in stack.steps:
            if step.kind == "downsell":
                help = "write it under its oto: `downsell: my-offer`"
                yield found("a downsell without its upsell", step.places.span, help)


def downsell_after_downsell(subject: Subject) -> Iterator[Finding]:
    """A declined downsell leads to another downsell: two in a row are haggling, not an offer."""
    for node in subject.funnel.nodes.values():
        edge = subject.funnel.edge(node.id, "decline")
        target = subject.funnel.nodes.get(edge.target or "") if edge else None
        if node.kind == "downsell" and target and target.kind == "downsell":
            message = f"`{node.step.id}` declined leads to another downsell"
            yield found(message, node.step.places.at("decline"), "lead to the thank-you page")


def early_cross_sell(subject: Subject) -> Iterator[Finding]:
    """A cross-sell before any payment competes with the core offer; it comes after."""
    paid = behind_payment(subject.funnel)
    for node in subject.funnel.nodes.values():
        if node.step.cross_sell and node.id not in paid:
            span = node.step.places.key("cross-sell")
            yield found("a cross-sell before the payment", span, "put it on the thank-you page after the checkout")


def several_cross_sells(subject: Subject) -> Iterator[Finding]:
    """A thank-you page has one cross-sell at the most: a choice of offers is a choice to leave."""
    for node in subject.funnel.nodes.values():
        if len(node.step.cross_sell) > 1:
            span = node.step.places.at("cross-sell.1")
            yield found("more than one cross-sell on a page", span, "keep the one that helps most; mail the others")


def many_bumps(subject: Subject) -> Iterator[Finding]:
    """Every combination of bumps is a payment link of its own: four bumps are sixteen links, and enough."""
    for node in subject.funnel.nodes.values():
        if len(node.bumps) > MOST_BUMPS:
            links = 2 ** len(node.bumps)
            message = f"{len(node.bumps)} bumps would need {links} payment links"
            yield found(message, node.step.places.key("bump"), f"keep {MOST_BUMPS} at the most; one converts best")


def many_decisions(subject: Subject) -> Iterator[Finding]:
    """More than three paid decisions (checkout, bump, one upsell). Start with three, add when they convert.

    A downsell is the other side of its upsell and a cross-sell comes after the path, so neither counts.
    """
    for stack in subject.site.stacks:
        paid = [s for s in stack.steps if s.kind in PAYING]
        decisions = len(paid) + sum(len(s.bump) for s in stack.steps)
        if decisions > 3:
            message = f"{decisions} paid decisions on one path"
            help = "start with three at the most, and add one when those before it convert"
            yield found(message, paid[-1].places.span, help, paid[-1], stack)


def no_audience(subject: Subject) -> Iterator[Finding]:
    """A stack that does not say whom it is for. One audience per stack: an offer for others belongs in another."""
    for stack in subject.site.stacks:
        if not stack.audience:
            help = "add `audience:`, one group of people in a few words"
            yield found("the stack names no audience", _top(stack), help, stack)


def _top(stack: Stack) -> Span:
    return Span(stack.file)
