"""Amounts of money as people type them in running text: "$97", "97 USD", "1.200 €", "97,00 euros"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

from msgspec import Struct

from funnelgen.money import babel_locale, currency_sign, decimals, is_currency

_SPACE = "[ \u00a0\u202f]"
_LETTER = "0-9A-Za-z_\u00c0-\u1fff"  # of scripts that put spaces between words
_DASH = "[-–\u2014]"
# At most fifteen characters, digits at both ends; a space only between thousands.
_NUMBER = rf"\d(?:[\d.,'’]|{_SPACE}(?=\d{{3}}(?!\d))){{0,14}}(?<=\d)"
_NOUN = re.compile("doll|dól|dolar|euro|yen|fran|peso|real|reais|rand|rup|kro|złot|lira")
"""What tells the noun of a currency's name from the country beside it. Pounds are left out: they are a weight, too."""

_LARGER = re.compile(
    rf"{_SPACE}?-?(?:k|m|grand|hundred|thousand|[mb]illion|tausend|tsd|mio|mrd|mil|mille|mill?ones|millions|milhões)\b",
    re.IGNORECASE,
)
_OTHER_CURRENCY = re.compile(rf"{_SPACE}?([A-Z]{{3}})\b")
_TO = re.compile(rf"(?:{_SPACE}?{_DASH}{_SPACE}?|{_SPACE}(?:to|bis|à|a|até|hasta|tot){_SPACE})")
_DASHED = re.compile(rf"{_DASH}\d|{_SPACE}(?:to|bis|à|até|hasta){_SPACE}\d")
_DASHED_BEFORE = re.compile(rf"\d(?:{_DASH}|{_SPACE}(?:to|bis|à|até|hasta){_SPACE})\Z")


class Typed(Struct, frozen=True, kw_only=True):
    """An amount in a text: where it begins, as it is written, and how much it is."""

    start: int
    text: str
    amount: Decimal

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class Notation(Struct, frozen=True, kw_only=True):
    """How one currency is written in one locale. A text without one of the `marks` has no amount in it."""

    currency: str
    locale: str
    point: str  # between units and cents
    marks: tuple[str, ...]
    pattern: re.Pattern[str]

    def amounts(self, text: str) -> list[Typed]:
        """Every amount in the text, but for ranges ("$9 to $97"), multiples ("$10k") and other currencies."""
        if not any(mark in text for mark in self.marks):
            return []
        found = list(self._found(text))
        ranges = {
            side.start
            for one, other in pairwise(found)
            if _TO.fullmatch(text, one.end, other.start)
            for side in (one, other)
        }
        return [typed for typed in found if typed.start not in ranges and not self._is_other(text, typed)]

    def _found(self, text: str) -> Iterator[Typed]:
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            if any(mark in line for mark in self.marks):
                for match in self.pattern.finditer(text, start, end):
                    amount = read_number(match["front"] or match["back"], self.point, decimals(self.currency))
                    if amount:  # nothing is a price of nothing
                        yield Typed(start=match.start(), text=match[0], amount=amount)
            start = end + 1

    def _is_other(self, text: str, typed: Typed) -> bool:
        """Whether it is a multiple, the end of a range, or of another currency."""
        code = _OTHER_CURRENCY.match(text, typed.end)
        if code and code[1] != self.currency and is_currency(code[1]):
            return True
        before = text[max(0, typed.start - 12) : typed.start]
        return bool(_LARGER.match(text, typed.end) or _DASHED.match(text, typed.end) or _DASHED_BEFORE.search(before))


@cache
def notation(currency: str, locale: str) -> Notation:
    """The notation of a currency in a locale: its signs, its code, and its name as that language says it."""
    words = _signs(currency, locale) | {currency} | _names(currency, locale)
    front = "|".join(re.escape(word) for word in _longest_first(_signs(currency, locale) | {currency}))
    back = "|".join(_bounded(word) for word in _longest_first(words))
    pattern = re.compile(
        rf"\\?(?<![{_LETTER}$€£¥])(?:{front}){_SPACE}?(?P<front>{_NUMBER})(?:[.,]{_DASH}{{1,2}})?(?![\w%]|[.,]\d)"
        rf"|(?<![{_LETTER}$€£¥])(?<!\d[.,])(?P<back>{_NUMBER})(?:[.,]{_DASH}{{1,2}})?(?:{_SPACE}|-)?(?:{back})"
    )
    point = str(babel_locale(locale).number_symbols.get("latn", {}).get("decimal", "."))
    return Notation(currency=currency, locale=locale, point=point, marks=tuple(sorted(words)), pattern=pattern)


def read_number(text: str, point: str, places: int) -> Decimal | None:
    """The amount that a number stands for, whichever sign is between thousands; None where nobody could tell.

    `point` is the locale's decimal sign, which decides where three digits may be either; `places` are the decimals
    that the currency has.
    """
    bare = re.sub(r"[ \u00a0\u202f'’]", "", text)
    parts = re.split("[.,]", bare)
    marks = re.sub(r"\d", "", bare)
    if not marks:
        return Decimal(bare)
    last, grouped = parts[-1], all(len(part) == 3 for part in parts[1:])
    if grouped and len(set(marks)) == 1 and not (places == 3 and len(marks) == 1 and marks == point):
        return Decimal("".join(parts))
    if len(last) > places or len(last) not in (1, 2, places) or marks[-1] in marks[:-1]:
        return None
    if any(len(part) != 3 for part in parts[1:-1]):
        return None
    return Decimal(f"{''.join(parts[:-1])}.{last}")


def _signs(currency: str, locale: str) -> set[str]:
    """What stands for the currency: the locale's sign, the bare one, and the one with a country before it."""
    usual = {currency_sign(currency, tag).strip("\u200f\u200e ") for tag in (locale, "en")}
    bare = {re.sub(r"[A-Za-z.]", "", sign) for sign in usual} - {""}
    return (usual | bare | {currency[:2] + sign for sign in bare if sign == "$"}) - {currency}


def _names(currency: str, locale: str) -> set[str]:
    """The currency's name in the language, in every number, and its noun alone ("dollars", "euro")."""
    from babel.numbers import get_currency_name

    known = babel_locale(locale)
    names = {str(get_currency_name(currency, count=count, locale=known)) for count in (1, 2, 5)}
    nouns = {word for name in names for word in re.split(r"[\s-]", name) if _NOUN.match(word.lower())}
    return {form for word in names | nouns for form in (word, word.lower(), word.capitalize())}


def _longest_first(words: set[str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _bounded(word: str) -> str:
    """The word as a pattern; one that ends in a letter ends there, where the script has spaces between words."""
    spaced = word[-1].isalpha() and ord(word[-1]) < 0x3000
    return re.escape(word) + (r"(?!\w)" if spaced else r"(?!\d)")
