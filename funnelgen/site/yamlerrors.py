"""What the YAML parser finds wrong, in plain words and at the place where it is to be mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from funnelgen.diagnostics import Diagnostic, Edit, Note, Span
from funnelgen.site.problems import problem
from funnelgen.site.yamlslips import UNSEEN, slip_near

Between = Callable[[Any, Any], Span]
"""Gives the span between two of the parser's marks."""


class _At(NamedTuple):
    """A place in the text, as the parser's marks have it."""

    line: int
    column: int


def unseen(character: str, span: Span) -> Diagnostic:
    """A character that looks like a space, or like nothing, where a key is indented."""
    first = Span(span.file, span.line, span.column, span.line, span.column + 1)
    said = f"{UNSEEN[character]} (U+{ord(character):04X})"
    return problem("FG001", f"{said} cannot indent YAML", first, help="delete it, and type spaces in its place")


def syntax_error(
    error: yaml.MarkedYAMLError, text: str, file: str, between: Between, long_quote: Span | None
) -> Diagnostic:
    """The parser's error in the `text` of a file as a diagnostic.

    `long_quote` is the last text in quotes that goes over several lines: where the parser stumbles right behind it, the
    quote was forgotten, and some later one taken for it.
    """
    what = error.problem or "this is not YAML"
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    if long_quote and marks and between(marks[0], marks[0]).line == long_quote.end_line:
        opens = Span(file, long_quote.line, long_quote.column, long_quote.line, long_quote.column + 1)
        ends = Span(file, long_quote.end_line, long_quote.end_column - 1, long_quote.end_line, long_quote.end_column)
        notes = (Note(ends, "the next quote ends it here"),)
        return problem("FG001", "a quote that is not closed", opens, help="close it where the text ends", notes=notes)
    if what in _SEEN_TOO_LATE:
        marks.reverse()
    mark = marks[0] if marks else None
    span = between(mark, mark) if mark else Span(file)
    message, help = _PLAIN_WORDS.get(what, (what, "check the indentation, colons and quotes on and above this line"))
    if mark and text[mark.index : mark.index + 1] == "\t":
        message, help = "a tab cannot indent YAML", "indent with spaces, two a level"
    elif mark and (slip := slip_near(text.split("\n"), mark.line, mark.column, what)):
        place = between(_At(slip.row, slip.start), _At(slip.row, slip.end))
        if slip.character:
            return unseen(slip.character, place)
        fix = (Edit(place, slip.old, slip.new),) if slip.old else ()
        return problem("FG001", slip.message, place, help=slip.help, fix=fix)
    begin: tuple[Note, ...] = ()
    if mark is error.problem_mark and len(marks) == 2 and marks[1].line != marks[0].line:
        begin = (Note(between(marks[1], marks[1]), "this began here"),)
    return problem("FG001", message, span, help=help, notes=begin)


_SEEN_TOO_LATE = {
    "could not find expected ':'",
    "found unexpected end of stream",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
}
"""What the parser notices only behind the place where it is to be mended."""

_PLAIN_WORDS = {
    "mapping values are not allowed in this context": (
        "a colon stands where none can",
        "put the text in quotes if it contains `: `, or check the indentation",
    ),
    "could not find expected ':'": ("a key without its colon", "write `key: value`"),
    "found unexpected end of stream": ("a quote is never closed", "close it where the text ends"),
    "did not find expected ',' or ']'": ("a comma or the closing `]` is missing", "write a list as in `[one, two]`"),
    "did not find expected ',' or '}'": (
        "a comma or the closing `}` is missing",
        "write keys as in `{name: x, price: 9}`",
    ),
    "did not find expected node content": ("a value is missing here", "write one, or close the bracket before this"),
    "found character that cannot start any token": ("no text can begin with this character", "put the text in quotes"),
    "did not find expected alphabetic or numeric character": (
        "`*` and `&` have a meaning of their own at the beginning of a text",
        "put the text in quotes",
    ),
    "did not find expected comment or line break": (
        "`>` and `|` have a meaning of their own at the beginning of a text",
        "put the text in quotes, or write it on the lines below",
    ),
    "found unknown escape character": ("a backslash that means nothing", "put the text in single quotes"),
    "block sequence entries are not allowed in this context": (
        "a list item stands where none can",
        "begin the list on a line of its own, below its key",
    ),
    "did not find expected key": ("the indentation does not fit", "line this up with the keys around it"),
    "did not find expected '-' indicator": ("the list ends unexpectedly", "line its `- ` up with the others"),
}
