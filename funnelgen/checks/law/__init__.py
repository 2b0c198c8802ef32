"""FG520 to FG559, law: do the pages show what the law of each market wants shown, and hide what it wants hidden?

Each rule names the law that it is about. None of it is legal advice.
"""

from __future__ import annotations

from funnelgen.checks.law import billing, consent, identity, orders, reductions, sensitive, withdrawal
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

RULES = (
    Rule("FG520", "missing-seller", W, identity.missing_seller),
    Rule("FG521", "missing-legal-page", W, identity.missing_legal_page),
    Rule("FG522", "recurring-terms", W, billing.recurring_terms),
    Rule("FG523", "trial-terms", W, billing.trial_terms),
    Rule("FG524", "missing-cancel", W, billing.missing_cancel),
    Rule("FG525", "no-market", A, identity.no_market),
    Rule("FG526", "licence-notice", A, orders.licence_notice),
    Rule("FG527", "silent-form", W, consent.silent_form),
    Rule("FG530", "unnamed-seller", E, identity.unnamed_seller),
    Rule("FG531", "order-button", W, orders.order_button),
    Rule("FG532", "tax-added", W, orders.tax_added),
    Rule("FG533", "missing-withdrawal", W, withdrawal.missing_withdrawal),
    Rule("FG534", "refund-below-law", W, withdrawal.refund_below_law),
    Rule("FG535", "withdrawal-information", W, withdrawal.withdrawal_information),
    Rule("FG536", "missing-imprint", W, identity.missing_imprint),
    Rule("FG537", "missing-vat", A, identity.missing_vat),
    Rule("FG538", "missing-phone", A, identity.missing_phone),
    Rule("FG539", "bundled-consent", W, consent.bundled_consent),
    Rule("FG540", "lowest-price", W, reductions.lowest_price),
    Rule("FG550", "health-pixel", W, sensitive.health_pixel),
    Rule("FG551", "telling-address", W, sensitive.telling_address),
    Rule("FG552", "unsaid-niche", A, sensitive.unsaid_niche),
)
