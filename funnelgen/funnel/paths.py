"""What can happen to a visitor: which pages are reached, which cycles there are, every path with its total."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from funnelgen.funnel.cart import total
from funnelgen.funnel.graph import Edge, Funnel
from funnelgen.money import Money


class Move(Struct, frozen=True, kw_only=True):
    """One step of a path: on `node` the visitor took `edge` (None: the path ends here), paying with `button`."""

    node: str
    edge: str | None = None
    button: str | None = None


class Path(Struct, frozen=True, kw_only=True):
    """A way through the funnel from an entry to its end."""

    moves: tuple[Move, ...]

    @property
    def buttons(self) -> tuple[str, ...]:
        """The charges made along the way, in order."""
        return tuple(m.button for m in self.moves if m.button)


def path_total(funnel: Funnel, path: Path) -> Money:
    """What the path charges today, all buttons together."""
    lines = (line for b in path.buttons for line in funnel.buttons[b].charge.lines)
    return total(lines, funnel.currency)


def reachable(funnel: Funnel, start: str, follow: Callable[[Edge], bool] = lambda edge: True) -> frozenset[str]:
    """The nodes that can be reached from `start` (itself included) over edges that `follow` admits."""
    seen, waiting = {start}, [start]
    while waiting:
        for edge in funnel.leaving(waiting.pop()):
            if edge.target is not None and edge.target not in seen and follow(edge):
                seen.add(edge.target)
                waiting.append(edge.target)
    return frozenset(seen)


def is_free(edge: Edge) -> bool:
    """Whether the edge is taken without paying."""
    return not edge.buttons


def behind_payment(funnel: Funnel) -> frozenset[str]:
    """The nodes that no visitor reaches without having paid."""
    free = [reachable(funnel, entry, is_free) for entry in funnel.entries]
    paid = [reachable(funnel, entry) for entry in funnel.entries]
    return frozenset().union(*paid) - frozenset().union(*free)


def closing_edges(funnel: Funnel) -> list[Edge]:
    """The edges that close a cycle, in the order of the funnel. A cross-sell's return to its own page is none."""
    done: set[str] = set()
    closing = []
    for start in funnel.nodes:
        if start in done:
            continue
        here = {start}
        stack = [(start, iter(funnel.leaving(start)))]
        while stack:
            node, edges = stack[-1]
            edge = next(edges, None)
            if edge is None:
                stack.pop()
                here.discard(node)
                done.add(node)
            elif edge.target is None or _is_cross_sell(funnel, edge):
                continue
            elif edge.target in here:
                closing.append(edge)
            elif edge.target not in done:
                here.add(edge.target)
                stack.append((edge.target, iter(funnel.leaving(edge.target))))
    return closing


def _is_cross_sell(funnel: Funnel, edge: Edge) -> bool:
    return edge.target == edge.source and funnel.nodes[edge.source].cross_sell is not None and edge.name == "accept"


def all_paths(funnel: Funnel, entry: str) -> Iterator[Path]:
    """Every path from `entry` to an end, each button of a checkout apart, the first edges first.

    The funnel must have no cycle. Paths are made one at a time, so a caller may stop early.
    """
    waiting: list[tuple[str, tuple[Move, ...]]] = [(entry, ())]
    while waiting:
        node, before = waiting.pop()
        moves = list(_moves(funnel.leaving(node), before))
        if not any(target != node for target, _ in moves):
            yield Path(moves=(*before, Move(node=node)))
        waiting += [(target, (*before, move)) for target, move in reversed(moves)]


def _moves(edges: Sequence[Edge], before: tuple[Move, ...]) -> Iterator[tuple[str, Move]]:
    for edge in edges:
        back = edge.target == edge.source  # a cross-sell: taken once, then the page is as before
        if edge.target is None or (back and before and before[-1].node == edge.source):
            continue
        for button in edge.buttons or (None,):
            yield edge.target, Move(node=edge.source, edge=edge.name, button=button)


def count_paths(funnel: Funnel, entry: str) -> int:
    """How many paths `all_paths` would give, counted without walking them. The funnel must have no cycle."""
    counts: dict[str, int] = {}
    waiting = [entry]
    while waiting:
        node = waiting[-1]
        onwards = [e for e in funnel.leaving(node) if e.target not in (None, node)]
        missing = [str(e.target) for e in onwards if e.target not in counts]
        if missing:
            waiting += missing
            continue
        waiting.pop()
        here = sum(len(e.buttons or (None,)) * counts[str(e.target)] for e in onwards) or 1
        counts[node] = here * (1 + sum(len(e.buttons) for e in funnel.leaving(node) if e.target == node))
    return counts[entry]


def bought_before(funnel: Funnel) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """For each node: the offers that were given or bought on the way to it (on every way, on some way only).

    A node's own cross-sell counts among the latter, since the buyer comes back to the page. Nodes that no way
    leads to are left out.
    """
    coming = [_arrivals(funnel, entry) for entry in funnel.entries]
    found = {}
    for node in funnel.nodes:
        ways = [got[node] for got in coming if node in got]
        if ways:
            always = frozenset.intersection(*(a for a, _ in ways))
            found[node] = always, frozenset().union(*(s for _, s in ways)) - always
    return found


def _arrivals(funnel: Funnel, entry: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For each node: the offers had on every way to it, and those had on any, to a fixed point."""
    got: dict[str, tuple[frozenset[str], frozenset[str]]] = {entry: (frozenset(), frozenset())}
    waiting = [entry]
    while waiting:
        node = waiting.pop(0)
        always, ever = got[node]
        for edge in funnel.leaving(node):
            if edge.target is None:
                continue
            for had in _had(funnel, edge):
                arriving = (always | had, ever | had)
                old = got.get(edge.target)
                new = arriving if old is None else (old[0] & arriving[0], old[1] | arriving[1])
                if new != old:
                    got[edge.target] = new
                    waiting.append(edge.target)
    return got


def _had(funnel: Funnel, edge: Edge) -> list[frozenset[str]]:
    """What taking the edge gives: one set per button, or the free offer of a form."""
    if edge.buttons:
        return [frozenset(line.offer for line in funnel.buttons[b].charge.lines) for b in edge.buttons]
    offer = funnel.nodes[edge.source].offer
    return [frozenset([offer.id]) if edge.name == "submit" and offer else frozenset()]
