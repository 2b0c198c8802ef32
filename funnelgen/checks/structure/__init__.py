"""FG1, structure: does every visitor arrive, and does every buyer get what was paid for?"""

from __future__ import annotations

from funnelgen.checks.rule import Rule
from funnelgen.checks.structure import (
    addresses,
    catalogue,
    copies,
    decisions,
    order,
    paths,
    references,
    translations,
    twice,
)
from funnelgen.diagnostics import Severity

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

RULES = (
    Rule("FG101", "unknown-offer", E, references.unknown_offer),
    Rule("FG102", "unknown-step", E, references.unknown_step),
    Rule("FG103", "duplicate-id", E, references.duplicate_id),
    Rule("FG104", "duplicate-address", E, addresses.duplicate_address),
    Rule("FG105", "unreachable-step", E, paths.unreachable_step),
    Rule("FG106", "cycle", E, paths.cycle),
    Rule("FG107", "dead-end", E, paths.dead_end),
    Rule("FG108", "undelivered", E, paths.undelivered),
    Rule("FG109", "stray-downsell", E, order.stray_downsell),
    Rule("FG110", "downsell-after-downsell", E, order.downsell_after_downsell),
    Rule("FG111", "early-cross-sell", E, order.early_cross_sell),
    Rule("FG112", "several-cross-sells", E, decisions.several_cross_sells),
    Rule("FG113", "many-bumps", E, decisions.many_bumps),
    Rule("FG114", "many-decisions", A, decisions.many_decisions),
    Rule("FG115", "stray-copy", W, copies.stray_copy),
    Rule("FG116", "missing-copy", W, copies.missing_copy),
    Rule("FG117", "no-audience", W, catalogue.no_audience),
    Rule("FG118", "no-steps", E, references.no_steps),
    Rule("FG119", "nowhere-to-start", W, addresses.nowhere_to_start),
    Rule("FG122", "unused-offer", A, catalogue.unused_offer),
    Rule("FG123", "undeliverable", W, catalogue.undeliverable),
    Rule("FG124", "offered-twice", W, twice.offered_twice),
    Rule("FG125", "other-checkout", W, paths.other_checkout),
    Rule("FG126", "early-oto", W, order.early_oto),
    Rule("FG127", "early-recurring", A, order.early_recurring),
    Rule("FG128", "early-thanks", E, order.early_thanks),
    Rule("FG129", "wrong-translation", E, translations.wrong_translation),
    Rule("FG130", "uneven-translation", A, translations.uneven_translation),
    Rule("FG131", "foreign-legal", W, translations.foreign_legal),
)
