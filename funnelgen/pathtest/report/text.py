"""What a terminal shows."""

from __future__ import annotations

from collections.abc import Callable

from funnelgen.diagnostics.text import visible
from funnelgen.pathtest.outcome import Finding, Proof
from funnelgen.pathtest.report.table import Row, table_of
from funnelgen.pathtest.report.words import counted, met, place

LONGEST = 400
"""Characters of a sentence: browsers repeat a whole policy when a page breaks it. The other reports have all of it."""

Paint = Callable[[str, str], str]
"""Colours a text; the second is the colour's name, or "bold"."""


def as_text(proof: Proof, folder: str, paint: Paint) -> str:
    """Each fault: how the visitor got there and what is wrong; then where, and what was kept of it.

    `folder` is the site's, as the reader calls it.
    """
    return "\n".join(_finding(one, proof.folder, folder, paint) for one in proof.findings)


def _finding(one: Finding, kept: str, folder: str, paint: Paint) -> str:
    rows = [
        ("at", met(one)),
        ("file", place(one, folder)),
        ("picture", f"{kept}/{one.picture}" if one.picture else ""),
        ("trace", f"{kept}/{one.trace}" if one.trace else ""),
        ("check", one.fault.check),
    ]
    what = visible(one.fault.what)
    what = what if len(what) <= LONGEST else f"{what[:LONGEST]}…"
    lines = [f"{paint('✗', 'red')} {visible(one.fault.where)}: {paint(what, 'bold')}"]
    if one.again is False:
        rows.append(("note", "when walked once more, this did not come again: it may depend on time"))
    return "\n".join([*lines, *(f"    {name:<7}  {text}" for name, text in rows if text)])


def as_table(proof: Proof, paint: Paint) -> str:
    """Pages × checks: the funnel's pages, and those beside it on which something is wrong."""
    table = table_of(proof)
    shown = [row for row in table.rows if row.in_funnel or row.faults]
    width = max((len(row.address) for row in shown), default=0)
    widths = [len(column) for column in table.columns]
    head = "  ".join(["".ljust(width), *table.columns])
    lines = [head.rstrip(), *(_row(row, width, widths, paint) for row in shown)]
    if rest := len(table.rows) - len(shown):
        lines.append(f"and {counted(rest, 'page', 'pages')} beside the funnel without a fault")
    if any(row.missed for row in shown):
        lines.append("· nobody got there")
    return "\n".join(lines) if table.rows else ""


def _row(row: Row, width: int, widths: list[int], paint: Paint) -> str:
    cells = [row.address.ljust(width)]
    for cell, room in zip(row.cells, widths, strict=True):
        text = "·" if cell is None else str(cell or "✓")
        colour = "red" if cell else "green" if cell == 0 else ""
        cells.append((paint(text, colour) if colour else text) + " " * (room - len(text)))
    return "  ".join(cells).rstrip()
