"""What the map shows, ready to be drawn or written: cards with their ways out, charges, shares, findings, and paths.

The words of the map are English, as those of the command line are; amounts are as the site's visitors read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from funnelgen.diagnostics import Diagnostic
from funnelgen.funnel import Button, Edge, Funnel, Node
from funnelgen.funnel.cart import Line
from funnelgen.map.grid import Sizes, places_of
from funnelgen.map.pins import pinned
from funnelgen.map.routes import Layout, lay_out
from funnelgen.map.traces import Tracer
from funnelgen.measure.forecast import Forecast, Reckoning, forecast, rounded
from funnelgen.measure.plan import Plan, plan_of
from funnelgen.measure.rates import WHOLE, say_rate
from funnelgen.money import format_money
from funnelgen.site import Site

KINDS: Mapping[str, str] = {
    "lead-magnet": "Lead magnet",
    "tripwire": "Tripwire",
    "sales": "Sales page",
    "checkout": "Checkout",
    "oto": "Upsell (OTO)",
    "downsell": "Downsell",
    "thank-you": "Thank-you page",
}
LAYERS: Mapping[str, str] = {**KINDS, "bump": "Order bump", "cross-sell": "Cross-sell"}
MOST_ROWS = 4
"""How many charges of one button a card shows; four bumps make sixteen."""


class Charge(Struct, frozen=True, kw_only=True):
    """A row of a card: what is said yes to, what it charges today, and the share of visitors that takes it.

    `button` is None where nothing is charged; `more` counts the charges that the row stands for in place of one.
    """

    label: str
    amount: str = ""
    terms: str = ""
    button: str | None = None
    share: str = ""
    more: int = 0


class Exit(Struct, frozen=True, kw_only=True):
    """A way out of a page, by the number of its edge."""

    edge: int
    name: str
    target: str | None
    charges: tuple[Charge, ...]
    share: int | None = None  # thousandths of those who begin


class Card(Struct, frozen=True, kw_only=True):
    """A page on the map."""

    id: str
    kind: str
    label: str
    name: str
    address: str
    exits: tuple[Exit, ...]
    findings: tuple[Diagnostic, ...]
    is_entry: bool
    is_end: bool
    closed: str = ""  # why its offer is not on sale


class StackMap(Struct, frozen=True, kw_only=True):
    """One stack: its cards in the order of the path, and its forecast where it can be counted."""

    name: str
    audience: str
    cards: tuple[Card, ...]
    edges: tuple[int, ...]
    forecast: Forecast | None = None
    tracer: Tracer | None = None


class FunnelMap(Struct, frozen=True, kw_only=True):
    """The whole map. `findings` are those that belong to no page of it."""

    title: str
    locale: str
    funnel: Funnel
    stacks: tuple[StackMap, ...]
    findings: tuple[Diagnostic, ...]

    def card(self, id: str | None) -> Card | None:
        """The card of a node."""
        return next((card for stack in self.stacks for card in stack.cards if card.id == id), None)


def map_of(
    site: Site, funnel: Funnel, diagnostics: Sequence[Diagnostic] = (), rates: Mapping[str, int] = {}
) -> FunnelMap:
    """All that the map of a site shows: what can be bought now. `rates` are take rates in thousandths, by button."""
    funnel = funnel.open
    pins, others = pinned(diagnostics, site, funnel)
    stacks = []
    for stack in site.stacks:
        nodes = [node for node in funnel.nodes.values() if node.stack == stack.name]
        if nodes:
            plan = plan_of(funnel, nodes[0].id, rates)
            stacks.append(_stack_map(funnel, nodes, stack.audience or "", plan, pins, site.config.locale))
    return FunnelMap(
        title=site.config.name, locale=site.config.locale, funnel=funnel, stacks=tuple(stacks), findings=others
    )


def layout_of(map: FunnelMap, stack: StackMap, sizes: Sizes) -> Layout:
    """Where a stack's cards stand and its ways run."""
    nodes = [map.funnel.nodes[card.id] for card in stack.cards]
    rows = {card.id: [len(exit.charges) for exit in card.exits] for card in stack.cards}
    numbers = {exit.edge: n for card in stack.cards for n, exit in enumerate(card.exits)}
    edges = [map.funnel.edges[number] for number in stack.edges]
    return lay_out(edges, places_of(nodes, rows, sizes), [numbers[number] for number in stack.edges], sizes)


def _stack_map(
    funnel: Funnel,
    nodes: Sequence[Node],
    audience: str,
    plan: Plan | None,
    pins: Mapping[str, tuple[Diagnostic, ...]],
    locale: str,
) -> StackMap:
    counted = forecast(funnel, plan) if plan else None
    shares = _shares(plan, counted.expected) if plan and counted else {}
    cards = tuple(_card(funnel, node, pins.get(node.id, ()), shares, locale) for node in nodes)
    return StackMap(
        name=nodes[0].stack,
        audience=audience,
        cards=cards,
        edges=tuple(exit.edge for card in cards for exit in card.exits),
        forecast=counted,
        tracer=Tracer(funnel, plan, locale) if plan else None,
    )


def _card(
    funnel: Funnel,
    node: Node,
    findings: tuple[Diagnostic, ...],
    shares: Mapping[tuple[str, str, str | None], int],
    locale: str,
) -> Card:
    leaving = funnel.leaving(node.id)
    exits = tuple(_exit(funnel, node, edge, shares, locale) for edge in leaving)
    return Card(
        id=node.id,
        kind=node.kind,
        label=KINDS[node.kind] + (", closed" if node.closing else ""),
        name=node.offer.name if node.offer else _name(node),
        address=node.address,
        exits=exits,
        findings=findings,
        is_entry=node.id in funnel.entries,
        is_end=all(edge.target == node.id for edge in leaving),
        closed=node.closing.words if node.closing else "",
    )


def _name(node: Node) -> str:
    """What a page without an offer is called: its id where that was chosen, else what it is for."""
    return "What was bought" if node.step.id.startswith(node.kind) else node.step.id


def _exit(
    funnel: Funnel, node: Node, edge: Edge, shares: Mapping[tuple[str, str, str | None], int], locale: str
) -> Exit:
    keys = [(node.id, edge.name, button) for button in edge.buttons or (None,)]
    known = [shares[key] for key in keys if key in shares]
    return Exit(
        edge=funnel.edges.index(edge),
        name=edge.name,
        target=edge.target,
        charges=tuple(_charges(funnel, node, edge, shares, locale)),
        share=sum(known) if known else None,
    )


def _charges(
    funnel: Funnel, node: Node, edge: Edge, shares: Mapping[tuple[str, str, str | None], int], locale: str
) -> Iterator[Charge]:
    label = edge.name.capitalize()
    if not edge.buttons:
        yield Charge(label=label, share=_say(shares.get((node.id, edge.name, None))))
        return
    buttons = [funnel.buttons[id] for id in edge.buttons]
    hidden = len(buttons) - (MOST_ROWS - 1) if len(buttons) > MOST_ROWS else 0
    for number, button in enumerate(buttons):
        if hidden and number == MOST_ROWS - 2:
            yield Charge(label=f"and {hidden} more", more=hidden)
        if hidden and MOST_ROWS - 2 <= number < len(buttons) - 1:
            continue
        share = _say(shares.get((node.id, edge.name, button.id)))
        yield _charge(node, button, label, share, locale)


def _charge(node: Node, button: Button, label: str, share: str, locale: str) -> Charge:
    names = {bump.id: bump.name for bump in node.bumps}
    lines = button.charge.lines
    amount = format_money(button.charge.today, locale, short=True)
    if len(lines) == 1 and lines[0].every and not lines[0].trial:
        amount += f"/{_SHORT[lines[0].every]}"
    if button.bumps:
        label = "+ " + " + ".join(names[bump] for bump in button.bumps)
    elif node.cross_sell is not None:
        label = node.cross_sell.name
    terms = ", ".join(_terms(lines, locale))
    return Charge(label=label, amount=amount, terms=terms, button=button.id, share=share)


_SHORT: Mapping[str, str] = {"week": "wk", "month": "mo", "year": "yr"}


def _terms(lines: Sequence[Line], locale: str) -> Iterator[str]:
    """What is charged later on."""
    for line in lines:
        price = format_money(line.price, locale, short=True)
        if line.every:
            yield f"{price} a {line.every}{f' after {line.trial} days' if line.trial else ''}"
        elif line.times:
            yield f"the first of {line.times} payments, {price} in all"


def _shares(plan: Plan, counted: Reckoning) -> dict[tuple[str, str, str | None], int]:
    """The share of visitors, in thousandths, that takes each way: by page, name and button."""
    shares = {}
    for stop, taken, extra in zip(plan.stops, counted.taken, counted.extra, strict=True):
        for way, share in zip(stop.ways, taken, strict=True):
            shares[stop.node, way.name, way.button] = rounded(share * WHOLE)
        if stop.extra:
            shares[stop.node, stop.extra.name, stop.extra.button] = rounded(extra * WHOLE)
    return shares


def _say(share: int | None) -> str:
    return "" if share is None else say_rate(share)
