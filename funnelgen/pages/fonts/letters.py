"""Which letters the pages show, beyond those that every font of a theme has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

BASIC = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\N{NO-BREAK SPACE}£©·×÷é–—‘’“”…€−")
"""What English pages need. The ready-made cut of a shipped font has these and no more."""

_REFERENCE = re.compile(r"&#?\w+;")
_PICTURES = 0x2600  # from here on symbols are pictures, which systems draw in colour


def letters_of(text: str) -> frozenset[str]:
    """Return the letters beyond `BASIC` in a page's HTML or CSS; an accent joins its letter where the two are one.

    Pictures (emoji) and what has no shape are left out: they never come from a theme's font.
    """
    shown = set(text)
    if "&" in shown:
        shown |= set(unescape(" ".join(set(_REFERENCE.findall(text)))))
    if any(unicodedata.combining(letter) for letter in shown - BASIC):
        shown = set(unicodedata.normalize("NFC", text)) | (shown - set(text))
    return frozenset(letter for letter in shown - BASIC if _has_shape(letter))


def both_cases(letters: Iterable[str]) -> frozenset[str]:
    """Return the letters with their capitals and their small ones, for style sheets that change the case."""
    text = "".join(letters)
    return frozenset(text + text.upper() + text.lower()) - BASIC


def is_letter(letter: str) -> bool:
    """Tell whether it is a letter or a mark on one, not a sign."""
    return unicodedata.category(letter)[0] in "LM"


def _has_shape(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category[0] == "C" or unicodedata.name(letter, "").startswith("VARIATION SELECTOR"):
        return False
    return category[0] != "S" or ord(letter) < _PICTURES
