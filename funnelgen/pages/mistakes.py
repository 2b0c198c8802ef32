"""A theme's mistake as a diagnostic: at its place, if that is in the site, else where site.yaml names the theme."""

from __future__ import annotations

from funnelgen.checks import broken_theme
from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.pages.strings import ThemeError
from funnelgen.site import Site, yamltree

_OTHER_THEME = "try another `theme:` in site.yaml; a theme that comes with funnelgen and fails is a bug worth a report"
_REMOVE = "mend it, or remove the file: then the theme's own is used"
_REMOVE_BELOW = "mend it, or remove the file: then that of the theme below is used"
_MEND = "mend it there; docs/themes.md shows every setting"


def told(site: Site, error: ThemeError) -> tuple[Diagnostic, dict[str, str]]:
    """Return a theme's mistake as a diagnostic, and the text that it points into, if that is a file of the site."""
    own = _own_file(site, error)
    if own is None:
        place = site.config.places.at("theme") or Span("site.yaml")
        return broken_theme(error.message, place, error.help or _OTHER_THEME), {}
    try:
        text = (site.folder / own).read_bytes().decode("utf-8-sig", "replace")
    except OSError:  # which is the mistake
        text = ""
    span = _place(text, own, error) or Span(own, error.line)
    return broken_theme(error.message, span, error.help or _remedy(own)), {own: text}


def _remedy(file: str) -> str:
    """What helps against a mistake in a file of the site, where the mistake itself does not say it."""
    if file.endswith(("theme.yaml", "site.yaml")):
        return _MEND  # without its settings a theme is none
    return _REMOVE if file.startswith("theme/") else _REMOVE_BELOW


def _own_file(site: Site, error: ThemeError) -> str | None:
    """The path in the site of the file at fault; None where that is one of funnelgen's."""
    folder, path = site.folder.resolve(), error.path.resolve() if error.path else None
    return path.relative_to(folder).as_posix() if path and path.is_relative_to(folder) and path.is_file() else None


def _place(text: str, file: str, error: ThemeError) -> Span | None:
    """Where in a YAML file the keys of a mistake lead to, as far as they are there."""
    node = yamltree.parse_yaml(text, file)[0] if error.at else None
    span = None
    for number, step in enumerate(error.at):
        key, node = _below(node, step)
        last = number == len(error.at) - 1
        found = key if last and error.on_key and key else node.span if node else None
        if found is None:
            break
        span = found
    return span


def _below(node: yamltree.Node | None, step: str | int) -> tuple[Span | None, yamltree.Node | None]:
    if isinstance(node, yamltree.Mapping):
        return next(((key.span, value) for key, value in node.pairs if key.text == step), (None, None))
    if isinstance(node, yamltree.Sequence) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    return None, None
