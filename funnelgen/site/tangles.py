"""Copy in a tangle: brackets by the hundred that nobody closes, lists in lists in lists.

Nobody writes that on purpose, but a paste or a script may. A Markdown renderer looks for the end of every bracket anew,
which takes seconds at some thousands, and enters every list from within the one around it, which ends in a crash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.site.problems import problem

MOST_OPEN = 100  # brackets of a kind in one paragraph; a text in brackets in brackets has three
DEEPEST = 50  # lists within one another

_BRACKET = re.compile(r"[\[\]()]|\n[ \t]*\n")
_MARKER = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
_DEEP = re.compile(rf"^(?:[ \t>]*(?:{_MARKER}){{{DEEPEST}}}|(?: {{4}}|\t){{{DEEPEST}}}[ \t]*{_MARKER})(?=\S)", re.M)
_RULE = re.compile(r" {0,3}(?:[-*] {0,2}){3,}")  # a line across the page, of any length


def tangles(text: str, file: str, first_line: int) -> Iterator[Diagnostic]:
    """What in a text would tie a renderer up. `first_line` is the text's line in the file."""
    at = unclosed(text)
    if at is not None:
        message = f"more than {MOST_OPEN} brackets are open here"
        yield _refused(message, "close them, or put a backslash before each", text, at, file, first_line)
    for found in _DEEP.finditer(text):
        if not _RULE.fullmatch(text[found.start() : _line_end(text, found.start())].rstrip()):
            message, help = f"more than {DEEPEST} lists are inside one another here", "put them side by side"
            yield _refused(message, help, text, found.end() - 1, file, first_line)


def unclosed(text: str) -> int | None:
    """Where a paragraph of the text opens one bracket too many that is not closed, if one does."""
    if text.count("[") <= MOST_OPEN and text.count("(") <= MOST_OPEN:
        return None
    square = round_ = 0
    for found in _BRACKET.finditer(text):
        match found[0]:
            case "[":
                square += 1
            case "]":
                square = max(square - 1, 0)
            case "(":
                round_ += 1
            case ")":
                round_ = max(round_ - 1, 0)
            case _:
                square = round_ = 0
        if max(square, round_) > MOST_OPEN:
            return found.start()
    return None


def _refused(message: str, help: str, text: str, at: int, file: str, first_line: int) -> Diagnostic:
    line, column = first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
    return problem("FG013", message, Span(file, line, column, line, column + 1), help=help)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
