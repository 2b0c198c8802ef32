"""FG5, claims: does the copy promise what nobody can keep, or press where it should say?

How claims are worded stands in words/<language>.yaml, how they are told from honest sentences in `judging`.
"""

from __future__ import annotations

from funnelgen.checks.claims import declines, promises, proof, urgency
from funnelgen.checks.rule import Rule
from funnelgen.diagnostics import Severity

W, A = Severity.WARNING, Severity.ADVICE

RULES = (
    Rule("FG501", "earnings-claim", W, promises.earnings_claim),
    Rule("FG502", "guaranteed-result", W, promises.guaranteed_result),
    Rule("FG503", "false-scarcity", W, urgency.false_scarcity),
    Rule("FG504", "countdown", W, urgency.countdown),
    Rule("FG505", "shaming-decline", W, declines.shaming_decline),
    Rule("FG506", "pressure", A, urgency.pressure),
    Rule("FG507", "health-claim", W, promises.health_claim),
    Rule("FG508", "reference-price", W, proof.reference_price),
    Rule("FG509", "as-seen-in", A, proof.as_seen_in),
    Rule("FG510", "hype", A, proof.hype),
)
