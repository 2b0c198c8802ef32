"""What `funnelgen check` says of a theme of the site's own, and of looks in site.yaml, without making a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from funnelgen.checks import check_colours
from funnelgen.diagnostics import Diagnostic, Severity, in_order
from funnelgen.pipeline import Checked, Failed, low_contrasts, theme_of
from funnelgen.site import Site


def proofread(checked: Checked) -> Checked:
    """Return the check with what is wrong in the theme. A site that brings nothing of one pays nothing."""
    site, funnel = checked.site, checked.funnel
    if site is None or funnel is None or not (site.theme_files("") or _states_looks(site)):
        return checked
    from funnelgen.pages.mistakes import told
    from funnelgen.pages.proof import faults, unasked

    if any(d.code == "FG601" for d in checked.diagnostics):
        return checked  # there is no such theme
    try:
        theme = theme_of(site)
    except Failed as failed:
        return _with(checked, [(failed.diagnostic, failed.sources)])
    low = check_colours(site, funnel, tuple(low_contrasts(theme)), mode="demo", sources=checked.sources)
    idle = (
        (structs.replace(d, severity=Severity.WARNING), text) for d, text in (told(site, it) for it in unasked(theme))
    )
    return _with(checked, [*(told(site, fault) for fault in faults(theme)), *((d, {}) for d in low), *idle])


def _with(checked: Checked, found: Sequence[tuple[Diagnostic, Mapping[str, str]]]) -> Checked:
    diagnostics = in_order([*checked.diagnostics, *(diagnostic for diagnostic, _ in found)])
    sources = {**checked.sources, **{file: text for _, texts in found for file, text in texts.items()}}
    return structs.replace(checked, diagnostics=tuple(diagnostics), sources=sources)


def _states_looks(site: Site) -> bool:
    config = site.config
    return bool(config.tokens or config.fonts or config.brand)
