"""What GitHub Actions shows: annotations beside the lines of a pull request, and the summary of the job."""

from __future__ import annotations

import re

from funnelgen.diagnostics import Diagnostic, Severity
from funnelgen.diagnostics.github import lines
from funnelgen.pathtest.outcome import Proof
from funnelgen.pathtest.plan import in_words
from funnelgen.pathtest.report.table import table_of
from funnelgen.pathtest.report.words import met, place, verdict

MOST_FAULTS = 50
"""So many stand in the summary, of which GitHub takes one megabyte."""


def as_annotations(proof: Proof, folder: str) -> str:
    """A workflow command for each fault. `folder` is the site's, from the repository's root."""
    found = (
        Diagnostic(
            code="funnelgen test:",
            name=one.fault.check,
            severity=Severity.ERROR,
            message=f"{one.fault.where}: {one.fault.what}\n{met(one)}",
            span=one.place,
        )
        for one in proof.findings
    )
    return lines(found, folder)


def as_summary(proof: Proof, folder: str) -> str:
    """The result as Markdown: the verdict, the faults, the table, the paths."""
    sign = "❌" if proof.findings else "✅" if proof.finished else "⚠️"
    site = proof.manifest.site.name
    parts = [f"### {sign} {_safe(site)}: {verdict(proof)}", _faults(proof, folder), _table(proof), _paths(proof)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _faults(proof: Proof, folder: str) -> str:
    if not proof.findings:
        return ""
    rows = [
        f"| **{_safe(one.fault.what)}** | {_safe(one.fault.where)} | {_safe(met(one))} | {_safe(place(one, folder))} |"
        for one in proof.findings[:MOST_FAULTS]
    ]
    left = len(proof.findings) - len(rows)
    more = f"\n\nand {left} more" if left > 0 else ""
    return "\n".join(["| what is wrong | on the way | met at | file |", "|---|---|---|---|", *rows]) + more


def _table(proof: Proof) -> str:
    table = table_of(proof)
    head = ["page", *table.columns]
    rows = [
        [f"`{row.address}`", *("" if cell is None else f"**{cell}**" if cell else "✓" for cell in row.cells)]
        for row in table.rows
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] + [":-:"] * len(table.columns), *rows)]
    return _folded("Pages and checks", "\n".join(lines))


def _paths(proof: Proof) -> str:
    walked = {one.job.path for one in proof.walked}
    faulty = {one.job.path for one in proof.walked if one.faults}
    signs = ["❌" if path in faulty else "✓" if path in walked else "–" for path in proof.plan.paths]
    words = [_safe(in_words(proof.manifest, path.moves)) for path in proof.plan.paths]
    lines = [f"{number}. {sign} {way}" for number, (sign, way) in enumerate(zip(signs, words, strict=True), 1)]
    return _folded("Paths", "\n".join(lines))


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>"


def _safe(text: str) -> str:
    """Text that is nothing but text in a cell of a table; what stands in backquotes stays code."""
    plain = re.sub(r"(`[^`]*`)|([&<*_\[\]])", lambda found: found[1] or f"&#{ord(found[2])};", " ".join(text.split()))
    return plain.replace("|", "\\|")
