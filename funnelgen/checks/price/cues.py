"""What the words around an amount tell: is it a price of this stack, or money of another kind?

The words stand in cues.yaml, by language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

_WINDOW = 60  # characters looked at on either side
_WORDS = 6  # a phrase of two words, and four fillers
_WORD = re.compile(r"\w+")
_NEVER = re.compile(r"(?!)")


class Cues(Struct, frozen=True, kw_only=True):
    """The words of one language as patterns."""

    other_before: re.Pattern[str] = _NEVER
    other_after: re.Pattern[str] = _NEVER
    rate_after: re.Pattern[str] = _NEVER
    imagined: re.Pattern[str] = _NEVER
    price_before: re.Pattern[str] = _NEVER
    price_after: re.Pattern[str] = _NEVER

    def is_other(self, text: str, start: int, end: int) -> bool:
        """Whether the amount there is saved, spent, earned or given away: money, but no price."""
        return _beside(self.other_before, self.other_after, text, start, end)

    def is_rate(self, text: str, end: int) -> bool:
        """Whether the amount that ends there is what an hour or a session costs, somewhere."""
        return bool(self.rate_after.match(text[end : end + _WINDOW]))

    def is_price(self, text: str, start: int, end: int) -> bool:
        """Whether the words beside the amount call it a price."""
        return _beside(self.price_before, self.price_after, text, start, end)


def _beside(before: re.Pattern[str], after: re.Pattern[str], text: str, start: int, end: int) -> bool:
    if after.match(text[end : end + _WINDOW]):
        return True
    said = text[max(0, start - _WINDOW) : start]
    words = [word.start() for word in _WORD.finditer(said)]
    return any(before.match(said, place) for place in words[-_WORDS:])


@cache
def cues_of(locale: str) -> Cues:
    """The cues of a locale's language; none where it has no words."""
    lists = _all().get(locale.partition("-")[0])
    if lists is None:
        return Cues()
    other, fillers = _any(lists["other-before"]), _any(lists["fillers"])
    return Cues(
        other_before=_pattern(rf"{other}(?:\s+{fillers}){{0,4}}\s*\Z"),
        other_after=_pattern(rf"[\s-]*(?:[\w-]+\s+)?{_any(lists['other-after'])}"),
        rate_after=_pattern(rf"\s*{_any(lists['rate-after'])}"),
        imagined=_pattern(_any(lists["imagined"])),
        price_before=_pattern(rf"{_any(lists['price-before'])}\s*:?\s*\Z"),
        price_after=_pattern(rf"[\s,]*{_any(lists['price-after'])}"),
    )


@cache
def _all() -> Mapping[str, Mapping[str, list[str]]]:
    import yaml  # an amount beside which it matters is rare

    text = Path(__file__).with_name("cues.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is ten times faster, and not everywhere
    return dict(yaml.load(text, Loader=loader))


def _any(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, none of them within a longer word."""
    return f"(?:{'|'.join(_phrase(phrase) for phrase in sorted(phrases, key=len, reverse=True))})"


def _phrase(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in phrase.split())
    pattern = r"\s+".join(words)
    begins, ends = phrase[0].isalnum(), phrase[-1].isalnum() or phrase[-1] == "*"
    return (r"(?<!\w)" if begins else "") + pattern + (r"(?!\w)" if ends else "")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
