"""Diagnostics as GitHub's workflow commands, which show as annotations at their lines."""

from __future__ import annotations

from collections.abc import Iterable

from funnelgen.diagnostics import Diagnostic, Severity, Span

KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}


def lines(diagnostics: Iterable[Diagnostic], folder: str) -> str:
    """One command a line, in the order given.

    `folder` is the site's, from the repository's root and with forward slashes; it is "." or "" for the root itself.
    """
    return "".join(_command(d, folder) + "\n" for d in diagnostics)


def below(folder: str, file: str) -> str:
    """A file of the site as it is called from the repository's root."""
    return file if folder in ("", ".") else f"{folder.rstrip('/')}/{file}"


def _command(d: Diagnostic, folder: str) -> str:
    properties = {**(_place(d.span, folder) if d.span else {}), "title": f"{d.code} {d.name}"}
    notes = [f"{below(folder, note.span.file)}:{note.span.line}: {note.text}" for note in d.notes]
    text = "\n".join([d.message, *notes, *([f"help: {d.help}"] if d.help else [])])
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{KINDS[d.severity]} {listed}::{_data(text)}"


def _place(span: Span, folder: str) -> dict[str, str]:
    place = {"file": below(folder, span.file), "line": str(span.line)}
    if span.end_line == span.line:  # GitHub takes columns only within one line
        return place | {
            "col": str(span.column),
            "endLine": str(span.end_line),
            "endColumn": str(max(span.end_column, span.column)),
        }
    return place | ({"endLine": str(span.end_line)} if span.end_line > span.line else {})


def _data(text: str) -> str:
    """A message, escaped as GitHub's own toolkit does it: a line end would end the command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
