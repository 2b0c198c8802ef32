"""Is anybody offered what they have bought?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.funnel.graph import Edge, Funnel, Node
from funnelgen.site.models import Offer
from funnelgen.site.steps import PAYING


def offered_twice(subject: Subject) -> Iterator[Finding]:
    """An offer is made to visitors of whom some have bought it already.

    A static page cannot know what was bought before, so it offers the same thing again, and a hurried yes pays for it
    twice: a refund at best, a disputed charge at worst. Offer something else, or lead those who have it past the page.
    A sales page that stands behind its own checkout belongs before it.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      template: {name: The Template, price: 27}
    steps:
      - checkout: course
        bump: template
      - thank-you:
        cross-sell: template
    ```

    Mended:

    ```diff stack.yaml
    -   - thank-you:
    -     cross-sell: template
    +   - thank-you:
    ```
    """
    funnel = subject.funnel
    nodes = funnel.nodes.values()
    given = {(node.stack, node.offer.id) for node in nodes if node.kind == "lead-magnet" and node.offer}
    for id, bought in _bought_on_the_way(funnel).items():
        node = funnel.nodes[id]
        for offer, span in (*_sold_at(node), *_described_at(node, funnel)):
            first = funnel.nodes.get(bought.get(offer.id, ""))
            if first and (node.stack, offer.id) not in given:  # what is free has no price, which is said elsewhere
                where = next(place for other, place in _sold_at(first) if other.id == offer.id)
                help = "offer something else here"
                if node.kind == "sales":
                    help = "put the sales page before the checkout"
                elif first.offer is offer and node.offer is offer:
                    help += f", or lead past it with `accept:` of `{first.step.id}`"
                message = f"some who come to `{node.step.id}` have bought `{offer.id}` already"
                yield found(message, span, help, node.step, offer, notes=note(where, "it is sold here first"))


def _bought_on_the_way(funnel: Funnel) -> Mapping[str, Mapping[str, str]]:
    """For each page that visitors reach: the offers that some of them have bought, and at which page first."""
    ways = [edge for edge in funnel.edges if edge.target and not _ends(funnel, edge)]
    sorter = TopologicalSorter[str](dict.fromkeys(funnel.entries, ()))
    for edge in ways:
        sorter.add(str(edge.target), edge.source)
    try:
        pages = list(sorter.static_order())
    except CycleError:
        return {}  # said elsewhere
    bought: dict[str, dict[str, str]] = {entry: {} for entry in funnel.entries}
    for page in pages:
        if page not in bought:
            continue  # no visitor comes here
        cross_sold = funnel.nodes[page].cross_sell
        for edge in funnel.leaving(page):
            if not edge.target or _ends(funnel, edge):
                continue
            onwards = bought.setdefault(edge.target, {})
            sold = [line.offer for id in edge.buttons[-1:] for line in funnel.buttons[id].charge.lines]
            for offer, first in bought[page].items():
                onwards.setdefault(offer, first)
            for offer in [*sold, *([cross_sold.id] if cross_sold else [])]:
                onwards.setdefault(offer, page)
    return bought


def _ends(funnel: Funnel, edge: Edge) -> bool:
    """Whether the path is over: a cross-sell comes back to its page, and a second thank-you page is another end."""
    source, target = funnel.nodes[edge.source], funnel.nodes[str(edge.target)]
    return (source is target and edge.name == "accept") or source.kind == target.kind == "thank-you"


def _sold_at(node: Node) -> Iterator[tuple[Offer, Span | None]]:
    """What can be bought on a page, with where the stack says so."""
    places = node.step.places
    if node.offer and node.kind in PAYING:
        yield node.offer, places.at("offer")
    for bump in node.bumps:
        yield bump, places.at(f"bump.{node.step.bump.index(bump.id)}")
    if node.cross_sell:
        yield node.cross_sell, places.at("cross-sell.0")


def _described_at(node: Node, funnel: Funnel) -> Iterator[tuple[Offer, Span | None]]:
    """What a sales page is about, unless the checkout that it leads to sells it, where it is said."""
    onwards = funnel.edge(node.id, "continue")
    target = funnel.nodes.get(onwards.target or "") if onwards else None
    if node.kind == "sales" and node.offer and (target is None or target.offer is not node.offer):
        yield node.offer, node.step.places.at("offer")
