"""What is wrong with a site beyond its spelling: every rule, and the run over all of them.

A new rule is a function in a module of its family, one line in the family's list, and its cases in tests/cases.
"""

from __future__ import annotations

from collections.abc import Mapping

from funnelgen.checks import allow, claims, copy, law, output, payment, price, structure
from funnelgen.checks.output import BROKEN_THEME, broken_theme, no_theme, unreadable
from funnelgen.checks.rule import Built, Contrast, Framed, Rule, Subject
from funnelgen.checks.texts import KeptTexts
from funnelgen.diagnostics import Diagnostic, Severity
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import Mode, make_manifest
from funnelgen.site.models import Site

_ALLOW = (
    Rule("FG120", "wrong-allow", Severity.ERROR, allow.wrong_allow),
    Rule("FG121", "idle-allow", Severity.WARNING, allow.idle_allow),
)
_FAMILIES = (*structure.RULES, *price.RULES, *copy.RULES, *payment.RULES, *output.RULES, *claims.RULES, *law.RULES)

RULES: tuple[Rule, ...] = (*_FAMILIES, *_ALLOW)
"""Every rule, in the order in which they run: those about `allow:` see what it silenced."""


def check_site(
    site: Site,
    funnel: Funnel,
    *,
    mode: Mode,
    sources: Mapping[str, str],
    broken: bool = False,
    kept: KeptTexts | None = None,
    only_errors: bool = False,
) -> list[Diagnostic]:
    """What every rule finds in a site, but for what an `allow:` silences.

    `sources` are the texts of the site's files by name; `broken` says that reading them found errors already. `kept` is
    what an earlier check of the same site left for this one; the findings are the same without it. With `only_errors`
    no rule runs that would not stop a build.
    """
    subject = Subject(site, funnel, mode=mode, sources=sources, rules=RULES, kept=kept)
    subject.broken = broken
    rules = (rule for rule in RULES if not rule.of_output and not (only_errors and rule.can_be_allowed))
    return [found for rule in rules for found in rule.run(subject)]


def check_output(
    site: Site, funnel: Funnel, built: Built, *, mode: Mode, sources: Mapping[str, str]
) -> list[Diagnostic]:
    """What the rules about built pages find in an output, but for what an `allow:` silences."""
    subject = Subject(site, funnel, mode=mode, sources=sources, rules=RULES, built=built)
    return [found for rule in RULES if rule.of_output or rule in _ALLOW[1:] for found in rule.run(subject)]


def check_colours(
    site: Site, funnel: Funnel, contrasts: tuple[Contrast, ...], *, mode: Mode, sources: Mapping[str, str]
) -> list[Diagnostic]:
    """What `low-contrast` finds in the theme's own measure, before there is a page."""
    manifest = make_manifest(site, funnel, mode=mode, links={}, pages=())
    built = Built(files={}, manifest=manifest, low_contrasts=contrasts)
    subject = Subject(site, funnel, mode=mode, sources=sources, rules=RULES, built=built)
    return [found for rule in RULES if rule.name == "low-contrast" for found in rule.run(subject)]


__all__ = [
    "BROKEN_THEME",
    "RULES",
    "Built",
    "Contrast",
    "Framed",
    "KeptTexts",
    "Rule",
    "broken_theme",
    "check_colours",
    "check_output",
    "check_site",
    "no_theme",
    "unreadable",
]
