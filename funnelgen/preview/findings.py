"""Diagnostics for the overlay: what the terminal prints, in its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from funnelgen.diagnostics import Diagnostic, Note, Severity, Span
from funnelgen.diagnostics.text import excerpt

MOST = 20  # of which the overlay shows all; the terminal has the rest


def shown(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> dict[str, Any]:
    """The findings as the client reads them: how many there are of each kind, and the first of them in full."""
    ordered = sorted(diagnostics, key=lambda d: not d.is_error)  # errors first, else as they come
    return {
        "errors": sum(d.is_error for d in diagnostics),
        "warnings": sum(d.is_warning for d in diagnostics),
        "advice": sum(d.severity is Severity.ADVICE for d in diagnostics),
        "findings": [_finding(d, sources) for d in ordered[:MOST]],
        "more": max(0, len(ordered) - MOST),
    }


def _finding(d: Diagnostic, sources: Mapping[str, str]) -> dict[str, Any]:
    return {
        "severity": d.severity.value,
        "code": d.code,
        "name": d.name,
        "message": d.message,
        "help": d.help,
        "place": _place(d.span, sources),
        "notes": [_note(note, sources) for note in d.notes],
    }


def _note(note: Note, sources: Mapping[str, str]) -> dict[str, Any]:
    return {"text": note.text, "place": _place(note.span, sources)}


def _place(span: Span | None, sources: Mapping[str, str]) -> dict[str, Any] | None:
    if span is None:
        return None
    place: dict[str, Any] = {"file": span.file, "line": span.line, "column": span.column}
    part = excerpt(span, sources)
    if part:
        text, start, end = part
        place |= {"before": text[:start], "meant": text[start:end], "after": text[end:]}
    return place
