"""Fonts as they were built: do they have the letters of the pages, and how heavy are they?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Span

HEAVIEST = 60_000  # bytes of all fonts together
_FONTS = (".woff2", ".woff", ".ttf", ".otf")
_SHOWN = 5  # letters in a message


def letters_without_font(subject: Subject) -> Iterator[Finding]:
    """The pages show letters that a font of the theme does not have.

    They appear in a font of the visitor's system, which looks different from system to system, and different from the
    words around them. Nothing is lost, so this is advice: a site in Cyrillic or Greek looks whole where all of its
    letters come from the system, and a single foreign name does no harm. A build cuts each font down to the letters
    that a site shows, so a font that has them costs no more than those.

    Fires:

    ```markdown copy/sales.md
    Добро пожаловать.
    ```

    Mended:

    ```markdown copy/sales.md
    Welcome.
    ```
    """
    assert subject.built is not None
    families = subject.built.lacking
    if not families:
        return
    letters = sorted(set("".join(families.values())))
    names = " and ".join(f"`{name}`" for name in families)
    verb = "has" if len(families) == 1 else "have"
    listed = ", ".join(letters[:_SHOWN])
    more = f" and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
    what = "no shape for a letter" if len(letters) == 1 else f"no shapes for {len(letters)} letters"
    help = "they appear in a font of the visitor's system; theme/theme.yaml can name a font that has them under `fonts`"
    yield found(f"{names} {verb} {what} of the pages: {listed}{more}", _place(subject), help, subject.site.config)


def font_weight_budget(subject: Subject) -> Iterator[Finding]:
    """All fonts of the site together weigh more than their budget: 60 KB.

    Words are shown in a font of the system until the theme's own has come. Over a slow phone connection (1.6 Mbit/s)
    60 KB take a third of a second; after much more than that the change is seen, and read twice. The themes that come
    with funnelgen stay below it in English; many accented letters in several cuts, or a font of your own, may not.
    The limit is a rule of thumb.

    Fires:

    ```yaml theme/theme.yaml
    fonts: [own.woff2]
    ```

    ```css theme/site.css
    @font-face { font-family: Own; src: url(fonts/own.woff2) }
    ```

    ```size theme/fonts/own.woff2
    90000 bytes
    ```

    Mended:

    ```size theme/fonts/own.woff2
    30000 bytes
    ```
    """
    assert subject.built is not None
    weights = {path: len(data) for path, data in subject.built.files.items() if path.endswith(_FONTS)}
    if (total := sum(weights.values())) <= HEAVIEST:
        return
    heaviest = max(weights, key=lambda path: weights[path])
    shown = f"`{PurePosixPath(heaviest).name.split('.')[0]}` ({weights[heaviest] / 1000:.1f} KB)"
    parts = f", most of it {shown}" if len(weights) > 1 else ""
    message = f"the fonts weigh {total / 1000:.1f} KB{parts}, their budget is {HEAVIEST // 1000} KB"
    help = (
        "use fewer cuts or weights, or another `theme:`; `fonts` in theme/theme.yaml cuts a font down to your letters"
    )
    yield found(message, _place(subject), help, subject.site.config)


def _place(subject: Subject) -> Span:
    """`fonts:` of site.yaml, else the theme.yaml of the site's own that is there, else where the theme is named."""
    places = subject.site.config.places
    own = None if places.has("fonts") else next(iter(subject.site.theme_files("/theme.yaml")), None)
    return Span(own) if own else places.at("fonts" if places.has("fonts") else "theme") or Span("site.yaml")
