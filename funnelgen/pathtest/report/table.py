"""The table of pages × checks. Checks that look at the same thing share a column: nobody reads twenty."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from funnelgen.pathtest.outcome import Proof

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "basics": ("page",),
    "amounts": ("amounts", "price", "summary", "data"),
    "buttons": ("buttons", "bumps", "simulated"),
    "ways": ("decline", "onwards", "links", "ways"),
    "layout": ("layout",),
    "loading": ("console", "requests", "secure"),
    "accessible": ("axe",),
}
"""The columns, with the checks in each."""


class Row(Struct, frozen=True, kw_only=True):
    """A page: how many faults it has in each column, None where nobody looked."""

    address: str
    in_funnel: bool
    cells: tuple[int | None, ...]

    @property
    def missed(self) -> bool:
        """Whether nobody got there."""
        return all(cell is None for cell in self.cells)

    @property
    def faults(self) -> int:
        """All of them."""
        return sum(cell or 0 for cell in self.cells)


class Table(Struct, frozen=True, kw_only=True):
    """Pages in the order of the manifest, under their columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def column_of(check: str) -> str:
    """The column of a check; its own name where none is meant for it."""
    return next((column for column, checks in COLUMNS.items() if check in checks), check)


def table_of(proof: Proof) -> Table:
    """Count the findings of every page that was seen. A check that no column knows has one of its own.

    A page is there as well to which a path that was walked leads, and nobody got.
    """
    counts: dict[tuple[str, str], int] = {}
    for one in proof.findings:
        key = one.fault.address, column_of(one.fault.check)
        counts[key] = counts.get(key, 0) + 1
    columns = tuple(dict.fromkeys([*COLUMNS, *(column for _, column in counts)]))
    browsers = [one for one in proof.walked if one.job.kind != "host"]
    seen = {address for one in browsers for address in one.pages}
    judged = {address for one in browsers if one.job.setting.javascript for address in one.pages}
    asked = {address for one in proof.walked if one.job.kind == "host" for address in one.pages}
    addresses = {node.id: node.address for node in proof.manifest.nodes}
    steps = set(addresses.values())
    due = {addresses[move.node] for one in browsers if one.job.path for move in one.job.path.moves}
    known = [page.address for page in proof.manifest.pages]
    rows = []
    for address in dict.fromkeys([*known, *(a for a, _ in counts)]):
        found = tuple(counts.get((address, column)) for column in columns)
        who = {**dict.fromkeys(COLUMNS, seen), "accessible": judged}
        looked = tuple(address in who.get(column, asked) for column in columns)
        cells = tuple(number or (0 if at else None) for number, at in zip(found, looked, strict=True))
        if address in due or any(cell is not None for cell in cells):
            rows.append(Row(address=address, in_funnel=address in steps, cells=cells))
    return Table(columns=columns, rows=tuple(rows))
