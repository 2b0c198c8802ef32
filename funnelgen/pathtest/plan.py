"""What a test walks, decided from the manifest alone: which paths, which detours, which single pages.

All paths where they are few. Otherwise as few as are practical, so that every way is taken, and every two ways that can
follow one another. Greedy: each path is the one that takes most of what no path took before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from funnelgen.funnel.manifest import Manifest
from funnelgen.funnel.paths import Move, Path

MOST_PATHS = 200
"""All paths are walked up to so many."""

Turn = tuple[Move, Move]
"""Two ways that follow one another."""


class PlanError(Exception):
    """The manifest is that of no funnel that could be walked: one that leads in a circle, or to no page."""


class Plan(Struct, frozen=True, kw_only=True):
    """What is walked. The paths stand in the order of the funnel."""

    paths: tuple[Path, ...]
    possible: int
    """How many paths there are."""
    ways: int
    """How many ways lead on from a page, each combination of bumps counted."""
    turns: int
    """How many times two ways can follow one another."""
    cancelled: tuple[str, ...]
    """The buttons whose payment is cancelled once."""
    returned: tuple[str, ...]
    """The buttons after whose payment the visitor goes back."""
    direct: tuple[str, ...]
    """The addresses behind a payment that are visited without one."""
    others: tuple[str, ...]
    """The addresses of the pages that lie on no path: legal pages, the glossary."""

    @property
    def whole(self) -> bool:
        """Whether every path is walked."""
        return len(self.paths) == self.possible


def make_plan(manifest: Manifest, *, most: int = MOST_PATHS) -> Plan:
    """Decide what to walk: all paths if there are at most `most`. Raises PlanError where no walk could end."""
    graphs = [_Graph(manifest, entry) for entry in manifest.entries]
    possible = sum(graph.count() for graph in graphs)
    paths = chain.from_iterable(graph.every() if possible <= most else graph.covering() for graph in graphs)
    reached = {move.node for graph in graphs for move in graph.ways}
    ends = {edge.target for edge in manifest.edges} | set(manifest.entries)
    on_path = {n.address for n in manifest.nodes if n.behind_payment or n.id in reached or n.id in ends}
    on_path |= {str(b.link) for b in manifest.buttons}
    return Plan(
        paths=tuple(paths),
        possible=possible,
        ways=len({way for graph in graphs for way in graph.ways}),
        turns=len({turn for graph in graphs for turn in graph.turns()}),
        cancelled=tuple(b.id for b in manifest.buttons),
        returned=tuple(b.id for b in manifest.buttons if b.returns_to),
        direct=tuple(node.address for node in manifest.nodes if node.behind_payment),
        others=tuple(p.address for p in manifest.pages if p.address not in on_path and p.kind != "404"),
    )


def turns_of(path: Path) -> Iterator[Turn]:
    """The turns that a path takes, its end among them."""
    return pairwise(path.moves)


def in_words(manifest: Manifest, moves: Iterable[Move]) -> str:
    """A path as people say it: `lead-magnet → sales → checkout, bump ticked → oto, declined → thank-you`."""
    kinds = {node.id: node.kind for node in manifest.nodes}
    bumps = _bumps(manifest)
    return " → ".join(_move_in_words(move, kinds.get(move.node, ""), bumps.get(move.node, ())) for move in moves)


def coverage(plan: Plan) -> list[str]:
    """What the plan walks and what it does not, a sentence per line."""
    lines = [_paths_in_words(plan)]
    if not plan.whole:
        left = plan.possible - len(plan.paths)
        lines.append(
            f"not walked: {left:,} {_plural(left, 'path', 'paths')}, of which every two steps in a row are in others"
        )
    detours = (
        (plan.cancelled, "payment cancelled", "payments cancelled"),
        (plan.returned, "time back after a payment", "times back after a payment"),
        (plan.direct, "page behind a payment opened without one", "pages behind a payment opened without one"),
        (plan.others, "page beside the funnel", "pages beside the funnel"),
    )
    counted = [f"{len(what)} {_plural(len(what), one, many)}" for what, one, many in detours if what]
    fewer = "where no script keeps anything from page to page: only paths that take every way once more"
    return [*lines, *([f"and {', '.join(counted)}"] if counted else []), fewer]


def _paths_in_words(plan: Plan) -> str:
    number = len(plan.paths)
    if plan.whole:
        return f"all {number} paths" if number != 1 else "the one path that there is"
    return (
        f"{number:,} of {plan.possible:,} paths: all {plan.ways:,} ways from page to page (bumps ticked and unticked), "
        f"and all {plan.turns:,} times that one can follow another"
    )


def _move_in_words(move: Move, kind: str, bumps: Sequence[str]) -> str:
    if move.edge == "decline":
        return f"{move.node}, declined"
    if move.button is None:
        return move.node
    if kind == "checkout":
        ticked = move.button.removeprefix(move.node).removeprefix("+")
        return move.node + (f", {_ticked(ticked, bumps)}" if bumps else "")
    return f"{move.node}, {'extra bought' if kind == 'thank-you' else 'accepted'}"


def _ticked(ticked: str, bumps: Sequence[str]) -> str:
    if not ticked:
        return "bump unticked" if len(bumps) == 1 else "no bump ticked"
    return "bump ticked" if len(bumps) == 1 else f"{ticked.replace('+', ' and ')} ticked"


def _bumps(manifest: Manifest) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = {}
    for button in manifest.buttons:
        found.setdefault(button.node, {}).update(dict.fromkeys(button.bumps))
    return {node: tuple(names) for node, names in found.items()}


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


class _Graph:
    """The ways of one stack: each knows those that can follow it. The end of a path is a way without an edge."""

    def __init__(self, manifest: Manifest, entry: str) -> None:
        self._targets: dict[Move, str] = {}
        self._leaving: dict[str, list[Move]] = {}
        for edge in manifest.edges:
            for button in edge.buttons or (None,):
                if edge.target is not None:
                    move = Move(node=edge.source, edge=edge.name, button=button)
                    self._targets[move] = edge.target
                    self._leaving.setdefault(edge.source, []).append(move)
        known = {node.id for node in manifest.nodes}
        lost = sorted({entry, *self._targets.values()} - known)
        if lost:
            raise PlanError(f"the manifest leads to `{lost[0]}`, which is no page of it")
        self.first = self._from(entry)
        self._next: dict[Move, list[Move]] = {}
        self._last_first = self._sorted()
        self.ways = [move for move in self._last_first if move.edge is not None]

    def turns(self) -> Iterator[Turn]:
        """All pairs of ways that can follow one another."""
        return ((move, after) for move, following in self._next.items() for after in following)

    def count(self) -> int:
        """How many paths there are, without walking them."""
        counts: dict[Move, int] = {}
        for move in self._last_first:
            counts[move] = sum(counts[after] for after in self._next[move]) or 1
        return sum(counts[move] for move in self.first)

    def every(self) -> Iterator[Path]:
        """All paths, the first ways first."""
        waiting: list[tuple[Move, ...]] = [(move,) for move in reversed(self.first)]
        while waiting:
            moves = waiting.pop()
            following = self._next[moves[-1]]
            if not following:
                yield Path(moves=moves)
            waiting += [(*moves, after) for after in reversed(following)]

    def covering(self) -> list[Path]:
        """A few paths that take every way and every turn."""
        missing = set(self.turns())
        begins = set(self.first)
        paths = []
        while missing or begins:
            moves = self._richest(missing, begins)
            missing -= set(pairwise(moves))
            begins.discard(moves[0])
            paths.append(Path(moves=tuple(moves)))
        return paths

    def _richest(self, missing: set[Turn], begins: set[Move]) -> list[Move]:
        """The path with most of the missing turns; of several the first."""
        gain: dict[Move, int] = {}
        best: dict[Move, Move] = {}
        for move in self._last_first:
            gain[move] = 0
            for number, after in enumerate(self._next[move]):
                worth = gain[after] + ((move, after) in missing)
                if not number or worth > gain[move]:
                    gain[move], best[move] = worth, after
        moves = [max(self.first, key=lambda move: gain[move] + (move in begins))]
        while moves[-1] in best:
            moves.append(best[moves[-1]])
        return moves

    def _from(self, node: str, came: Move | None = None) -> list[Move]:
        """The ways from a page, for a visitor who came by one. An extra is bought once, then the page is as before."""
        again = came is not None and came.node == node
        moves = [m for m in self._leaving.get(node, ()) if not (again and self._targets[m] == node)]
        goes_on = any(self._targets[move] != node for move in moves)
        return moves if goes_on else [Move(node=node), *moves]

    def _sorted(self) -> list[Move]:
        """All ways, each after those that can follow it."""
        done: dict[Move, None] = {}
        open_: set[Move] = set()
        waiting = list(reversed(self.first))
        while waiting:
            move = waiting[-1]
            if move in done:
                waiting.pop()
            elif move in open_:
                waiting.pop()
                done[move] = None
            else:
                open_.add(move)
                target = self._targets.get(move)
                self._next[move] = self._from(target, move) if target is not None else []
                following = [after for after in self._next[move] if after not in done]
                if any(after in open_ for after in following):
                    raise PlanError(f"the manifest leads in a circle through `{target}`")
                waiting += reversed(following)
        return list(done)
