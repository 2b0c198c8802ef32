"""What is wrong with a site, as plain values: where it is, what it is, what to do about it.

How a diagnostic prints is a matter of the modules beside this one (`text`); nothing here knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct, structs

from funnelgen.diagnostics.secrets import masked


class Severity(StrEnum):
    """How much a finding weighs. An error stops a build, a warning does not, advice may be ignored."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Span(Struct, frozen=True, order=True):
    """A stretch of a file. Lines and columns count from 1, in characters; the end is exclusive.

    `file` is relative to the site's folder, with forward slashes.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def to(self, end: Span) -> Span:
        """The span from the start of this one to the end of `end`, which lies in the same file."""
        return Span(self.file, self.line, self.column, end.end_line, end.end_column)

    def within(self, start: int, length: int) -> Span:
        """The part of this span that begins `start` characters in; only meaningful on one line."""
        column = self.column + start
        return Span(self.file, self.line, column, self.line, column + length)


class Note(Struct, frozen=True):
    """A second place that belongs to a finding: "the price is set here"."""

    span: Span
    text: str


class Edit(Struct, frozen=True):
    """A change that mends a finding for certain: within `span`, the text `old` becomes `new`.

    `old` stands in the file as it is written here; where it does not, or stands there twice, nothing is changed.
    """

    span: Span
    old: str
    new: str


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of mistake: its code ("FG204"), its name ("oto-price-range"), and what is to be known about it.

    `doc` is written as `funnelgen.explain` reads it.
    """

    code: str
    name: str
    severity: Severity
    doc: str


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One finding. `code` and `name` identify the rule ("FG204", "oto-price-range")."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span | None = None
    help: str = ""
    notes: tuple[Note, ...] = ()
    fix: tuple[Edit, ...] = ()

    @property
    def is_error(self) -> bool:
        """True where a build must stop."""
        return self.severity is Severity.ERROR

    @property
    def is_warning(self) -> bool:
        """True where `--strict` fails."""
        return self.severity is Severity.WARNING


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}
_NOWHERE = Span("", 0, 0)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics by file and place, each said once: the order in which a person works through them.

    What is wrong with reading a file (FG0) comes first, since the rest may only follow from it. Of a secret key in
    their words only the beginning is left.
    """
    unique = dict.fromkeys(_without_keys(diagnostic) for diagnostic in diagnostics)
    return sorted(
        unique,
        key=lambda d: (not d.code.startswith("FG0"), d.span or _NOWHERE, _WEIGHT[d.severity], d.code, d.message),
    )


def _without_keys(d: Diagnostic) -> Diagnostic:
    message, help = masked(d.message), masked(d.help)
    fix = d.fix if all(masked(edit.old + edit.new) == edit.old + edit.new for edit in d.fix) else ()
    if (message, help, fix) == (d.message, d.help, d.fix):
        return d
    return structs.replace(d, message=message, help=help, fix=fix)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops a build."""
    return any(d.is_error for d in diagnostics)


__all__ = ["Diagnostic", "Edit", "Kind", "Note", "Severity", "Span", "has_errors", "in_order"]
