"""Amounts as Stripe counts them, and the digests by which our objects are known."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import msgspec

from funnelgen.money import Money

_WHOLE = set("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())
_THREE = set("BHD JOD KWD OMR TND".split())


def stripe_units(money: Money) -> int:
    """An amount as Stripe counts it: in cents, but for currencies without them and those with thousandths.

    https://docs.stripe.com/currencies: ISK and UGX have no decimals, and are counted with two all the same; so are
    others that CLDR shows without (RSD). The last digit of the currencies with three must be nought.
    """
    return int(money.amount.scaleb(_places(money.currency)))


def has_thousandths(money: Money) -> bool:
    """Whether an amount ends in thousandths, which Stripe does not charge."""
    return money.currency in _THREE and stripe_units(money) % 10 != 0


def say_units(amount: int, currency: str) -> str:
    """An amount of Stripe's in words: "97.00 USD"."""
    return f"{Decimal(amount).scaleb(-_places(currency.upper()))} {currency.upper()}"


def _places(currency: str) -> int:
    return 0 if currency in _WHOLE else 3 if currency in _THREE else 2


def digest(*parts: object) -> str:
    """Sixteen letters that stand for the parts."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]
