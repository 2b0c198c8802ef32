"""Secret keys of payment providers: how they begin, and how a text is shown without them."""

from __future__ import annotations

import re

SHOWN = 8
"""Characters of a key that are shown: enough to tell which it is, none that opens anything."""

_SIGNS = ("sk_", "rk_", "whsec_", "pdl_", "polar_", "sq0")
"""One of these stands in every key."""

SECRET = re.compile(
    r"\b(?:(?:(?:sk|rk)_(?:live|test)|whsec)_[A-Za-z0-9]{8,}"
    r"|pdl_(?:live|sdbx)_apikey_\w{20,}|polar_(?:oat|pat)_\w{20,}|sq0(?:atp|csp)-[\w-]{20,})"
)


def has_sign(text: str) -> bool:
    """Whether a key may stand in a text: quick, and never wrong with no."""
    return any(sign in text for sign in _SIGNS)


def masked(text: str) -> str:
    """A text with the beginning of each key only: what is printed ends in the logs of CI."""
    return SECRET.sub(_mask, text) if has_sign(text) else text


def masked_line(text: str, start: int, end: int) -> tuple[str, int, int]:
    """A line without its keys, and where `start` and `end` then are."""
    if not has_sign(text):
        return text, start, end
    return masked(text), _moved(text, start), _moved(text, end)


def _mask(key: re.Match[str]) -> str:
    return f"{key[0][:SHOWN]}…"


def _moved(text: str, at: int) -> int:
    moved = at
    for key in SECRET.finditer(text):
        kept = key.start() + SHOWN
        if at >= key.end():
            moved -= key.end() - kept - 1
        elif at > kept:
            moved -= at - kept
    return moved
