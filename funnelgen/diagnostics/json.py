"""Diagnostics for machines: JSON lines, one finding each."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from funnelgen.diagnostics import Diagnostic


def lines(diagnostics: Iterable[Diagnostic]) -> str:
    """One JSON object a line, in the order given; its fields are those of `Diagnostic`."""
    return "".join(msgspec.json.encode(d).decode() + "\n" for d in diagnostics)
