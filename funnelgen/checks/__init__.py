"""What is wrong with a site beyond its spelling: every rule, and the run over all of them.

A new rule is a function in its family's module, one line here, and its cases in tests/cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from funnelgen.checks import copy, payment, price, structure
from funnelgen.checks.rule import Allowing, Finding, Rule, Subject, allowing
from funnelgen.diagnostics import Diagnostic, Severity
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import Mode
from funnelgen.site.models import Site

E, W, A = Severity.ERROR, Severity.WARNING, Severity.ADVICE

RULES: tuple[Rule, ...] = (
    Rule("FG101", "unknown-offer", E, structure.unknown_offer),
    Rule("FG102", "unknown-step", E, structure.unknown_step),
    Rule("FG103", "duplicate-id", E, structure.duplicate_id),
    Rule("FG104", "duplicate-address", E, structure.duplicate_address),
    Rule("FG105", "unreachable-step", E, structure.unreachable_step),
    Rule("FG106", "cycle", E, structure.cycle),
    Rule("FG107", "dead-end", E, structure.dead_end),
    Rule("FG108", "undelivered", E, structure.undelivered),
    Rule("FG109", "stray-downsell", E, structure.stray_downsell),
    Rule("FG110", "downsell-after-downsell", E, structure.downsell_after_downsell),
    Rule("FG111", "early-cross-sell", E, structure.early_cross_sell),
    Rule("FG112", "several-cross-sells", E, structure.several_cross_sells),
    Rule("FG113", "many-bumps", E, structure.many_bumps),
    Rule("FG114", "many-decisions", A, structure.many_decisions),
    Rule("FG115", "stray-copy", W, structure.stray_copy),
    Rule("FG116", "missing-copy", W, structure.missing_copy),
    Rule("FG117", "no-audience", W, structure.no_audience),
    Rule("FG118", "no-steps", E, structure.no_steps),
    Rule("FG119", "nowhere-to-start", W, structure.nowhere_to_start),
    Rule("FG201", "missing-price", E, price.missing_price),
    Rule("FG202", "price-on-free", E, price.price_on_free),
    Rule("FG203", "bump-price-range", W, price.bump_price_range),
    Rule("FG204", "oto-price-range", W, price.oto_price_range),
    Rule("FG205", "downsell-price-range", W, price.downsell_price_range),
    Rule("FG206", "plan-total", E, price.plan_total),
    Rule("FG207", "mixed-billing", E, price.mixed_billing),
    Rule("FG301", "unknown-word", E, copy.unknown_word),
    Rule("FG302", "broken-link", E, copy.broken_link),
    Rule("FG303", "unsafe-link", E, copy.unsafe_link),
    Rule("FG304", "raw-html", E, copy.raw_html),
    Rule("FG305", "missing-file", E, copy.missing_file),
    Rule("FG306", "unknown-page", E, copy.unknown_page),
    Rule("FG307", "unknown-term", E, copy.unknown_term),
    Rule("FG308", "undefined-term", E, copy.undefined_term),
    Rule("FG309", "shared-term", E, copy.shared_term),
    Rule("FG401", "missing-site-url", E, payment.missing_site_url),
    Rule("FG402", "missing-link", E, payment.missing_link),
    Rule("FG403", "unknown-button", E, payment.unknown_button),
    Rule("FG404", "insecure-link", E, payment.insecure_link),
    Rule("FG405", "test-link-live", E, payment.test_link_live),
    Rule("FG406", "live-link-test", E, payment.live_link_test),
    Rule("FG407", "unknown-host", E, payment.unknown_host),
    Rule("FG408", "same-link", E, payment.same_link),
    Rule("FG409", "published-secret", E, payment.published_secret),
)


def check_site(
    site: Site, funnel: Funnel, *, mode: Mode, sources: Mapping[str, str], rules: Iterable[Rule] = RULES
) -> list[Diagnostic]:
    """Every finding of every rule, those that an `allow:` silences left out.

    `sources` are the texts of the site's files by name. Findings come in the order of the rules.
    """
    subject = Subject(site, funnel, mode, sources)
    used: set[tuple[int, str]] = set()
    out = []
    for rule in rules:
        for finding in rule.check(subject):
            if not _is_allowed(rule, finding, used):
                out.append(_diagnostic(rule, finding))
    return [*out, *_wrong_allows(site, used)]


def _diagnostic(rule: Rule, finding: Finding) -> Diagnostic:
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        message=finding.message,
        span=finding.span,
        help=finding.help,
        notes=finding.notes,
    )


def _is_allowed(rule: Rule, finding: Finding, used: set[tuple[int, str]]) -> bool:
    if rule.severity is E:
        return False
    allowing = [model for model in finding.about if rule.name in model.allow]
    used.update((id(model), rule.name) for model in allowing)
    return bool(allowing)


def _wrong_allows(site: Site, used: set[tuple[int, str]]) -> Iterable[Diagnostic]:
    """An `allow:` that names no rule, an error, or a warning that is not there."""
    rules = {rule.name: rule for rule in RULES}
    for model in allowing(site):
        for name in model.allow:
            if (id(model), name) in used:
                continue
            rule = rules.get(name)
            warnings = [r.name for r in RULES if r.severity is not E]
            if rule is None:
                message, help = f"no rule is called `{name}`", did_you_mean(name, warnings)
            elif rule.severity is E:
                message, help = f"`{name}` is an error, which cannot be allowed", "mend what it finds"
            else:
                message, help = f"`{name}` finds nothing here", "remove it, so that it cannot hide something later"
            severity = E if rule is None or rule.severity is E else W
            code, rule_name = ("FG120", "wrong-allow") if severity is E else ("FG121", "idle-allow")
            span = model.places.key(f"allow.{name}")
            yield Diagnostic(code=code, name=rule_name, severity=severity, message=message, span=span, help=help)


__all__ = ["RULES", "Allowing", "Finding", "Rule", "Subject", "check_site"]
