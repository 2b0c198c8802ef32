"""FG2, price: is there one, is it exact, and is it in proportion?"""

from __future__ import annotations

from funnelgen.checks.price import amounts, ranges
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

E, W = Severity.ERROR, Severity.WARNING

RULES = (
    Rule("FG201", "missing-price", E, amounts.missing_price),
    Rule("FG202", "price-on-free", E, amounts.price_on_free),
    Rule("FG203", "bump-price-range", W, ranges.bump_price_range),
    Rule("FG204", "oto-price-range", W, ranges.oto_price_range),
    Rule("FG205", "downsell-price-range", W, ranges.downsell_price_range),
    Rule("FG206", "plan-total", E, amounts.plan_total),
    Rule("FG207", "mixed-billing", E, amounts.mixed_billing),
)
