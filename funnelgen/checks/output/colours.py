"""Can what stands on the pages be read?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Contrast, Finding, Subject, found
from funnelgen.diagnostics import Span
from funnelgen.site import yamltree

_SCHEMES = (("light", "light"), ("dark", "light"), ("dark", "dark"))
"""Each scheme with a group of colours that counts in it."""


def low_contrast(subject: Subject) -> Iterator[Finding]:
    """Two colours that stand on one another are too near: text, or the edge of a button, is hard to see.

    WCAG 2.2 (1.4.3 and 1.4.11, level AA) asks for 4.5:1 between text and its ground and 3:1 for what a control is
    recognised by. Eyes tire and age, phones are read in the sun, and laws on accessibility refer to this standard
    (funnelgen gives no legal advice). Colours that are derived from `brand:` always pass; a colour that you state
    yourself, under `tokens:` in site.yaml or in a theme.yaml, may not.

    Fires:

    ```yaml theme/theme.yaml
    light: {ink-2: "#b0b0b0"}
    ```

    Mended:

    ```diff theme/theme.yaml
    - light: {ink-2: "#b0b0b0"}
    + light: {ink-2: "#595959"}
    ```
    """
    assert subject.built is not None
    stated = _stated(subject) if subject.built.low_contrasts else {}
    worst: dict[tuple[str, Span | None], Contrast] = {}
    for pair in subject.built.low_contrasts:
        own = stated.get((pair.scheme, pair.text)) or stated.get((pair.scheme, pair.ground))
        key = (pair.text, own or subject.site.config.places.at("brand"))
        if key not in worst or pair.ratio / pair.wanted < worst[key].ratio / worst[key].wanted:
            worst[key] = pair
    for (name, span), pair in worst.items():
        colours = f"`{name}` ({pair.colours[0]}) on `{pair.ground}` ({pair.colours[1]})"
        message = (
            f"{colours} has a contrast of {pair.ratio:.1f}:1 in the {pair.scheme} scheme, {pair.wanted:g}:1 is needed"
        )
        yield found(message, span, f"the nearest `{name}` that passes there is `{pair.nearest}`", subject.site.config)


def _stated(subject: Subject) -> dict[tuple[str, str], Span]:
    """Where the site itself states a colour, by scheme and name. A light one counts in the dark as well."""
    out: dict[tuple[str, str], Span] = {}
    for path in reversed(subject.site.theme_files("/theme.yaml")):
        tree = yamltree.parse_yaml(subject.site.files[path].read().decode("utf-8", "replace"), path)[0]
        for scheme, group in _SCHEMES:
            colours = tree.get(group) if isinstance(tree, yamltree.Mapping) else None
            if isinstance(colours, yamltree.Mapping):
                out |= {(scheme, key.text): value.span for key, value in colours.pairs}
    tokens = subject.site.config.tokens
    for scheme, group in _SCHEMES:
        places = {name: tokens.places.at(f"{group}.{name}") for name in getattr(tokens, group)}
        out |= {(scheme, name): span for name, span in places.items() if span}
    return out
