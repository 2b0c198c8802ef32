"""Paths to light up on the map: the pages of each, what has been paid by then, and the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from funnelgen.funnel import Edge, Funnel
from funnelgen.funnel.cart import total
from funnelgen.funnel.paths import Move, Path
from funnelgen.measure.plan import Plan
from funnelgen.money import format_money

Step = tuple[int, str | None]
"""A way that is taken: its number among the funnel's edges, and the button that is pressed."""


class Trace(Struct, frozen=True, kw_only=True):
    """A path: the ways taken, by page what has been paid on arriving there ("": nothing), and what is paid in all."""

    steps: tuple[Step, ...]
    paid: Mapping[str, str]
    total: str


class Tracer:
    """Paths through one stack that has neither a cycle nor a way to nowhere."""

    def __init__(self, funnel: Funnel, plan: Plan, locale: str) -> None:
        self.funnel, self.plan, self.locale = funnel, plan, locale
        self._numbers = {edge: number for number, edge in enumerate(funnel.edges)}
        self._to = self._cheapest_to()
        self._on = self._cheapest_on()

    def through(self, edge: Edge, button: str | None) -> Trace:
        """The path that takes this way and else pays as little as can be."""
        taken = (self._numbers[edge], button)
        if edge.target == edge.source:
            steps = (*self._to[edge.source], taken, *self._on[edge.source])
        else:
            steps = (*self._to[edge.source], taken, *self._on[str(edge.target)])
        return self._trace(steps)

    def by(self, node: str) -> Trace:
        """The path over a page that pays as little as can be."""
        return self._trace((*self._to[node], *self._on[node]))

    def along(self, path: Path) -> Trace:
        """A path of the funnel as it is."""
        return self._trace(tuple(self._step(move) for move in path.moves if move.edge is not None))

    def reaches(self, node: str) -> bool:
        """Whether the stack comes to a page at all."""
        return node in self._to

    def _step(self, move: Move) -> Step:
        edges = self.funnel.leaving(move.node)
        edge = next(e for e in edges if e.name == move.edge and (not e.buttons or move.button in e.buttons))
        return self._numbers[edge], move.button

    def _trace(self, steps: Sequence[Step]) -> Trace:
        paid = {self.plan.entry: ""}
        for count, (number, _) in enumerate(steps, 1):
            pays = any(button for _, button in steps[:count])
            paid[str(self.funnel.edges[number].target)] = self._say(steps, count) if pays else ""
        return Trace(steps=tuple(steps), paid=paid, total=self._say(steps, len(steps)))

    def _say(self, steps: Sequence[Step], count: int) -> str:
        """What the first `count` ways charge together."""
        buttons = [button for _, button in steps[:count] if button]
        lines = (line for b in buttons for line in self.funnel.buttons[b].charge.lines)
        return format_money(total(lines, self.funnel.currency), self.locale, short=True)

    def _ways(self, node: str) -> Iterator[tuple[int, str, Step]]:
        """(charge in minor units, target, step) of each way to another page."""
        for edge in self.funnel.leaving(node):
            for button in edge.buttons or (None,):
                charge = self.funnel.buttons[button].charge.today.minor_units if button else 0
                if edge.target is not None and edge.target != node:
                    yield charge, edge.target, (self._numbers[edge], button)

    def _cheapest_to(self) -> dict[str, tuple[Step, ...]]:
        best: dict[str, tuple[int, tuple[Step, ...]]] = {self.plan.entry: (0, ())}
        for stop in self.plan.stops:
            paid, steps = best[stop.node]
            for charge, target, step in self._ways(stop.node):
                found = (paid + charge, (*steps, step))
                if target not in best or (found[0], len(found[1])) < (best[target][0], len(best[target][1])):
                    best[target] = found
        return {node: steps for node, (_, steps) in best.items()}

    def _cheapest_on(self) -> dict[str, tuple[Step, ...]]:
        best: dict[str, tuple[int, tuple[Step, ...]]] = {}
        for stop in reversed(self.plan.stops):
            onwards = [(charge + best[to][0], (step, *best[to][1])) for charge, to, step in self._ways(stop.node)]
            best[stop.node] = min(onwards, key=lambda found: (found[0], len(found[1])), default=(0, ()))
        return {node: steps for node, (_, steps) in best.items()}
