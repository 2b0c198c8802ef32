"""Fixtures for the pages: a loaded theme, and a renderer for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from funnelgen.pages.render import Renderer
from funnelgen.pages.themes import Theme, load_theme

THEMES = Path(__file__).parents[2] / "themes"
SHIPPED = sorted({path.parent.name for path in THEMES.glob("*/theme.yaml")} - {"base"})
LoadTheme = Callable[..., Theme]


@pytest.fixture(scope="session")
def load() -> LoadTheme:
    """Load a theme with the arguments that a test does not care about filled in."""

    def load(
        name: str = "daybreak",
        *,
        root: Path = THEMES,
        site: Path | None = None,
        brand: str | None = None,
        locale: str = "en-US",
        scheme: str = "auto",
    ) -> Theme:
        return load_theme(name, themes_root=root, site_theme=site, brand=brand, locale=locale, scheme=scheme)

    return load


@pytest.fixture(params=SHIPPED)
def renderer(request: pytest.FixtureRequest, load: LoadTheme) -> Renderer:
    """A renderer for each theme as it is shipped."""
    return Renderer(load(request.param))
