"""Does the theme have the drawings that copy asks for?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, misspelt
from funnelgen.checks.texts import Text, items_of, options_of
from funnelgen.diagnostics import Span
from funnelgen.site.writing import Copy, Term

_SLOTS = "themes have {}; a drawing of your own goes into theme/art/{}.svg"


def unknown_drawing(subject: Subject) -> Iterator[Finding]:
    """Copy asks for a drawing that the theme does not have, so that another one stands in its place.

    `art:` names one of the theme's drawings: at the top of a copy file the one above the headline, in a `/// person`
    block the one in place of a photo. Every theme has `calls`, `circle`, `course`, `cover`, `done`, `mark`, `mini`,
    `portrait` and `reset`; a drawing of your own is an SVG in theme/art/, named by its file.

    Fires:

    ```markdown copy/sales.md
    ---
    art: coarse
    ---
    ```

    Mended:

    ```diff copy/sales.md
    - art: coarse
    + art: course
    ```
    """
    drawings = subject.built.drawings if subject.built else ()
    if not drawings:
        return  # a theme without any draws nothing
    for item in items_of(subject.site):
        for name, span in _asked(subject, item):
            if name not in drawings:
                listed = ", ".join(f"`{drawing}`" for drawing in drawings)
                help, fix = misspelt(name, drawings, span, _SLOTS.format(listed, name))
                message = f"the theme has no drawing `{name}`"
                yield found(message, span, help, item.front, fix=fix)


def _asked(subject: Subject, item: Copy | Term) -> Iterator[tuple[str, Span | None]]:
    """The drawings that a file names, and where."""
    if isinstance(item, Copy) and item.front.art:
        yield item.front.art, item.front.places.at("art")
    for block in item.blocks:
        if name := block.options.get("art", "").strip():
            yield (
                name,
                Text(name, options_of(item, block), "", subject.sources, role="art", about=item.front).at(0, len(name)),
            )
