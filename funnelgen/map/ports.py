"""Where ways come in on the left of a page: each at a height of its own, straight on where that can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from funnelgen.map.grid import Place, Sizes

APART, CORNER = 12, 8
"""Pixels between two ways that come in on one page, and from there to its corners."""


class Port(Struct, frozen=True, kw_only=True):
    """A way that comes in: `level` is the height at which it left, `side` whether it comes from above (-1) or below."""

    edge: int
    target: str
    level: int
    side: int


def ports_of(arrivals: Sequence[Port], places: Mapping[str, Place], sizes: Sizes) -> dict[int, int]:
    """The height at which each way comes in, by its edge, counted from the top of its page's band."""
    ports: dict[int, int] = {}
    for id, place in places.items():
        coming = [port for port in arrivals if port.target == id]
        taken: list[int] = []
        for port in sorted(coming, key=lambda p: (p.level, p.edge)):
            if port.side == 0 and _is_free(port.level, taken, place):
                ports[port.edge] = port.level
                taken.append(port.level)
        main = place.y + sizes.head + sizes.picture + sizes.row // 2
        rest = sorted((port for port in coming if port.edge not in ports), key=lambda p: (p.level, p.edge))
        for way in (-1, 1):
            group = [port for port in rest if (port.side < 0) == (way < 0)]
            free = []
            for _ in group:
                free.append(_free(main, way, taken, place))
                taken.append(free[-1])
            # What left further down comes in further down, so that ways side by side do not cross.
            ports |= {port.edge: height for port, height in zip(group, sorted(free), strict=True)}
    return ports


def _is_free(level: int, taken: Sequence[int], place: Place) -> bool:
    inside = place.y + CORNER <= level <= place.y + place.height - CORNER
    return inside and all(abs(level - other) >= APART for other in taken)


def _free(main: int, way: int, taken: Sequence[int], place: Place) -> int:
    """The next free height from `main` on, downwards or upwards; the other way where there is none, or on `main`."""
    steps = range(place.height // APART)
    heights = [main + side * APART * step for side in (way, -way) for step in steps]
    return next((height for height in heights if _is_free(height, taken, place)), main)
