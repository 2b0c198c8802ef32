"""The funnel: pages as nodes, ways between them as edges, charges as buttons. Plain data.

`compile_funnel` turns a site's stacks into a `Funnel`. It never fails: a reference to something
that is not there gives an edge without a target, and the checks of family FG1 say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, pairwise
from urllib.parse import quote

from msgspec import Struct, structs

from funnelgen.funnel.cart import Charge, Line, charge_of, line_of
from funnelgen.funnel.closing import Closing, closing_of
from funnelgen.funnel.discount import reductions
from funnelgen.money import Money
from funnelgen.site.models import EdgeName, Offer, Site, Stack, Step
from funnelgen.site.steps import PAYING, STEP_KINDS, in_order

MOST_BUMPS = 4  # every combination is a button of its own: 16 links are the most that anyone should keep
SESSION = "{CHECKOUT_SESSION_ID}"  # the provider puts the session's id in its place


class Node(Struct, frozen=True, kw_only=True):
    """A step as a page of the funnel. `id` is the step's, with its stack before it where there are several."""

    id: str
    stack: str
    step: Step
    address: str
    offer: Offer | None = None
    bumps: tuple[Offer, ...] = ()
    cross_sell: Offer | None = None
    parent: str | None = None  # a downsell's oto
    closing: Closing | None = None  # why its offer is not on sale

    @property
    def kind(self) -> str:
        """The step's kind: "oto"."""
        return self.step.kind


class Edge(Struct, frozen=True, kw_only=True):
    """A way out of a page. `target` is None where it leads nowhere; an edge with buttons is a charge."""

    source: str
    name: EdgeName
    target: str | None
    buttons: tuple[str, ...] = ()


class Button(Struct, frozen=True, kw_only=True):
    """One charge. Its id is the key in links.yaml: "checkout", "checkout+sales-page-template"."""

    id: str
    node: str
    charge: Charge
    bumps: tuple[str, ...] = ()  # ids of the bumps that are ticked
    returns_to: str | None = None  # the node that the buyer comes back to


class Funnel(Struct, frozen=True, kw_only=True, dict=True):
    """All stacks of a site as one graph, whatever of it is on sale; `open` is what can be bought now."""

    currency: str
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    buttons: Mapping[str, Button]
    entries: tuple[str, ...]  # the first node of each stack
    shut: frozenset[tuple[str, str]] = frozenset()  # what is not on sale, by the stack's name and the offer's id
    off: Mapping[tuple[str, str], Money] = {}  # what a stack's code takes off, by the stack's name and the offer's id

    def line(self, stack: str, offer: Offer) -> Line:
        """The line that an offer makes in a charge of that stack."""
        return line_of(offer, self.currency, self.off.get((stack, offer.id)))

    @cached_property
    def open(self) -> Funnel:
        """The same pages with what can be bought now: no charge for what is not on sale, and no way to its order."""
        if not self.shut:
            return self
        buttons = {id: button for id, button in self.buttons.items() if not self._is_shut(button)}
        edges = tuple(_still(self.nodes[edge.source], edge, buttons) for edge in self.edges)
        nodes = {id: self._open_node(node) for id, node in self.nodes.items()}
        return structs.replace(self, nodes=nodes, edges=tuple(filter(None, edges)), buttons=buttons)

    def _is_shut(self, button: Button) -> bool:
        stack = self.nodes[button.node].stack
        return any((stack, line.offer) in self.shut for line in button.charge.lines)

    def _open_node(self, node: Node) -> Node:
        """The page without the extras that are not on sale, or that would be sold with what is not."""
        bumps = tuple(b for b in node.bumps if not node.closing and (node.stack, b.id) not in self.shut)
        further = node.cross_sell if node.cross_sell and (node.stack, node.cross_sell.id) not in self.shut else None
        return structs.replace(node, bumps=bumps, cross_sell=further)

    @cached_property
    def _ways(self) -> Mapping[str, list[Edge]]:
        ways: dict[str, list[Edge]] = {}
        for edge in self.edges:
            ways.setdefault(edge.source, []).append(edge)
        return ways

    def leaving(self, node: str) -> Sequence[Edge]:
        """The edges that leave a node, in the order: onwards or accept, then decline."""
        return self._ways.get(node, ())

    def edge(self, node: str, name: str) -> Edge | None:
        """The edge of that name, if the node has it."""
        return next((e for e in self.leaving(node) if e.name == name), None)

    def step(self, stack: str, id: str) -> Node | None:
        """The node of a step, by its stack's name and its id."""
        return self.nodes.get(qualified(stack, id))

    def return_address(self, button: Button) -> str | None:
        """Where the payment provider must send the buyer, from the site's root; None where that is nowhere."""
        if button.returns_to is None or button.returns_to not in self.nodes:
            return None
        paid = quote(button.id)  # a bare + in a query would arrive as a space
        return f"{self.nodes[button.returns_to].address}?paid={paid}&session_id={SESSION}"


def compile_funnel(site: Site) -> Funnel:
    """The graph of all stacks of `site`."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    entries = []
    for stack in site.stacks:
        of_stack: dict[str, Node] = {}
        for node in _nodes(stack, site):
            of_stack.setdefault(node.id, node)  # of two with one id the first: a check says so
        nodes |= of_stack
        edges += _edges(stack, list(of_stack.values()))
        entries += list(of_stack)[:1]
    currency = site.config.currency
    off = {(s.name, offer): money for s in site.stacks for offer, money in reductions(s, currency).items()}
    codes = {stack.name: stack.discount.code for stack in site.stacks if stack.discount}
    shut = frozenset((s.name, o.id) for s in site.stacks for o in s.offers.values() if closing_of(o, site.today))
    funnel = Funnel(
        currency=currency,
        nodes=nodes,
        edges=tuple(edges),
        buttons={},
        entries=tuple(entries),
        shut=shut,
        off=off,
    )
    buttons = {b.id: b for e in edges for b in _buttons(funnel, nodes[e.source], e, codes)}
    return structs.replace(funnel, buttons=buttons)


def qualified(stack: str, step: str) -> str:
    """A step's id among all stacks."""
    return f"{stack}/{step}" if stack else step


def _nodes(stack: Stack, site: Site) -> Iterator[Node]:
    parents = {s.downsell.id: s.id for s in stack.steps if s.downsell}
    for number, step in enumerate(in_order(stack)):
        parent = parents.get(step.id) if step.kind == "downsell" else None
        cross_sell = [stack.offers[o] for o in step.cross_sell if o in stack.offers]
        yield Node(
            id=qualified(stack.name, step.id),
            stack=stack.name,
            step=step,
            address=_address(stack, step, is_first=number == 0, has_hub=_hub(stack) in site.pages),
            offer=stack.offers.get(step.offer or ""),
            bumps=tuple(stack.offers[b] for b in dict.fromkeys(step.bump) if b in stack.offers),
            cross_sell=cross_sell[0] if cross_sell else None,
            parent=qualified(stack.name, parent) if parent else None,
            closing=closing_of(stack.offers[step.offer or ""], site.today) if _is_sold(stack, step) else None,
        )


def _is_sold(stack: Stack, step: Step) -> bool:
    """Whether the page sells its own offer."""
    return step.offer in stack.offers and step.kind not in ("lead-magnet", "thank-you")


def _still(node: Node, edge: Edge, buttons: Mapping[str, Button]) -> Edge | None:
    """What is left of a way out of a page while some things are not on sale."""
    if edge.buttons:
        left = tuple(button for button in edge.buttons if button in buttons)
        return structs.replace(edge, buttons=left) if left else None
    return None if node.closing and edge.name == "continue" else edge


def _address(stack: Stack, step: Step, *, is_first: bool, has_hub: bool) -> str:
    if step.path is not None:
        return step.path
    if stack.name:
        return f"/{stack.name}/" if is_first and not has_hub else f"/{stack.name}/{step.id}/"
    return "/" if is_first and not has_hub else f"/{step.id}/"


def _hub(stack: Stack) -> str:
    """The name of the page that stands before a stack's first step, if there is one."""
    return f"{stack.name}/index" if stack.name else "index"


def _edges(stack: Stack, nodes: list[Node]) -> Iterator[Edge]:
    known = {node.step.id: node for node in nodes}
    following = _following(stack)

    def named(node: Node, edge: str, otherwise: str | None) -> str | None:
        to = node.step.go.get(edge, otherwise)
        return known[to].id if to in known else None

    for node in nodes:
        onwards = following.get(node.step.id)
        for edge in STEP_KINDS[node.kind].edges:
            default = node.step.downsell.id if edge == "decline" and node.step.downsell else onwards
            if node.kind == "thank-you" and edge not in node.step.go and default is None:
                continue  # the end
            target = named(node, edge, default)
            paid = edge == "accept" and node.kind in PAYING
            yield Edge(source=node.id, name=edge, target=target, buttons=_button_ids(node) if paid else ())
        if node.cross_sell is not None:
            yield Edge(source=node.id, name="accept", target=node.id, buttons=(node.id,))


def _following(stack: Stack) -> dict[str, str]:
    """The step after each one; after a downsell comes what follows its oto."""
    after = {a.id: b.id for a, b in pairwise(stack.steps)}
    return after | {s.downsell.id: after[s.id] for s in stack.steps if s.downsell and s.id in after}


def _button_ids(node: Node) -> tuple[str, ...]:
    return tuple("+".join((node.id, *(o.id for o in ticked))) for ticked in _ticked(node))


def _ticked(node: Node) -> Iterator[tuple[Offer, ...]]:
    """Every combination of a checkout's bumps, the empty one first."""
    bumps = node.bumps[:MOST_BUMPS]
    for number in range(len(bumps) + 1):
        yield from combinations(bumps, number)


def _buttons(funnel: Funnel, node: Node, edge: Edge, codes: Mapping[str, str]) -> Iterator[Button]:
    if not edge.buttons:
        return
    sold = node.cross_sell if node.kind == "thank-you" else node.offer
    for id, ticked in zip(edge.buttons, _ticked(node), strict=True):
        offers = ([sold] if sold else []) + list(ticked)
        lines = [funnel.line(node.stack, offer) for offer in offers]
        charge = charge_of(lines, funnel.currency, codes.get(node.stack, ""))
        yield Button(id=id, node=node.id, charge=charge, bumps=tuple(o.id for o in ticked), returns_to=edge.target)
