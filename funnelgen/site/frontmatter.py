"""The front matter of a copy file: YAML between two lines of three hyphens at the very top."""

from __future__ import annotations

import re

from funnelgen.diagnostics import Diagnostic, Edit, Span
from funnelgen.site import yamltree
from funnelgen.site.problems import problem
from funnelgen.site.writing import FrontMatter, TermFront

_KEYS = {*FrontMatter.__struct_fields__, *TermFront.__struct_fields__} - {"places"}
_OPEN = re.compile(r"---[ \t]*(?:\n|$)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_HYPHENS = re.compile(r"\s*(?:-{2,40}|[\u2010-\u2015\u2212]{1,40}|-[\u2010-\u2015\u2212]{1,40})\s*")
"""What is typed, or what a word processor makes, where three hyphens are meant."""
_KEY = re.compile(r"[ \t]*([a-z_]+):(?=[ \t]|$)")
_NEAR_THE_TOP = 5  # lines that are not empty
_LONGEST = 100  # lines between the two lines of hyphens
_BEGIN = "front matter begins on the first line, with three hyphens alone"


def split_front_matter(text: str, file: str) -> tuple[yamltree.Node | None, str, int, list[Diagnostic]]:
    """Cut a copy file in two.

    Gives the front matter's tree (None where there is none), the body, the line of the file on which the
    body begins, and problems.
    """
    opened = _OPEN.match(text)
    if opened is None:
        return _misplaced(text, file)
    end = _END.search(text, opened.end())
    if end is None:
        help = "end the front matter with a line of three hyphens"
        return None, "", 1, [problem("FG010", "the front matter has no end", Span(file, 1, 1, 1, 4), help=help)]
    head, body = text[opened.end() : end.start()], text[end.end() :].removeprefix("\n")
    tree, problems = yamltree.parse_yaml(head, file, first_line=2)
    return tree, body, head.count("\n") + 3, problems


def _misplaced(text: str, file: str) -> tuple[yamltree.Node | None, str, int, list[Diagnostic]]:
    """Front matter that would be printed as text. It is refused, and read all the same: the rest is looked at."""
    rows = text.split("\n")
    at = _opening(rows)
    if at is None:
        return None, text, 1, []
    row = rows[at]
    span = Span(file, at + 1, 1, at + 1, len(row.rstrip()) + 1)
    fix: tuple[Edit, ...] = ()
    if any(above.strip() for above in rows[:at]):
        help = "move it above the text that stands before it"
    elif at:
        help = "remove the empty lines above it"
    else:
        help, fix = "write `---` here, and nothing else on the line", (Edit(span, row.rstrip(), "---"),)
    refused = problem("FG010", _BEGIN, span, help=help, fix=fix)
    end = _end(rows, at)
    if end is None:
        return None, "", 1, [refused]
    tree, problems = yamltree.parse_yaml("\n".join(rows[at + 1 : end]) + "\n", file, first_line=at + 2)
    return tree, "\n".join(rows[end + 1 :]), end + 2, [refused, *problems]


def _opening(rows: list[str]) -> int | None:
    """The line of hyphens near the top below which a key of front matter stands, if there is one.

    A line across the page is none: where text stands above it, or an empty line below, a second line must end the keys.
    """
    seen = 0
    for at, row in enumerate(rows):
        if not row.strip():
            continue
        if _HYPHENS.fullmatch(row):
            below = at + 1
            while below < len(rows) and (not rows[below].strip() or rows[below].lstrip().startswith("#")):
                below += 1
            key = _KEY.match(rows[below]) if below < len(rows) else None
            if key and key[1] in _KEYS:
                sure = not seen and all(row.strip() for row in rows[at + 1 : below])
                return at if sure or _end(rows, at) is not None else None
        seen += 1
        if seen == _NEAR_THE_TOP:
            return None
    return None


def _end(rows: list[str], at: int) -> int | None:
    near = range(at + 1, min(len(rows), at + _LONGEST))
    return next((end for end in near if _HYPHENS.fullmatch(rows[end]) or rows[end].rstrip() == "..."), None)
