"""How the ways run between the pages: along rows and columns, each on a track of its own, never through a page.

Between two columns is a gap in which ways run up and down, above and below each band a gutter in which they run along.
A way takes the shortest of these shapes:

- straight or with one bend to the next column;
- down from an oto to its downsell;
- around below its own page, for a cross-sell;
- gap, gutter, gap; over several bands by the left edge;
- a stub, where it leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from funnelgen.funnel import Edge
from funnelgen.map.grid import Place, Sizes
from funnelgen.map.ports import Port, ports_of

TRACK, LANE = 9, 10
"""Pixels between two ways that run side by side, up and down or along."""

EDGE, GUTTER, STUB, LOOP = 24, 26, 18, 16
"""Pixels: the outer margin, the least height of a gutter, a way to nowhere, how far a cross-sell swings out."""

Point = tuple[int, int]


class Box(Struct, frozen=True, kw_only=True):
    """A page's card on the map."""

    node: str
    x: int
    y: int
    width: int
    height: int


class Route(Struct, frozen=True, kw_only=True):
    """A way on the map, from corner to corner. `edge` is its number among those that were given."""

    edge: int
    points: tuple[Point, ...]


class Layout(Struct, frozen=True, kw_only=True):
    """A stack's map."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]


class Leg(Struct, frozen=True):
    """A stretch up or down that a way runs in a gap. `order` sorts legs from left to right so that few cross."""

    edge: int
    part: int  # 0 out of its source, 1 by the left edge, 2 into its target
    order: tuple[int, int]


class Course(Struct, frozen=True, kw_only=True):
    """The gutters through which a way runs; none where it stays in one gap."""

    gutters: tuple[int, ...]


def lay_out(edges: Sequence[Edge], places: Mapping[str, Place], exits: Sequence[int], sizes: Sizes) -> Layout:
    """The map of a stack. `exits` has, for each edge, its number among the ways out of its page."""
    drawing = _Drawing(edges, places, exits, sizes)
    return Layout(
        width=drawing.width,
        height=drawing.height,
        boxes=tuple(
            Box(node=p.node, x=drawing.x(p.column), y=drawing.y(p.band) + p.y, width=sizes.width, height=p.height)
            for p in places.values()
        ),
        routes=tuple(Route(edge=n, points=tuple(drawing.points(n))) for n in range(len(edges))),
    )


class _Drawing:
    """The measures that follow from one another: ports, tracks in the gaps, columns, lanes in the gutters, bands."""

    def __init__(self, edges: Sequence[Edge], places: Mapping[str, Place], exits: Sequence[int], sizes: Sizes) -> None:
        self.edges, self.places, self.sizes = edges, places, sizes
        self.bands = 1 + max(p.band for p in places.values())
        self.columns = 1 + max(p.column for p in places.values())
        self.outs = [places[e.source].y + places[e.source].exits[exit] for e, exit in zip(edges, exits, strict=True)]
        self.courses = {n: self._course(e) for n, e in enumerate(edges) if self._is_far(e)}
        self.ports = ports_of(list(self._arrivals()), places, sizes)
        self.tracks = self._tracks()
        self.lefts = self._lefts()
        self.lanes = self._lanes()
        self.tops = self._tops()

    @property
    def width(self) -> int:
        """Of the whole map."""
        return self.x(self.columns - 1) + self.sizes.width + self._gap(self.columns)

    @property
    def height(self) -> int:
        """Of the whole map."""
        return self.tops[-1]

    def x(self, column: int) -> int:
        """The left side of a column's cards."""
        return self.lefts[column]

    def y(self, band: int) -> int:
        """The top of a band's cards."""
        return self.tops[band]

    # --- which shape a way has ------------------------------------------------------------------------------------

    def _is_next(self, edge: Edge) -> bool:
        source, target = self.places[edge.source], self.places.get(edge.target or "")
        return target is not None and (target.band, target.column) == (source.band, source.column + 1)

    def _is_below(self, edge: Edge) -> bool:
        source, target = self.places[edge.source], self.places.get(edge.target or "")
        return (
            target is not None
            and edge.name == "decline"
            and (target.band, target.column) == (source.band, source.column)
            and target.y > source.y
        )

    def _is_far(self, edge: Edge) -> bool:
        near = self._is_next(edge) or self._is_below(edge) or edge.target == edge.source
        return edge.target in self.places and not near

    def _course(self, edge: Edge) -> Course:
        """Above the band, or below for a decline; from band to band through the gutter between them."""
        here, there = self.places[edge.source].band, self.places[str(edge.target)].band
        if here == there:
            return Course(gutters=(here + 1 if edge.name == "decline" else here,))
        first, last = (here + 1, there) if there > here else (here, there + 1)
        return Course(gutters=(first,) if first == last else (first, last))

    def _arrivals(self) -> Iterator[Port]:
        """Each way that comes in on the left of a page: where it comes from, seen from there."""
        for number, edge in enumerate(self.edges):
            if edge.target in self.places and number in self.courses:
                above = self.courses[number].gutters[-1] <= self.places[str(edge.target)].band
                side = -1 if above and edge.name != "decline" else 1
                yield Port(edge=number, target=str(edge.target), level=self.outs[number], side=side)
            elif self._is_next(edge):
                yield Port(edge=number, target=str(edge.target), level=self.outs[number], side=0)

    # --- tracks in the gaps ---------------------------------------------------------------------------------------

    def _tracks(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """For each leg, (edge, part): its gap, its number there from the left, and how many there are."""
        gaps: dict[tuple[int, int], list[Leg]] = {}
        for number, edge in enumerate(self.edges):
            for band, gap, leg in self._legs(number, edge):
                gaps.setdefault((band if gap else -1, gap), []).append(leg)  # the left edge is shared by all bands
        tracks = {}
        for (_, gap), legs in gaps.items():
            for track, leg in enumerate(sorted(legs, key=lambda leg: (leg.order, leg.edge, leg.part))):
                tracks[leg.edge, leg.part] = (gap, track, len(legs))
        return tracks

    def _legs(self, number: int, edge: Edge) -> Iterator[tuple[int, int, Leg]]:
        """(band, gap, leg) of each stretch up or down."""
        source, level = self.places[edge.source], self.outs[number]
        if self._is_next(edge):
            rise = level - self.ports[number]
            if rise:
                yield source.band, source.column + 1, Leg(number, 0, (1, level if rise > 0 else -level))
        elif number in self.courses:
            target, course = self.places[str(edge.target)], self.courses[number]
            down = course.gutters[0] > source.band
            yield source.band, source.column + 1, Leg(number, 0, (0, -level if down else level))
            if len(course.gutters) > 1:
                yield -1, 0, Leg(number, 1, (0, number))
            port = self.ports[number]
            from_above = course.gutters[-1] <= target.band
            yield target.band, target.column, Leg(number, 2, (2, -port if from_above else port))

    def _gap(self, gap: int) -> int:
        most = max((count for g, _, count in self.tracks.values() if g == gap), default=0)
        swings = any(e.target == e.source and self.places[e.source].column + 1 == gap for e in self.edges)
        least = EDGE if gap in (0, self.columns) else self.sizes.between
        return max(least, TRACK * (most + 1) + (2 * LOOP if swings else LOOP))

    def _lefts(self) -> list[int]:
        lefts, x = [], 0
        for column in range(self.columns):
            x += self._gap(column)
            lefts.append(x)
            x += self.sizes.width
        return lefts

    def _track(self, edge: int, part: int) -> int:
        """The x of a leg: its gap's tracks stand in the middle of it, those by the left edge at its outside."""
        gap, track, count = self.tracks[edge, part]
        width = self._gap(gap)
        left = self.lefts[gap] - width if gap < self.columns else self.lefts[-1] + self.sizes.width
        return left + width // 2 + TRACK * track - TRACK * (count - 1) // 2

    # --- lanes in the gutters -------------------------------------------------------------------------------------

    def _lanes(self) -> dict[tuple[int, int], int]:
        """For each way in each gutter, (edge, gutter): its lane, from the top.

        Short ways lie nearest to their pages: first those that run below the band above, last those above the next.
        """
        spans: dict[int, list[tuple[tuple[int, int], int, int, int]]] = {}
        for number, course in self.courses.items():
            band = self.places[self.edges[number].source].band
            stays = band == self.places[str(self.edges[number].target)].band
            for gutter, (a, b) in zip(course.gutters, pairwise(self._turns(number)), strict=True):
                length = abs(a - b)
                order = (1, length) if not stays else (0, length) if gutter > band else (2, -length)
                spans.setdefault(gutter, []).append((order, min(a, b), max(a, b), number))
        lanes: dict[tuple[int, int], int] = {}
        for gutter, users in spans.items():
            taken: list[list[tuple[int, int]]] = []
            for _, start, end, number in sorted(users):
                free = (i for i, lane in enumerate(taken) if all(end < s - 6 or e + 6 < start for s, e in lane))
                lane = next(free, len(taken))
                if lane == len(taken):
                    taken.append([])
                taken[lane].append((start, end))
                lanes[number, gutter] = lane
        return lanes

    def _turns(self, number: int) -> list[int]:
        """The x of each leg of a way that runs through gutters."""
        parts = (0, 1, 2) if len(self.courses[number].gutters) > 1 else (0, 2)
        return [self._track(number, part) for part in parts]

    def _tops(self) -> list[int]:
        """The top of each band, and at last the height of the whole."""
        tops, y = [], 0
        for band in range(self.bands + 1):
            lanes = max((lane + 1 for (_, gutter), lane in self.lanes.items() if gutter == band), default=0)
            y += GUTTER + LANE * lanes
            tops.append(y)
            y += max((p.y + p.height for p in self.places.values() if p.band == band), default=0)
        return tops

    def _lane(self, number: int, gutter: int) -> int:
        """The y of a way in a gutter."""
        lanes = max(lane + 1 for (_, g), lane in self.lanes.items() if g == gutter)
        bottom = self.tops[gutter] - 14
        return bottom - LANE * (lanes - 1 - self.lanes[number, gutter])

    # --- from corner to corner ------------------------------------------------------------------------------------

    def points(self, number: int) -> Iterator[Point]:
        """The corners of a way."""
        edge, source = self.edges[number], self.places[self.edges[number].source]
        right = self.x(source.column) + self.sizes.width
        out = self.y(source.band) + self.outs[number]
        target = self.places.get(edge.target or "")
        if target is None:
            yield from ((right, out), (right + STUB, out))
        elif self._is_below(edge):
            middle = self.x(source.column) + self.sizes.width // 2
            yield middle, self.y(source.band) + source.y + source.height
            yield middle, self.y(target.band) + target.y
        elif edge.target == edge.source:
            bottom = self.y(source.band) + source.y + source.height
            back = right - 3 * LOOP
            yield from ((right, out), (right + LOOP, out), (right + LOOP, bottom + LOOP), (back, bottom + LOOP))
            yield back, bottom
        else:
            yield right, out
            yield from self._bends(number, out)
            yield self.x(target.column), self.y(target.band) + self.ports[number]

    def _bends(self, number: int, level: int) -> Iterator[Point]:
        """Between the way out of a page and the way into the next: up or down in gaps, along in gutters."""
        edge = self.edges[number]
        arrival = self.y(self.places[str(edge.target)].band) + self.ports[number]
        turns = self._turns(number) if number in self.courses else []
        if (number, 0) in self.tracks and not turns:
            turns = [self._track(number, 0)]
        gutters = self.courses[number].gutters if number in self.courses else ()
        levels = [level, *(self._lane(number, gutter) for gutter in gutters), arrival]
        for x, (a, b) in zip(turns, pairwise(levels), strict=False):  # straight on there is no turn
            yield x, a
            yield x, b
