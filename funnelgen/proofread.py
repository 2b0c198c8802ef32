"""What `funnelgen check` says of a theme of the site's own, and of looks in site.yaml, without making a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from funnelgen.checks import check_colours
from funnelgen.diagnostics import Diagnostic, Severity, in_order
from funnelgen.pipeline import Checked, Failed, low_contrasts, theme_of
from funnelgen.site import Site

if TYPE_CHECKING:
    from funnelgen.pages.strings import ThemeError
    from funnelgen.pages.themes import Theme


def proofread(checked: Checked) -> Checked:
    """Return the check with what is wrong in the theme. A site that brings nothing of one pays nothing."""
    site, funnel = checked.site, checked.funnel
    if site is None or funnel is None or not (site.theme_files("") or _states_looks(site)):
        return checked
    from funnelgen.pages.mistakes import told

    if any(d.code == "FG601" for d in checked.diagnostics):
        return checked  # there is no such theme
    try:
        theme = theme_of(site)
    except Failed as failed:
        return _with(checked, [(failed.diagnostic, failed.sources)])
    low = check_colours(site, funnel, tuple(low_contrasts(theme)), mode="demo", sources=checked.sources)
    wrong, idle = _found(theme)
    less = ((structs.replace(d, severity=Severity.WARNING), text) for d, text in (told(site, it) for it in idle))
    return _with(checked, [*(told(site, fault) for fault in wrong), *((d, {}) for d in low), *less])


def _found(theme: Theme) -> tuple[list[ThemeError], list[ThemeError]]:
    """What is wrong in the theme's own files, and which of them nothing asks for.

    A file that cannot be read ends the reading of all: names may be given, and files asked for, in that one.
    """
    from funnelgen.pages.proof import faults, unasked
    from funnelgen.pages.strings import ThemeError

    wrong: list[ThemeError] = []
    try:
        for fault in faults(theme):
            wrong.append(fault)
        return wrong, list(unasked(theme))
    except ThemeError as error:
        return [*wrong, error], []


def _with(checked: Checked, found: Sequence[tuple[Diagnostic, Mapping[str, str]]]) -> Checked:
    diagnostics = in_order([*checked.diagnostics, *(diagnostic for diagnostic, _ in found)])
    sources = {**checked.sources, **{file: text for _, texts in found for file, text in texts.items()}}
    return structs.replace(checked, diagnostics=tuple(diagnostics), sources=sources)


def _states_looks(site: Site) -> bool:
    config = site.config
    return bool(config.tokens or config.fonts or config.brand)
