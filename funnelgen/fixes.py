"""Mending what a finding can mend for certain: its edits, laid into the files as they are written.

Nothing but the words of an edit changes: comments, layout, line ends and a byte order mark stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

from msgspec import Struct

from funnelgen.diagnostics import Diagnostic, Edit


class Mended(Struct, frozen=True, kw_only=True):
    """A file of the site with its text before and after, as it stands on disk."""

    path: Path
    name: str  # relative to the site's folder
    before: str
    after: str

    def diff(self) -> list[str]:
        """The change as lines of a unified diff."""
        old, new = (text.splitlines() for text in (self.before, self.after))
        return list(unified_diff(old, new, self.name, self.name, lineterm="", n=1))


def mend(folder: Path, diagnostics: Iterable[Diagnostic]) -> list[Mended]:
    """What the files of the site in `folder` become with every fix that still fits.

    A fix is laid in whole or not at all. Of two fixes for one place the first counts; whoever checks again finds
    the second, if it still stands. Raises OSError where a file has gone.
    """
    pages: dict[str, _Lines] = {}
    for diagnostic in diagnostics:
        for name in {edit.span.file for edit in diagnostic.fix} - pages.keys():
            pages[name] = _Lines((folder / name).read_bytes().decode("utf-8", "surrogateescape"))
        places = [(pages[edit.span.file], pages[edit.span.file].find(edit), edit.new) for edit in diagnostic.fix]
        sure = [(page, place, new) for page, place, new in places if place is not None]
        if len(sure) == len(places):
            for page, place, new in sure:
                page.edits[place] = new
    return [
        Mended(path=folder / name, name=name, before=page.text, after=page.edited())
        for name, page in sorted(pages.items())
        if page.edits
    ]


_Place = tuple[int, int, int]
"""A line, from 0, and where in it the words to replace begin and end."""


class _Lines:
    """The text of a file by lines, with the edits that were accepted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.edits: dict[_Place, str] = {}
        # Lines that end in a bare carriage return are counted by the reader, but cannot be told apart here.
        self.odd = "\r" in text.replace("\r\n", "\n")

    def find(self, edit: Edit) -> _Place | None:
        """Where the words of an edit stand, if that is sure and no other edit has been there."""
        span, number = edit.span, edit.span.line - 1
        if self.odd or span.end_line != span.line or number >= len(self.lines):
            return None
        mark = 1 if number == 0 and self.text.startswith("\ufeff") else 0
        begin, end = span.column - 1 + mark, span.end_column - 1 + mark
        inside = self.lines[number][begin:end]
        if not edit.old or inside.count(edit.old) != 1:
            return None
        at = begin + inside.index(edit.old)
        place = (number, at, at + len(edit.old))
        taken = any(n == number and a < place[2] and at < b for n, a, b in self.edits)
        return None if taken else place

    def edited(self) -> str:
        """The text with its edits."""
        lines = list(self.lines)
        for (number, begin, end), new in sorted(self.edits.items(), reverse=True):
            lines[number] = lines[number][:begin] + new + lines[number][end:]
        return "\n".join(lines)
