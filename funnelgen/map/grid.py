"""Where each page stands on the map: in columns along the path, a downsell below its oto, long paths in several bands.

Whole numbers of pixels, from the funnel alone, so that the same funnel gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from funnelgen.funnel import Node


class Sizes(Struct, frozen=True, kw_only=True):
    """What a card measures, in pixels: its name, the picture of the page, a row for each way out."""

    width: int = 172
    head: int = 76
    picture: int = 126
    row: int = 24
    foot: int = 8
    between: int = 60  # columns, at least
    below: int = 54  # an oto and its downsell
    columns: int = 5  # at most; one fewer where there are several bands, for the ways between them


class Place(Struct, frozen=True, kw_only=True):
    """Where a page stands: in which band and column, and its card's box. `y` counts from the top of its band."""

    node: str
    band: int
    column: int
    y: int
    height: int
    exits: tuple[int, ...]  # the middle of each way out, from the top of the card


def places_of(nodes: Sequence[Node], rows: Mapping[str, Sequence[int]], sizes: Sizes) -> dict[str, Place]:
    """The place of each node of a stack. `rows` has how many rows each of its ways out takes, none for an end."""
    known = {node.id for node in nodes}
    along = [node.id for node in nodes if node.parent not in known]
    bands = 1 if len(along) <= sizes.columns else -(-len(along) // (sizes.columns - 1))
    in_band = -(-len(along) // max(bands, 1))
    places: dict[str, Place] = {}
    for number, id in enumerate(along):
        band, column = divmod(number, in_band)
        places[id] = _place(id, band, column, 0, rows[id], sizes)
    for node in nodes:
        if node.parent in places and node.id not in places:
            above = places[str(node.parent)]
            y = above.y + above.height + sizes.below
            places[node.id] = _place(node.id, above.band, above.column, y, rows[node.id], sizes)
    return places


def _place(id: str, band: int, column: int, y: int, rows: Sequence[int], sizes: Sizes) -> Place:
    top = sizes.head + sizes.picture
    exits = []
    for height in rows:
        exits.append(top + height * sizes.row // 2)
        top += height * sizes.row
    height = top + sizes.foot + (0 if rows else sizes.row)
    return Place(node=id, band=band, column=column, y=y, height=height, exits=tuple(exits))
