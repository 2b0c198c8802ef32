"""Money: an exact amount in one currency, from the text that a creator wrote to the words on a page.

No amount ever passes through a float. Decimals per currency come from CLDR, by way of Babel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from babel import Locale

# CLDR's currency spacing, which Babel leaves out: "KWD 97", not "KWD97".
_BETWEEN = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
# CLDR's minimumGroupingDigits, which Babel leaves out too, where it is not 1: how many digits must stand before the
# first separator. Spanish writes 1297 and 12.970. A locale without an entry has that of the one it inherits from.
_BEFORE_GROUP = {
    "be": 2, "bg": 2, "ee": 3, "es": 2, "es_419": 1, "et": 2, "hu": 2, "hy": 2, "ia": 2, "ie": 2, "it": 2, "ka": 2,
    "lv": 2, "pl": 2, "pt_AO": 1, "pt_PT": 2, "ru_UA": 2, "sl": 2, "sq": 2,
}  # fmt: skip
_LATIN = re.compile("[A-Za-z]")
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,11})(?:\.([0-9]+))?\Z")


class MoneyError(ValueError):
    """A text that is not an amount; `remedy` says what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Money(Struct, frozen=True):
    """An exact, non-negative amount; `amount` always has the currency's own number of decimals."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        if self.amount < other.amount:
            raise ValueError(f"{other} is more than {self}")
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(self.amount * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def minor_units(self) -> int:
        """The amount as payment providers count it: cents, yen, fils."""
        return int(self.amount.scaleb(decimals(self.currency)))

    def percent(self, hundredths: int) -> Money:
        """So many hundredths of it, half a minor unit rounded up."""
        exact = self.amount * hundredths / 100
        return Money(exact.quantize(self.amount, ROUND_HALF_UP), self.currency)

    def share_of(self, whole: Money) -> Decimal | None:
        """This amount as a fraction of `whole` (0.27 of a dollar is 0.27); None of nothing."""
        self._same(whole)
        return self.amount / whole.amount if whole.amount else None

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self} and {other} are not of one currency")


def zero(currency: str) -> Money:
    """No money, in `currency`."""
    return Money(Decimal(0).scaleb(-decimals(currency)), currency)


def parse_money(text: str, currency: str) -> Money:
    """Read an amount as a creator writes it: `97`, `4.50`, `1200`.

    Raises MoneyError for everything else, so that `027`, `1e3`, `1,000` or `$97` cannot become a
    price that nobody meant.
    """
    match = _AMOUNT.match(text)
    said = text if len(text) <= 40 else text[:37] + "…"
    if match is None:
        if re.fullmatch(r"[1-9][0-9]{12,}(\.[0-9]+)?", text):
            raise MoneyError(f"`{said}` is too much", "write an amount below a million million")
        raise MoneyError(f"`{said}` is not an amount", _remedy(text, currency))
    places, given = decimals(currency), len(match[2] or "")
    if given > places:
        few = {0: "no decimals", 1: "one decimal"}.get(places, f"{places} decimals")
        remedy = f"write {few}" if places == 0 else f"write at most {few}"
        if given == 3:
            remedy += f", or `{text.replace('.', '')}` if the point stands between thousands"
        raise MoneyError(f"`{said}` has too many decimals for {currency}", remedy)
    return Money(Decimal(text).quantize(Decimal(1).scaleb(-places)), currency)


def _remedy(text: str, currency: str) -> str:
    plain, meant = "write digits and at most one point", _meant(text)
    return f"{plain}, as in `{meant}`" if meant else f"{plain}; the currency {currency} comes from site.yaml"


def _meant(text: str) -> str | None:
    """The amount that somebody probably meant by "$97", "1,000" or "97,50 €"; None where that would be a guess."""
    bare = re.sub(r"^([A-Z]{2,3})?[^\w.,%]{0,3}|[^\w.,%]{0,3}([A-Z]{3})?$", "", text)
    bare = re.sub(r"(?<=[0-9])[ _'’\u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", bare)
    found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]*)(?:[.,]([0-9]{1,2}))?[.,]?", bare)
    if found is None or not (found[1] or found[2]):
        return None
    whole = re.sub("[.,]", "", found[1]).lstrip("0") or "0"
    amount = f"{whole}.{found[2]}" if found[2] else whole
    return amount if _AMOUNT.match(amount) else None


@cache
def decimals(currency: str) -> int:
    """How many decimals `currency` has: 2 for USD, 0 for JPY, 3 for KWD."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


@cache
def is_currency(code: str) -> bool:
    """Whether `code` is an ISO 4217 currency that CLDR knows."""
    from babel.core import get_global

    return code in get_global("all_currencies")


def format_money(money: Money, locale: str, *, short: bool = False) -> str:
    """The amount in the words of `locale` ("$97.00", "97,00 €").

    `short` drops the decimals of a whole amount, as headings and buttons do ("$97").
    """
    whole = money.amount == money.amount.to_integral_value()
    return _format(money.amount, money.currency, locale, whole=short and whole)


@cache
def _format(amount: Decimal, currency: str, locale: str, *, whole: bool) -> str:
    from babel.numbers import format_currency, get_currency_symbol

    known, grouped = babel_locale(locale), is_grouped(amount, locale)
    if whole:
        pattern = re.sub(r"\.0+", "", str(known.currency_formats["standard"].pattern))
        text = format_currency(
            amount, currency, locale=known, currency_digits=False, format=pattern, group_separator=grouped
        )
    else:
        text = format_currency(amount, currency, locale=known, group_separator=grouped)
    sign = str(get_currency_symbol(currency, locale=known))
    return _BETWEEN.sub("\u00a0", text.replace(sign, _whole(sign, known)))


def format_number(number: int, locale: str) -> str:
    """A number in the words of `locale`: "1,200", "1.200"; in European digits, as amounts and dates are."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=babel_locale(locale), group_separator=is_grouped(number, locale)))


def is_grouped(number: int | Decimal, locale: str) -> bool:
    """Whether `locale` sets thousands apart in a number of that size."""
    from babel.core import get_global

    above: Mapping[str, str] = get_global("parent_exceptions")
    name = str(babel_locale(locale))
    while name and name not in _BEFORE_GROUP:
        name = above.get(name, name.rpartition("_")[0])
    return len(str(int(number))) >= 3 + _BEFORE_GROUP.get(name, 1)


def currency_sign(currency: str, locale: str) -> str:
    """The sign that `locale` uses for `currency`: "$", "€", "CHF"."""
    from babel.numbers import get_currency_symbol

    known = babel_locale(locale)
    return _whole(str(get_currency_symbol(currency, locale=known)), known)


def _whole(sign: str, locale: Locale) -> str:
    """A sign such as "US$": without a mark at its end a line from right to left would show it as "$US"."""
    split = locale.character_order == "right-to-left" and _LATIN.search(sign)
    return sign + "\u200e" if split else sign


@cache
def babel_locale(tag: str) -> Locale:
    """Babel's Locale for a BCP 47 tag such as "en" or "pt-BR"; raises ValueError where it knows none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except UnknownLocaleError as unknown:
        raise ValueError(str(unknown)) from unknown
