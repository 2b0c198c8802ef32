"""A theme that makes no page. It is found in the theme's files or while pages are made, so no function looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from funnelgen.diagnostics import Diagnostic, Edit, Kind, Severity, Span
from funnelgen.diagnostics.suggest import misspelt
from funnelgen.site.models import Site

BROKEN_THEME = Kind(
    code="FG601",
    name="broken-theme",
    severity=Severity.ERROR,
    doc="""\
A template, a setting or a string of the theme is wrong, so that a page cannot be made.

`funnelgen check` finds it where the file itself shows it, a build where only the page does; nothing is written then,
and the last good build stays. The same is said of a theme that does not
exist, and of a template that left out what every buyer must see (the price, its terms, the button, the way to say no),
since a page without those would lose or mislead somebody. Where one of the site's own files in theme/ is at fault, the
place is that file.

Fires:

```html theme/templates/sections/guarantee.html
<p>{{ page.garantee.html }}</p>
```

Mended:

```diff theme/templates/sections/guarantee.html
- <p>{{ page.garantee.html }}</p>
+ {% if page.guarantee %}<p>{{ page.guarantee.html }}</p>{% endif %}
```
""",
)


def broken_theme(message: str, span: Span | None, help: str, fix: tuple[Edit, ...] = ()) -> Diagnostic:
    """Return a finding about a theme."""
    return Diagnostic(
        code=BROKEN_THEME.code,
        name=BROKEN_THEME.name,
        severity=BROKEN_THEME.severity,
        message=message,
        span=span,
        help=help,
        fix=fix,
    )


def no_theme(site: Site, themes: Path) -> Iterator[Diagnostic]:
    """Yield what a build would refuse, said without one: the theme that site.yaml names is not there."""
    name, own = site.config.theme, site.config.own_theme
    if (site.folder / own if own else themes / name).joinpath("theme.yaml").is_file():
        return
    known = [path.parent.name for path in themes.glob("*/theme.yaml") if path.parent.name != "base"]
    known += [f"./{path.parent.name}" for path in site.folder.glob("*/theme.yaml") if path.parent.name != "theme"]
    place = site.config.places.at("theme")
    help, fix = misspelt(name, known, place)
    yield broken_theme(f"there is no theme `{name}`" + (f": no file {own}/theme.yaml" if own else ""), place, help, fix)
