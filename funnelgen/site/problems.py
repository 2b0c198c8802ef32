"""Problems of reading (family FG0): what is wrong with a file before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Mapping

from funnelgen.diagnostics import Diagnostic, Edit, Kind, Note, Severity, Span
from funnelgen.site.problem_docs import DOCS

_NAMES = {
    "FG001": "yaml-syntax",
    "FG002": "yaml-tag",
    "FG003": "duplicate-key",
    "FG004": "unknown-key",
    "FG005": "missing-key",
    "FG006": "wrong-value",
    "FG007": "unreadable-file",
    "FG008": "unsafe-path",
    "FG009": "unknown-file",
    "FG010": "front-matter",
    "FG011": "unknown-block",
    "FG012": "block-syntax",
    "FG013": "tangled-copy",
}
READING: Mapping[str, Kind] = {
    code: Kind(code=code, name=name, severity=Severity.ERROR, doc=DOCS[code]) for code, name in _NAMES.items()
}
"""The kinds of the family, by code."""


def problem(
    code: str,
    message: str,
    span: Span | None,
    *,
    help: str = "",
    notes: tuple[Note, ...] = (),
    fix: tuple[Edit, ...] = (),
) -> Diagnostic:
    """An error of family FG0."""
    kind = READING[code]
    return Diagnostic(
        code=code,
        name=kind.name,
        severity=kind.severity,
        message=message,
        span=span,
        help=help,
        notes=notes,
        fix=fix,
    )
