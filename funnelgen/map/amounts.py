"""How amounts are written, as plain words that the map's script can follow: it has no Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from funnelgen.money import Money, decimals, format_money


def money_words(currency: str, locale: str) -> Mapping[str, Any]:
    """How amounts are written: what stands before and after, separators, the sizes of groups from the right."""
    places = decimals(currency)
    sample = format_money(Money(Decimal("1234567890123").scaleb(-places), currency), locale)
    found = re.fullmatch(r"(\D*)([\d\D]*\d)(\D*)", sample)
    before, core, after = found.groups() if found else ("", sample, "")
    whole, point = (core[: -places - 1], core[-places - 1]) if places else (core, "")
    parts = re.split(r"\D+", whole)
    group = re.findall(r"\D+", whole)
    first = len(parts[-1]) if len(parts) > 1 else 99
    thousand = Money(Decimal(1234).quantize(Decimal(1).scaleb(-places)), currency)
    grouped = re.search(r"\D", _whole(thousand, locale, len(before), len(after), places))
    return {
        "decimals": places,
        "before": before,
        "after": after,
        "point": point,
        "group": group[0] if group else "",
        "first": first,
        "others": len(parts[-2]) if len(parts) > 2 else first,
        "least": 4 if grouped else 5,
    }


def _whole(money: Money, locale: str, before: int, after: int, places: int) -> str:
    """The digits before the point of a formatted amount, with what groups them."""
    text = format_money(money, locale)
    core = text[before : len(text) - after]
    return core[: -places - 1] if places else core
