"""Slips that YAML's parser notices too late, or calls by another name: looked for in the lines around its error."""

from __future__ import annotations

import re

from msgspec import Struct

UNSEEN = {
    "\u00a0": "a no-break space",
    "\u2007": "a no-break space",
    "\u202f": "a no-break space",
    "\u200b": "a space of no width",
    "\u2060": "a space of no width",
    "\ufeff": "a byte-order mark",
}
"""Characters that come with pasted text, by what they are."""

_ODD = "".join(UNSEEN)
_UNSEEN_INDENT = re.compile(rf"[ ]{{0,100}}([{_ODD}])[ {_ODD}]{{0,100}}(?:- +)?[\w-]+:")
_CRAMPED = re.compile(r"[ ]*(?:- +)*(([A-Za-z][\w-]*):)([^\s/]|[\u00a0\u202f\u2007])")
_LINE = re.compile(r"( *)((?:- +)*)([\w-]+)[ ]*(?::|$)")
_ABOVE = 5  # lines above the error in which the slip may stand


class Slip(Struct, frozen=True, kw_only=True):
    """A slip in the line `row`, from column `start` to `end` (both counted from 0). `old` becomes `new`, if certain.

    Where `character` is set, it is one of UNSEEN in the indentation, and nothing else is to be said.
    """

    row: int
    start: int
    end: int
    message: str = ""
    help: str = ""
    old: str = ""
    new: str = ""
    character: str = ""


def slip_near(rows: list[str], at: int, column: int, what: str) -> Slip | None:
    """The slip that made the parser say `what` at a place of the text `rows`, if it is one of those known here."""
    if at >= len(rows):
        return None
    for row in range(max(0, at - _ABOVE), at + 1):
        if found := _UNSEEN_INDENT.match(rows[row]):
            return Slip(row=row, start=found.start(1), end=found.end(1), character=found[1])
    above = [row for row in range(max(0, at - _ABOVE), at) if _says_something(rows[row])]
    if slip := _quote(rows, at, column):
        return slip
    if what.startswith("could not find expected ':'"):
        return _cramped(rows, at)
    if what.startswith("mapping values are not allowed"):
        first = _LINE.match(rows[at])
        if first is None or first.end() != column + 1:
            return None  # it is a colon further on
        return (_cramped(rows, above[-1]) if above else None) or _indented_wrong(rows, above, at)
    return _outside_its_item(rows, above, at, column) if what in _LIST_ENDS else None


_LIST_ENDS = {"did not find expected '-' indicator", "expected <block end>, but found '?'"}


def _says_something(row: str) -> bool:
    return bool(row.strip()) and not row.lstrip().startswith("#")


def _quote(rows: list[str], at: int, column: int) -> Slip | None:
    """A text in quotes that a quote within it ends."""
    before = rows[at][:column].rstrip(" ")
    sign = before[-1:]
    if sign not in ("'", '"') or sign not in before[:-1] or sign not in rows[at][column:]:
        return None
    end = len(before)
    if sign == "'":
        message, help = "an apostrophe ends the quote here", "put the text in double quotes"
    else:
        message, help = "a quote within the text ends it here", "put the text in single quotes"
    return Slip(row=at, start=end - 1, end=end, message=message, help=help)


def _cramped(rows: list[str], at: int) -> Slip | None:
    """A colon with no space behind it."""
    found = _CRAMPED.match(rows[at])
    if found is None:
        return None
    start, end = found.span(1)
    if found[3] in UNSEEN:
        message = f"{UNSEEN[found[3]]} (U+{ord(found[3]):04X}) stands behind the colon"
        old, new = found[1] + found[3], found[1] + " "
        return Slip(row=at, start=start, end=end + 1, message=message, help="type a space", old=old, new=new)
    help = f"write `{found[1]} {rows[at][end:].strip()[:40]}`"
    message = "the space behind the colon is missing"
    return Slip(row=at, start=start, end=end, message=message, help=help, old=found[1], new=f"{found[1]} ")


def _indented_wrong(rows: list[str], above: list[int], at: int) -> Slip | None:
    """A key to the left of its neighbours, which the parser notices a line later, or one to the right of them."""
    lines = [_LINE.match(rows[row]) for row in (*above[-2:], at)]
    *_, before, here = (None, *lines)
    if before is None or here is None:
        return None
    first = lines[0] if len(lines) == 3 else None
    left, right = len(before[1]), len(here[1])
    # A key at the margin is rather one whose text goes on below, but for one between the items of a list.
    if first and left < right and right in (len(first[1]), first.start(3)) and (left or (first[2] and here[2])):
        help = f"indent it by {first.start(3)} spaces, as the lines around it; or put its text in quotes, if it goes on"
        return _at_key(above[-1], before, f"`{before[3]}` is indented less than the lines around it", help)
    if before[2] and right > before.start(3) and not here[2]:
        help = f"indent it by {before.start(3)} spaces, below `{before[3]}`"
        return _at_key(at, here, f"`{here[3]}` is indented too far", help)
    return None


def _outside_its_item(rows: list[str], above: list[int], at: int, column: int) -> Slip | None:
    """A key that is not indented far enough to belong to the item of a list above it."""
    if found := re.match(r"( *)-([\w-]+)", rows[at]):
        help = f"write `- {found[2]}`"
        message = "the space behind the hyphen is missing"
        return Slip(row=at, start=found.end(1), end=found.end(1) + 1, message=message, help=help, old="-", new="- ")
    here = _LINE.match(rows[at])
    items = (item for row in reversed(above) if (item := _LINE.match(rows[row])) and item[2])
    item = next(items, None)
    if here is None or here[2] or item is None or column != len(here[1]):
        return None
    help = f"indent it by {item.start(3)} spaces, below `{item[3]}`; or begin it with `- `, if it is an item of its own"
    return _at_key(at, here, f"`{here[3]}` is not indented far enough to belong to the item above", help)


def _at_key(row: int, line: re.Match[str], message: str, help: str) -> Slip:
    return Slip(row=row, start=line.start(3), end=line.end(3), message=message, help=help)
