"""The ways of the map as SVG: a line, a tip and a sign of its own for each of the four, beside its colour."""

from __future__ import annotations

from collections.abc import Sequence

from funnelgen.map.routes import Point, Route
from funnelgen.measure.rates import WHOLE

ROUND = 10
"""The radius of a way's corners, in pixels."""

SIGNS = {
    # A letter, an arrow, a tick, a stop: each in a shape of its own, 14 pixels wide around its middle.
    "submit": '<rect class="sign submit" x="-7" y="-5.5" width="14" height="11" rx="2"/>'
    '<path class="in" d="M-4-2l4 3 4-3"/>',
    "continue": '<path class="sign continue" d="M0-7.5L7.5 0 0 7.5-7.5 0z"/>'
    '<path class="in" d="M-2.5 0h5m-2-2l2 2-2 2"/>',
    "accept": '<circle class="sign accept" r="7"/><path class="in" d="M-3 .3l2.2 2.2L3-2.2"/>',
    "decline": '<circle class="sign decline" r="6.2"/><path class="in decline" d="M-2.8 0h5.6"/>',
}


def path_of(points: Sequence[Point]) -> str:
    """The `d` of a way with rounded corners."""
    (x, y), *rest = _corners(points)
    parts = [f"M{x} {y}"]
    for number, corner in enumerate(rest[:-1]):
        before, after = (rest[number - 1] if number else (x, y)), rest[number + 1]
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"L{start[0]:g} {start[1]:g}Q{corner[0]} {corner[1]} {end[0]:g} {end[1]:g}")
    end = rest[-1]
    return "".join([*parts, f"L{end[0]} {end[1]}"])


def width_of(share: int | None) -> str:
    """How thick the line of a way is: the more go there, the thicker. `share` is in thousandths."""
    return f"{1.6 + 2 * share / WHOLE:.2f}" if share is not None else "2"


def tip_of(name: str, route: Route, *, lost: bool) -> str:
    """The end of a way: an arrow's head, or a cross where it leads nowhere."""
    points = _corners(route.points)
    (ax, ay), (x, y) = points[-2], points[-1]
    turn = 0 if x > ax else 90 if y > ay else -90 if y < ay else 180
    shapes = {
        "submit": "M-9-5L0 0-9 5z",
        "continue": "M-7-4.5L-1 0-7 4.5",
        "accept": "M-10-5.5L0 0-10 5.5-7.5 0z",
        "decline": "M-7-4.5L-1 0-7 4.5",
    }
    if lost:
        return f'<path class="lost" transform="translate({x} {y})" d="M-5-5L5 5M-5 5L5-5"/>'
    return f'<path class="tip {name}" transform="translate({x} {y}) rotate({turn})" d="{shapes[name]}"/>'


def _corners(points: Sequence[Point]) -> list[Point]:
    """The points at which a way turns, without those on a straight line."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return kept


def _towards(corner: Point, other: Point) -> tuple[float, float]:
    """Where the rounding begins: ROUND pixels from the corner, or in the middle of a short stretch."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    radius = min(ROUND, length / 2)
    return corner[0] + dx / length * radius, corner[1] + dy / length * radius
