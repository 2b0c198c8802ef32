"""Diagnostics for people at a terminal, in the form that rustc made familiar."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from funnelgen.diagnostics import Diagnostic, Severity, Span
from funnelgen.diagnostics.rows import rows_of
from funnelgen.diagnostics.secrets import masked_line

Paint = Callable[[str, str], str]
"""Colours a text in a named colour ("red", "bold", …); `plain` leaves it as it is."""

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}
WIDEST_LINE = 160  # columns; a minified line is shown around the caret only


def plain(text: str, colour: str) -> str:
    """The paint for pipes and files: none."""
    del colour
    return text


def render(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], paint: Paint = plain, width: int | None = None
) -> str:
    """All diagnostics, in the order given, one blank line apart; `sources` has the files' texts by name.

    `width` is that of the terminal in columns; None, for files and pipes, breaks no sentence.
    """
    printer = _Printer(sources, paint, width)
    return "\n\n".join(printer.one(d) for d in diagnostics)


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """“2 errors, 1 warning”, or “no findings”."""
    found: dict[Severity, int] = {}
    for diagnostic in diagnostics:
        found[diagnostic.severity] = found.get(diagnostic.severity, 0) + 1
    words = [_plural(found[s], s) for s in Severity if s in found]
    return ", ".join(words) or "no findings"


def visible(text: str) -> str:
    """Tabs and line ends as one cell, control characters (which could repaint a terminal) as their picture."""
    if text.isprintable():
        return text
    return "".join(" " if c in "\t\n" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def _plural(number: int, severity: Severity) -> str:
    one = severity.value
    return f"{number} {one}" if number == 1 or severity is Severity.ADVICE else f"{number} {one}s"


class _Printer:
    """How diagnostics print: with which sources to quote, in which colours, how wide."""

    def __init__(self, sources: Mapping[str, str], paint: Paint, width: int | None) -> None:
        self.sources = sources
        self.paint = paint
        self.width = max(width, 40) if width else None

    def one(self, d: Diagnostic) -> str:
        """One diagnostic."""
        paint, colour = self.paint, COLOURS[d.severity]
        label = f"{d.severity.value}[{d.code}]"
        head, *more = self.broken(f"{label}: {visible(d.message)}", "")
        lines = [paint(label, colour) + paint(head.removeprefix(label), "bold"), *(paint(m, "bold") for m in more)]
        margin = len(str(max([s.line for s in (d.span, *(n.span for n in d.notes)) if s], default=0)))
        if d.span:
            lines += self.place(d.span, "", colour=colour, margin=margin, arrow="-->")
        for note in d.notes:
            lines += self.place(note.span, note.text, colour="blue", margin=margin, arrow=":::")
        if any(excerpt(span, self.sources) for span in (d.span, *(n.span for n in d.notes)) if span):
            lines.append(f"{' ' * margin} {paint('|', 'blue')}")
        if d.help:
            lines += self.said("help", d.help, margin)
        allow = "" if d.is_error or d.name == "idle-allow" else "; where it is right, `allow` it with the reason"
        lines += self.said("rule", f"{d.name} (funnelgen explain {d.code}){allow}", margin)
        return "\n".join(lines)

    def said(self, what: str, text: str, margin: int) -> list[str]:
        """A line below the place, `= help: …`, with those that follow it set in."""
        indent = " " * (margin + len(f" = {what}: "))
        first, *more = self.broken(indent + visible(text), indent)
        sign = f"{' ' * margin} {self.paint('=', 'blue')} {self.paint(what, 'bold')}: "
        return [sign + first.removeprefix(indent), *more]

    def broken(self, text: str, indent: str) -> list[str]:
        """A text in lines as wide as the terminal; words stay whole."""
        if self.width is None or len(text) <= self.width:
            return [text]
        from textwrap import wrap

        return wrap(text, self.width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)

    def place(self, span: Span, label: str, *, colour: str, margin: int, arrow: str) -> list[str]:
        """Where something stands: the file, the line, and carets below the part that is meant."""
        paint, pad = self.paint, " " * margin
        bar = paint("|", "blue")
        label = visible(label)
        out = [f"{pad}{paint(arrow, 'blue')} {visible(span.file)}:{span.line}:{span.column}"]
        widest = min(WIDEST_LINE, self.width - margin - 3) if self.width else WIDEST_LINE
        part = excerpt(span, self.sources, widest)
        if part is None:
            return [*out, f"{pad} {paint('=', 'blue')} {label}"] if label else out
        text, start, end = part
        before, under = _cells(text[:start]), max(1, _cells(text[start:end]))
        carets = paint("^" * under + (f" {label}" if label else ""), colour)
        out.append(f"{pad} {bar}")
        out.append(f"{paint(str(span.line).rjust(margin), 'blue')} {bar} {visible(text)}")
        out.append(f"{pad} {bar} {' ' * before}{carets}")
        return out


def excerpt(span: Span, sources: Mapping[str, str], widest: int = WIDEST_LINE) -> tuple[str, int, int] | None:
    """The line on which something stands, and from where to where in it the part that is meant; None without a source.

    A line longer than `widest` is cut around that part; of a secret key only the beginning is shown.
    """
    text = _line(sources.get(span.file), span.line)
    if text is None:
        return None
    start, end = span.column - 1, span.end_column - 1 if span.end_line == span.line else len(text.rstrip())
    return _cut(*masked_line(text, start, max(end, start + 1)), widest)


def _line(source: str | None, number: int) -> str | None:
    if source is None:
        return None
    lines = rows_of(source)
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None


def _cut(text: str, start: int, end: int, widest: int) -> tuple[str, int, int]:
    if len(text) <= widest:
        return text, start, end
    begin = max(0, min(min(start, len(text)) - widest // 4, len(text) - widest + 1))  # no room is left at the end
    piece, tail = text[begin : begin + widest - 1], ""
    if begin + len(piece) < len(text):
        piece, tail = piece[:-1], "…"
    head = "…" if begin else ""
    return head + piece + tail, start - begin + len(head), min(end - begin + len(head), len(piece) + len(head))


def _cells(text: str) -> int:
    """Width on a terminal: wide East Asian characters take two cells, combining marks none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(unicodedata.combining(c)) for c in text)
