"""Headings: does the copy keep their order?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text, items_of

_HEADING = re.compile(
    r"^(?:(?P<marks>#{1,6})(?!#).*"
    r"|(?:\A|(?<=\n\n))(?![#>|\-*+ \t]|\d+[.)])\S[^\n]*\n(?P<rule>=+|-+)[ ]*)$",
    re.MULTILINE,
)
_UNTITLED = frozenset({"prose", "testimonial"})
"""Blocks without a heading of their own; a note has one if it has a title."""


def heading_order(subject: Subject) -> Iterator[Finding]:
    """A heading skips a level, or is a second main heading of its page.

    People who cannot see a page move through it by its headings, as through a table of contents. A level that is left
    out reads as if a chapter were missing, and a second main heading as if another page began. The page's own headline
    is its main heading and a block's title is of the second level, so copy begins with `##`, and `###` stands below it.

    A line that begins with `#` is a heading even without a space behind the sign: write `\\#1` for a number.

    Fires:

    ```markdown copy/sales.md
    # What the course is

    Six weeks of evenings.

    ### The first week
    ```

    Mended:

    ```markdown copy/sales.md
    ## What the course is

    Six weeks of evenings.

    ### The first week
    ```
    """
    bodies = {(text.span.file, text.span.line): text for text in subject.bodies if text.span and text.role != "subhead"}
    for item in items_of(subject.site):
        level = 1
        for block in item.blocks:
            if block.name not in _UNTITLED and (block.title or block.name != "note"):
                level = 2
            text = bodies.get((item.file, block.body_line)) if block.body else None
            for start, length, depth in _kept_headings(text) if text else ():
                place = text.at(start, length) if text else None
                if depth == 1:
                    help = "begin it with `##`, or write `\\#` if it is no heading"
                    yield found("a main heading, which the page has already", place, help, item.front)
                elif depth > level + 1:
                    help = f"begin it with `{'#' * (level + 1)}`"
                    yield found(f"a heading of level {depth} below one of level {level}", place, help, item.front)
                level = max(depth, 2)


def _kept_headings(text: Text) -> tuple[tuple[int, int, int], ...]:
    return text.once(_headings, lambda: tuple(_headings(text)))


def _headings(text: Text) -> Iterator[tuple[int, int, int]]:
    """Every heading of a body: where it begins, how long its line is, its level. The questions of an FAQ are none."""
    for match in _HEADING.finditer(text.prose):
        depth = len(match["marks"]) if match["marks"] else 1 if match["rule"][0] == "=" else 2
        if text.role == "faq" and depth == 3:
            continue
        yield match.start(), len(match[0].partition("\n")[0]), depth
