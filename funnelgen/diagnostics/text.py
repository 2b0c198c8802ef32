"""Diagnostics for people at a terminal, in the form that rustc made familiar."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from funnelgen.diagnostics import Diagnostic, Severity, Span

Paint = Callable[[str, str], str]
"""Colours a text in a named colour ("red", "bold", …); `plain` leaves it as it is."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
WIDEST_LINE = 160  # a minified line is shown around the caret only


def plain(text: str, colour: str) -> str:
    """The paint for pipes and files: none."""
    del colour
    return text


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], paint: Paint = plain) -> str:
    """All diagnostics, in the order given, one blank line apart; `sources` has the files' texts by name."""
    return "\n\n".join(_one(d, sources, paint) for d in diagnostics)


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """“2 errors, 1 warning”, or “no findings”."""
    found: dict[Severity, int] = {}
    for diagnostic in diagnostics:
        found[diagnostic.severity] = found.get(diagnostic.severity, 0) + 1
    words = [_plural(found[s], s) for s in Severity if s in found]
    return ", ".join(words) or "no findings"


def _plural(number: int, severity: Severity) -> str:
    one = severity.value
    return f"{number} {one}" if number == 1 or severity is Severity.ADVICE else f"{number} {one}s"


def _one(d: Diagnostic, sources: Mapping[str, str], paint: Paint) -> str:
    colour = COLOURS[d.severity]
    lines = [f"{paint(f'{d.severity.value}[{d.code}]', colour)}{paint(': ' + _visible(d.message), 'bold')}"]
    margin = len(str(max([s.line for s in (d.span, *(n.span for n in d.notes)) if s], default=0)))
    pad = " " * margin
    bar = paint("|", "blue")
    if d.span:
        lines += _place(d.span, "", sources, paint, colour=colour, margin=margin, arrow="-->")
    for note in d.notes:
        lines += _place(note.span, note.text, sources, paint, colour="blue", margin=margin, arrow=":::")
    if d.span or d.notes:
        lines.append(f"{pad} {bar}")
    if d.help:
        lines.append(f"{pad} {paint('=', 'blue')} {paint('help', 'bold')}: {_visible(d.help)}")
    if d.severity is not Severity.ERROR and d.name != "idle-allow":
        lines.append(
            f"{pad} {paint('=', 'blue')} {paint('rule', 'bold')}: {d.name} (`allow` it with a reason where it is right)"
        )
    return "\n".join(lines)


def _place(
    span: Span, label: str, sources: Mapping[str, str], paint: Paint, *, colour: str, margin: int, arrow: str
) -> list[str]:
    pad, bar = " " * margin, paint("|", "blue")
    label = _visible(label)
    out = [f"{pad}{paint(arrow, 'blue')} {_visible(span.file)}:{span.line}:{span.column}"]
    text = _line(sources.get(span.file), span.line)
    if text is None:
        return [*out, f"{pad} {paint('=', 'blue')} {label}"] if label else out
    start, end = span.column - 1, span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    text, start, end = _cut(text, start, max(end, start + 1))
    before, under = _cells(text[:start]), max(1, _cells(text[start:end]))
    carets = paint("^" * under + (f" {label}" if label else ""), colour)
    out.append(f"{pad} {bar}")
    out.append(f"{paint(str(span.line).rjust(margin), 'blue')} {bar} {_visible(text)}")
    out.append(f"{pad} {bar} {' ' * before}{carets}")
    return out


def _line(source: str | None, number: int) -> str | None:
    if source is None:
        return None
    lines = source.split("\n")
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None


def _cut(text: str, start: int, end: int) -> tuple[str, int, int]:
    if len(text) <= WIDEST_LINE:
        return text, start, end
    begin = max(0, min(start, len(text)) - 40)
    piece = text[begin : begin + WIDEST_LINE - 8]
    head = "…" if begin else ""
    return head + piece + "…", start - begin + len(head), min(end - begin + len(head), len(piece) + len(head))


def _visible(text: str) -> str:
    """Tabs and line ends as one cell, control characters (which could repaint a terminal) as their picture."""
    return "".join(" " if c in "\t\n" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def _cells(text: str) -> int:
    """Width on a terminal: wide East Asian characters take two cells, combining marks none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)
