"""A stack as a plan to count along: its pages in order, the ways out of each, and which questions decide.

Plain whole numbers, no money and no text formatting, so that the map's script can count with the very same plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from funnelgen.funnel import Button, Edge, Funnel, Node
from funnelgen.funnel.paths import closing_edges, reachable
from funnelgen.measure.rates import RULES, Layer


class Question(Struct, frozen=True, kw_only=True):
    """Something that a visitor may say yes or no to. Rates are in thousandths.

    `id` is the button that the yes adds: "oto", "checkout+sales-page-template".
    """

    id: str
    node: str
    layer: Layer
    offer: str  # its name
    rate: int
    low: int
    high: int


class Way(Struct, frozen=True, kw_only=True):
    """A way out of a page: taken where each of `answers` (a question's number, yes or no) is given.

    `value` is what it charges, in minor units: what is paid in instalments whole, of a subscription the first charge.
    """

    name: str
    button: str | None
    to: int | None  # the number of the stop that it leads to; None is the end
    answers: tuple[tuple[int, bool], ...] = ()
    value: int = 0
    cost: int = 0
    pays: bool = False


class Stop(Struct, frozen=True, kw_only=True):
    """A page. Of `ways` each visitor takes one; `extra` is the cross-sell, bought or not before that."""

    node: str
    ways: tuple[Way, ...]
    extra: Way | None = None


class Plan(Struct, frozen=True, kw_only=True):
    """A stack, ready to be counted. `stops` are in order: no way leads back to an earlier one."""

    entry: str
    currency: str
    stops: tuple[Stop, ...]
    questions: tuple[Question, ...]
    costless: tuple[str, ...]  # names of what is sold without a `cost:`
    closed: tuple[str, ...] = ()  # names of what is counted, though it is not on sale today

    @property
    def knows_costs(self) -> bool:
        """Whether there is a cost at all, without which a margin would say nothing."""
        ways = (way for stop in self.stops for way in (*stop.ways, stop.extra) if way)
        return any(way.cost for way in ways)


def plan_of(funnel: Funnel, entry: str, rates: Mapping[str, int] = {}) -> Plan | None:
    """The plan of the stack that begins at `entry`; None where there is none, since a way leads nowhere or in a circle.

    `rates`, in thousandths by the id of a question, stand in the place of the rules of thumb.
    """
    reached = reachable(funnel, entry)
    lost = any(edge.source in reached and edge.target is None for edge in funnel.edges)
    if lost or any(edge.source in reached for edge in closing_edges(funnel)):
        return None
    order = _in_order(funnel, entry)
    questions = [q for id in funnel.nodes if id in reached for q in _questions(funnel, funnel.nodes[id], rates)]
    numbers = {question.id: number for number, question in enumerate(questions)}
    stops = {node: number for number, node in enumerate(order)}
    sold = [offer for id in order for offer in _sold(funnel.nodes[id]).values()]
    charged = [
        (funnel.nodes[button.node].stack, line)
        for button in funnel.buttons.values()
        if button.node in stops
        for line in button.charge.lines
    ]
    return Plan(
        entry=entry,
        currency=funnel.currency,
        stops=tuple(_stop(funnel, funnel.nodes[id], numbers, stops) for id in order),
        questions=tuple(questions),
        costless=tuple(dict.fromkeys(name for name, cost in sold if cost is None)),
        closed=tuple(dict.fromkeys(line.name for stack, line in charged if (stack, line.offer) in funnel.shut)),
    )


def _in_order(funnel: Funnel, entry: str) -> list[str]:
    """The nodes that are reached, each after all that lead to it."""
    order: list[str] = []
    seen = {entry}
    waiting = [(entry, iter(_onwards(funnel, entry)))]
    while waiting:
        node, targets = waiting[-1]
        target = next(targets, None)
        if target is None:
            order.append(node)
            waiting.pop()
        elif target not in seen:
            seen.add(target)
            waiting.append((target, iter(_onwards(funnel, target))))
    return order[::-1]


def _onwards(funnel: Funnel, node: str) -> list[str]:
    return [edge.target for edge in funnel.leaving(node) if edge.target not in (None, node)]


def _questions(funnel: Funnel, node: Node, rates: Mapping[str, int]) -> Iterator[Question]:
    """What is asked on a page: its bumps, its offer where there is a no to it, its cross-sell."""
    alone = [b for edge in funnel.leaving(node.id) for b in edge.buttons if len(funnel.buttons[b].bumps) == 1]
    names = {offer.id: offer.name for offer in node.bumps}
    for id in alone:
        yield _question(id, node, "bump", names[funnel.buttons[id].bumps[0]], rates)
    if funnel.edge(node.id, "decline") and node.kind in RULES and funnel.edge(node.id, "accept"):
        layer: Layer = "tripwire" if node.kind == "tripwire" else "oto" if node.kind == "oto" else "downsell"
        yield _question(node.id, node, layer, node.offer.name if node.offer else node.id, rates)
    if node.cross_sell is not None:
        yield _question(node.id, node, "cross-sell", node.cross_sell.name, rates)


def _question(id: str, node: Node, layer: Layer, offer: str, rates: Mapping[str, int]) -> Question:
    rule = RULES[layer]
    rate = rates.get(id, rule.rate)
    known = rule.high > 0
    return Question(
        id=id,
        node=node.id,
        layer=layer,
        offer=offer,
        rate=rate,
        low=rule.low if known else rate,
        high=rule.high if known else rate,
    )


def _stop(funnel: Funnel, node: Node, numbers: Mapping[str, int], stops: Mapping[str, int]) -> Stop:
    ways: list[Way] = []
    extra = None
    for edge in funnel.leaving(node.id):
        made = [_way(funnel, node, edge, b, numbers, stops) for b in edge.buttons or (None,)]
        if edge.target == node.id:
            extra = made[0]
        else:
            ways += made
    return Stop(node=node.id, ways=tuple(ways), extra=extra)


def _way(
    funnel: Funnel, node: Node, edge: Edge, button: str | None, numbers: Mapping[str, int], stops: Mapping[str, int]
) -> Way:
    charge = funnel.buttons[button] if button else None
    return Way(
        name=edge.name,
        button=button,
        to=stops[str(edge.target)],
        answers=tuple(_answers(node, edge, charge, numbers)),
        value=_value(charge) if charge else 0,
        cost=sum(_cost(node, line.offer) for line in charge.charge.lines) if charge else 0,
        pays=charge is not None,
    )


def _answers(node: Node, edge: Edge, button: Button | None, numbers: Mapping[str, int]) -> Iterator[tuple[int, bool]]:
    """What must have been said for this way to be taken."""
    if node.id in numbers and edge.name in ("accept", "decline"):
        yield numbers[node.id], edge.name == "accept"
    for bump in node.bumps if button else ():
        number = numbers.get(f"{node.id}+{bump.id}")
        if number is not None and button:
            yield number, bump.id in button.bumps


def _value(button: Button) -> int:
    """What an order by this button is worth, in minor units."""
    return sum((line.whole if line.times else line.today).minor_units for line in button.charge.lines)


def _sold(node: Node) -> dict[str, tuple[str, int | None]]:
    """What can be bought on a page: name and cost of delivery in minor units, by offer."""
    paid = [node.offer] if node.offer and node.kind not in ("lead-magnet", "sales") else []
    offers = [*paid, *node.bumps, *([node.cross_sell] if node.cross_sell else [])]
    return {offer.id: (offer.name, offer.cost.minor_units if offer.cost else None) for offer in offers}


def _cost(node: Node, offer: str) -> int:
    return _sold(node).get(offer, ("", None))[1] or 0
