"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?P<mark>[.!?…]{1,3})(?P<close>[\"'”’»)\]*_]{0,4})(?=\s|\Z)"
    r"|[。！？]"  # noqa: RUF001 - sentences of scripts without spaces end so
    r"|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>#|]|\d{1,3}[.)])[ \t])"
)
_LAST_WORD = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){0,2}[^\W\d_]+\Z")
_NEXT = re.compile(r"\s+[\"'“‘„«(\[*_]{0,4}(\S)")

_AROUND = 300

_SHORT = frozenset(
    "e.g i.e vs etc approx dr mr mrs ms prof st no vol fig min max incl excl est jr sr inc ltd co dept ext a.m p.m u.s "
    "u.k z.b d.h u.a bzw ca usw ggf inkl exkl zzgl evtl nr str tel p.ej ej sra av env c.-à-d p.ex ex art pág".split()
)
"""Words that end in a full stop and not in a sentence, where the next word does not begin with a capital either."""

_TITLES = frozenset("dr mr mrs ms prof st vs e.g i.e z.b d.h p.ej approx ca nr no".split())
"""Those of them that a capital may follow."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, each as its beginning and its end, without the space around it.

    "3.5", "1:1", "e.g." and "Dr. Reed" end none; an empty line, a list item and a heading do.
    """
    start = 0
    for end in _END.finditer(text):
        if end["mark"] and not _ends(text, end):
            continue
        yield from _trimmed(text, start, end.end())
        start = end.end()
    yield from _trimmed(text, start, len(text))


def sentence_at(text: str, place: int) -> str:
    """The sentence in which a place of the text lies, as far as 300 characters around it show."""
    begin = max(0, place - _AROUND)
    near = text[begin : place + _AROUND]
    return next((near[start:end] for start, end in sentences(near) if place - begin < end), "")


def _ends(text: str, mark: re.Match[str]) -> bool:
    following = _NEXT.match(text, mark.end())
    if following is None:
        return True
    capital = not following[1].islower()
    if mark["mark"] != ".":
        return capital  # "Really? no", she says
    word = _LAST_WORD.search(text, max(0, mark.start() - 24), mark.start())
    last = re.sub(r"\s", "", word[0]).lower() if word else ""
    if last in _TITLES or len(last) == 1:
        return False  # "Dr. Reed", "J. Reed"
    return capital or (last not in _SHORT and not text[mark.start() - 1 : mark.start()].isdigit())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(sign.isalnum() for sign in text[start:end]):
        yield start, end
