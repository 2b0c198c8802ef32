"""How a forecast is printed: as a table for people, as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from funnelgen.measure.forecast import Chance, Forecast, Layer, Reckoning, rounded
from funnelgen.measure.rates import NOTICE, WHOLE, say_rate
from funnelgen.money import Money, decimals, format_money

SHOWN_PATHS = 16
"""Paths in the table; JSON has more."""


def amount(minor: int, currency: str) -> Money:
    """Minor units as money."""
    return Money(Decimal(minor).scaleb(-decimals(currency)), currency)


def say_amount(minor: int | None, currency: str, locale: str) -> str:
    """Minor units in the words of `locale`, with a minus where they are fewer than none; a dash where there is none."""
    if minor is None:
        return "–"
    text = format_money(amount(abs(minor), currency), locale)
    return f"−{text}" if minor < 0 else text


def say_share(share: Fraction) -> str:
    """A share in percent with one decimal at most: "9.2 %"."""
    return say_rate(rounded(share * WHOLE)) if share == 0 or share * WHOLE >= 1 else "under 0.1 %"


def as_text(forecast: Forecast, locale: str) -> str:
    """The table, what it comes to, and the paths."""
    currency = forecast.plan.currency

    def say(minor: int | None) -> str:
        return say_amount(minor, currency, locale)

    rows = [
        ("", "", "take rate", "revenue", "AOV"),
        *((_sign(x) + x.name, _layer(x), _rate(x), say(x.revenue), say(x.aov)) for x in forecast.layers),
    ]
    expected, low, high = forecast.expected, forecast.low, forecast.high
    totals = [("AOV", say(expected.aov), f"at low take rates {say(low.aov)}, at high ones {say(high.aov)}")]
    if forecast.plan.knows_costs:
        about = "an order, after delivery; refunds, payment fees and tax are not in it"
        totals.append(("margin", say(expected.margin), about))
    lines = [*_table(rows, "llrrr"), "", *_table(totals, "lrl")]
    if forecast.plan.costless and forecast.plan.knows_costs:
        lines.append(f"  no `cost:` is known of {', '.join(forecast.plan.costless)}, so their delivery counts as free")
    elif forecast.plan.costless:
        lines.append("  margin is shown once offers have a `cost:`")
    if forecast.plan.closed:
        lines.append(f"  counted as on sale, which it is not today: {', '.join(forecast.plan.closed)}")
    lines += [
        f"  the tripwire {q.offer} counts once its take rate is given: --rate {q.id}=5"
        for q in forecast.plan.questions
        if q.layer == "tripwire" and not q.rate
    ]
    return "\n".join([*lines, "", *_paths(forecast, locale), "", f"  {NOTICE}"])


def _paths(forecast: Forecast, locale: str) -> Iterator[str]:
    shown = forecast.paths[:SHOWN_PATHS]
    rows = [(say_share(c.share), format_money(c.today, locale), _said(c)) for c in shown]
    yield f"  paths: {forecast.path_count}, with the share of visitors and what is charged on the day"
    yield from _table(rows, "rrl")
    if len(shown) < forecast.path_count:
        yield f"  and {forecast.path_count - len(shown)} more"


def _said(chance: Chance) -> str:
    return ", ".join(chance.path.buttons) or "nothing bought"


def _sign(layer: Layer) -> str:
    return "+ " if layer.question else ""


def _layer(layer: Layer) -> str:
    return layer.question.id if layer.question else "everybody"


def _rate(layer: Layer) -> str:
    return "" if layer.rate is None else say_rate(layer.rate)


def _table(rows: Sequence[tuple[str, ...]], sides: str) -> list[str]:
    """Columns, to the left or to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(sides))] if rows else []
    lines = []
    for row in rows:
        cells = [t.rjust(w) if side == "r" else t.ljust(w) for t, w, side in zip(row, widths, sides, strict=True)]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return lines


def as_json(forecasts: Sequence[Forecast], currency: str) -> bytes:
    """The same for machines: amounts as decimal text, rates and shares as fractions of one."""
    stacks = [_stack(forecast) for forecast in forecasts]
    data = {"illustrative": True, "notice": NOTICE, "currency": currency, "stacks": stacks}
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def _stack(forecast: Forecast) -> Mapping[str, Any]:
    currency = forecast.plan.currency

    def exact(minor: int | None) -> str | None:
        return None if minor is None else str(amount(abs(minor), currency).amount.copy_sign(minor))

    def ends(reckoning: Reckoning) -> Mapping[str, Any]:
        return {"aov": exact(reckoning.aov), "margin": exact(reckoning.margin)}

    return {
        "entry": forecast.plan.entry,
        "layers": [
            {
                "button": layer.question.id if layer.question else None,
                "layer": layer.question.layer if layer.question else None,
                "offer": layer.name,
                "rate": None if layer.rate is None else layer.rate / WHOLE,
                "revenue_per_100": exact(layer.revenue),
                "aov": exact(layer.aov),
            }
            for layer in forecast.layers
        ],
        "expected": ends(forecast.expected),
        "low": ends(forecast.low),
        "high": ends(forecast.high),
        "without_cost": list(forecast.plan.costless),
        "not_on_sale": list(forecast.plan.closed),
        "path_count": forecast.path_count,
        "paths": [
            {"buttons": c.path.buttons, "share": float(c.share), "today": str(c.today.amount)} for c in forecast.paths
        ],
    }
