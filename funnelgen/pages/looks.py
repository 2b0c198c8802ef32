"""What site.yaml says of looks, as one more layer over the theme."""

from __future__ import annotations

from typing import Any

from funnelgen.pages.tokens import Layer
from funnelgen.site import Site


def stated_looks(site: Site) -> Layer | None:
    """Return the settings of site.yaml that a theme.yaml could have as well; None where there are none."""
    config = site.config
    settings: dict[str, Any] = {
        "radius": config.radius,
        "density": config.density,
        "fonts": [
            {"family": it.family, "file": it.file, "weight": it.weight, "style": it.style, "role": it.role}
            for it in config.fonts
        ],
        "light": dict(config.tokens.light),
        "dark": dict(config.tokens.dark),
    }
    said = {key: value for key, value in settings.items() if value}
    return Layer(path=site.folder / "site.yaml", settings=said, colours=("tokens",)) if said else None
