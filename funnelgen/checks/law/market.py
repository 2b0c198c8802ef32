"""What the rules on law ask of a site: what it charges for, where it sells, what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from funnelgen.checks.payment.links import is_empty
from funnelgen.checks.rule import Subject
from funnelgen.diagnostics import Span
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Legal, Offer, Seller
from funnelgen.site.steps import PAYING
from funnelgen.site.writing import FrontMatter

SITE = Span("site.yaml")


def charged(subject: Subject) -> Iterator[tuple[Offer, Node]]:
    """Every offer that is paid for, once, with the page that sells it first."""
    seen = set()
    for node in subject.funnel.nodes.values():
        sold = (*((node.offer,) if node.kind in PAYING else ()), *node.bumps, node.cross_sell)
        for offer in sold:
            if offer is not None and (node.stack, offer.id) not in seen:
                seen.add((node.stack, offer.id))
                yield offer, node


def front_of(subject: Subject, node: Node) -> FrontMatter | None:
    """The front matter of a step's copy."""
    copy = subject.site.copy.get((node.stack, node.step.id))
    return copy.front if copy else None


def magnets(subject: Subject) -> Iterator[Node]:
    """The pages with an opt-in form."""
    return (node for node in subject.funnel.nodes.values() if node.kind == "lead-magnet")


def lacks(model: Seller | Legal, key: str) -> bool:
    """Whether a key says nothing. One that was refused says something, and was reported."""
    return getattr(model, key) is None and (not model.places.has(key) or is_empty(model.places.at(key)))


def place_of(subject: Subject, key: str) -> Span:
    """Where a key of site.yaml stands, or the file where it does not."""
    places = subject.site.config.places
    return (places.key(key) if places.has(key) else None) or SITE


def market_span(subject: Subject, *markets: str) -> Span:
    """Where `sells_to:` names the first of these markets."""
    config = subject.site.config
    number = next((i for i, market in enumerate(config.sells_to) if market in markets), 0)
    return config.places.at(f"sells_to.{number}") or SITE


def listed(things: Iterable[str], last: str = "and") -> str:
    """Things in a sentence: "name, address and email"."""
    *others, end = things
    return f"{', '.join(others)} {last} {end}" if others else end
