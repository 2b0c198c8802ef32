"""Take rates: how many of those who are asked say yes. Whole numbers of thousandths, so that no figure drifts.

The ranges are rules of thumb from the field, which call themselves estimates; they are never a promise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal

from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean

WHOLE = 1000
"""Everybody, in thousandths."""

Layer = Literal["tripwire", "bump", "oto", "downsell", "cross-sell"]
"""What is asked of a visitor who may say no."""

NOTICE = "illustrative: take rates are rules of thumb, not a promise of income"
"""Stands wherever a figure of the forecast does."""


class Rule(Struct, frozen=True):
    """What is known of the take rate of a layer, in thousandths."""

    rate: int
    low: int
    high: int


RULES: Mapping[Layer, Rule] = {
    # Nothing is known of a tripwire's: it counts once its rate is given.
    "tripwire": Rule(0, 0, 0),
    # The rates of bump and OTO are those of the worked example, 30 % and 8 %; the others stand as low in their range.
    "bump": Rule(300, 150, 400),
    "oto": Rule(80, 80, 200),
    "downsell": Rule(100, 100, 300),  # of those who declined
    "cross-sell": Rule(30, 30, 120),
}
"""What is counted with when nothing else is said, and the range of the rule of thumb."""


class RateError(ValueError):
    """A rate that cannot be counted with; `remedy` says what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def parse_rates(texts: Collection[str], known: Collection[str]) -> dict[str, int]:
    """Rates as they are typed, `oto=12` or `oto=12.5%`, in thousandths by the id of their button.

    `known` are the ids that have a rate. Raises RateError.
    """
    rates: dict[str, int] = {}
    for text in texts:
        id, equals, percent = (part.strip() for part in text.rpartition("="))
        if not equals or not id:
            raise RateError(f"`{text}` is no take rate", "write a button and its percent, as in `oto=12`")
        if id not in known:
            none = "none of its pages asks a question that can be declined"
            raise RateError(f"no take rate belongs to `{id}`", did_you_mean(id, known) if known else none)
        rates[id] = parse_rate(percent)
    return rates


def parse_rate(text: str) -> int:
    """A percentage from 0 to 100 with at most one decimal, in thousandths. Raises RateError."""
    found = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]))?\s*%?", text)
    rate = int(found[1]) * 10 + int(found[2] or 0) if found else -1
    if not 0 <= rate <= WHOLE:
        raise RateError(f"`{text}` is no take rate", "write a percent from 0 to 100, with at most one decimal")
    return rate


def say_rate(thousandths: int) -> str:
    """A rate or share as percent: "30 %", "12.5 %"."""
    whole, tenth = divmod(thousandths, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"
