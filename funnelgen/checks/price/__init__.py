"""FG2, price: is there one, is it exact, is it in proportion, and is it written once?"""

from __future__ import annotations

from funnelgen.checks.price import amounts, billing, discounts, ranges, scope, typed
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

RULES = (
    Rule("FG201", "missing-price", E, amounts.missing_price),
    Rule("FG202", "price-on-free", E, amounts.price_on_free),
    Rule("FG203", "bump-price-range", W, ranges.bump_price_range),
    Rule("FG204", "oto-price-range", W, ranges.oto_price_range),
    Rule("FG205", "downsell-price-range", W, ranges.downsell_price_range),
    Rule("FG206", "plan-total", E, amounts.plan_total),
    Rule("FG207", "mixed-billing", E, amounts.mixed_billing),
    Rule("FG208", "typed-amount", W, typed.typed_amount),
    Rule("FG209", "downsell-scope", W, scope.downsell_scope),
    Rule("FG210", "upsell-category", A, scope.upsell_category),
    Rule("FG211", "cross-sell-category", A, scope.cross_sell_category),
    Rule("FG212", "tripwire-price-range", W, ranges.tripwire_price_range),
    Rule("FG213", "tripwire-above-core", W, ranges.tripwire_above_core),
    Rule("FG214", "link-billing", W, billing.link_billing),
    Rule("FG215", "discount-size", E, discounts.discount_size),
    Rule("FG216", "discount-scope", E, discounts.discount_scope),
)
