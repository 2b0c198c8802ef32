"""Where a visitor came along, so that the next one does not go a way again that both have in common.

Two paths that begin alike are one path until they part. Who walks the second goes on from there: the page is opened at
the same address, from the same page, with all that the browser had kept when it was first opened. It is the same page
then, which is looked at; where it is not, the visitor starts again from the beginning.
"""

from __future__ import annotations

from msgspec import Struct

from funnelgen.funnel.paths import Path
from funnelgen.pathtest.outcome import Fault
from funnelgen.pathtest.sight import Glance


class Point(Struct, frozen=True, kw_only=True):
    """A page on the way, and how many pages and faults there were until then, its own among them."""

    glance: Glance
    seen: int
    faults: int


class Trail(Struct, kw_only=True):
    """One path as far as it was walked: `points` are its pages, in the order of its moves."""

    path: Path
    points: list[Point] = []
    faults: list[Fault] = []
    seen: list[str] = []
    lost: bool = False
    """Whether the way that leads on from the last point led nowhere."""

    def shared(self, path: Path) -> int:
        """How many moves another path has in common with this one."""
        pairs = enumerate(zip(self.path.moves, path.moves, strict=False))
        return next((n for n, (one, other) in pairs if one != other), min(len(self.path.moves), len(path.moves)))

    def ends_alike(self, path: Path) -> bool:
        """Whether the visitor was lost on a way that another path takes as well."""
        return self.lost and bool(self.points) and self.shared(path) >= len(self.points)

    def until(self, number: int, path: Path) -> Trail:
        """The part of it that ends at a point, as the beginning of another path."""
        point = self.points[number]
        return Trail(
            path=path,
            points=self.points[: number + 1],
            faults=self.faults[: point.faults],
            seen=self.seen[: point.seen],
        )

    def parting(self, path: Path) -> int | None:
        """The number of the last point that it has in common with another path; None where that saves no step."""
        number = min(self.shared(path), len(self.points) - 1)
        return number if number > 0 else None
