"""Diagnostics as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from funnelgen.diagnostics import Diagnostic, Edit, Note, Severity, Span
from funnelgen.diagnostics.github import below

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "recommendation"}  # GitHub's words
ROOT = "%SRCROOT%"
LONGEST = 1024  # characters of a description; GitHub shows no more


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a rule: its first sentence, why it matters, and the whole of it as text and as Markdown."""

    title: str
    why: str
    text: str
    markdown: str
    family: str


def log(
    diagnostics: Sequence[Diagnostic],
    sources: Mapping[str, str],
    about: Mapping[str, About],
    *,
    folder: str,
    version: str,
) -> str:
    """A SARIF log as JSON text: one run, with the rules that found something and what they found.

    `sources` has the files' texts by name, `about` the rules' documentation by code. `folder` is the site's, from
    the repository's root and with forward slashes: addresses in the log are relative, so it says the same everywhere.
    """
    kinds = {d.code: d for d in sorted(diagnostics, key=lambda d: d.code)}
    order = {code: index for index, code in enumerate(kinds)}
    driver = {
        "name": "funnelgen",
        "semanticVersion": version,
        "rules": [_rule(d, about.get(code)) for code, d in kinds.items()],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {ROOT: {"description": {"text": "the folder that the files' addresses begin in"}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, order[d.code], sources, folder) for d in diagnostics],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _rule(kind: Diagnostic, about: About | None) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": kind.code,
        "name": kind.name,
        "defaultConfiguration": {"level": LEVELS[kind.severity]},
        "properties": {"problem.severity": _WEIGHTS[kind.severity]},
    }
    if about:
        rule["properties"]["tags"] = [about.family]
        rule["shortDescription"] = {"text": _cut(about.title)}
        rule["fullDescription"] = {"text": _cut(f"{about.title} {about.why}".rstrip())}
        rule["help"] = {"text": about.text, "markdown": about.markdown}
    return rule


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _result(d: Diagnostic, rule: int, sources: Mapping[str, str], folder: str) -> dict[str, Any]:
    # Code scanning refuses a result without a place.
    span = d.span or Span("site.yaml")
    result: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": rule,
        "level": LEVELS[d.severity],
        "message": {"text": f"{d.message}\nhelp: {d.help}" if d.help else d.message},
        "locations": [{"physicalLocation": _place(span, folder)}],
    }
    if d.notes:
        result["relatedLocations"] = [_related(number, note, folder) for number, note in enumerate(d.notes, 1)]
    changes = [_change(edit, sources, folder) for edit in d.fix]
    if changes and None not in changes:  # a fix is laid in whole or not at all
        result["fixes"] = [{"description": {"text": d.help or d.message}, "artifactChanges": changes}]
    return result


def _related(number: int, note: Note, folder: str) -> dict[str, Any]:
    return {"id": number, "physicalLocation": _place(note.span, folder), "message": {"text": note.text}}


def _place(span: Span, folder: str) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column}
    if span.end_line >= span.line:
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    return {"artifactLocation": _address(span.file, folder), "region": region}


def _address(file: str, folder: str) -> dict[str, str]:
    path = below(folder, file)
    if path.startswith("/") or path[1:2] == ":":  # the site lies outside of the repository
        return {"uri": "file:///" + quote(path.lstrip("/"), safe="/:")}
    return {"uri": quote(path), "uriBaseId": ROOT}


def _change(edit: Edit, sources: Mapping[str, str], folder: str) -> dict[str, Any] | None:
    """An edit as a replacement, or None where its words do not stand in their line, or stand there twice."""
    span, lines = edit.span, sources.get(edit.span.file, "").split("\n")
    if span.end_line != span.line or span.line > len(lines):
        return None
    inside = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if not edit.old or inside.count(edit.old) != 1:
        return None
    old = span.within(inside.index(edit.old), len(edit.old))
    deleted = {"startLine": old.line, "startColumn": old.column, "endLine": old.end_line, "endColumn": old.end_column}
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": edit.new}}
    return {"artifactLocation": _address(span.file, folder), "replacements": [replacement]}
