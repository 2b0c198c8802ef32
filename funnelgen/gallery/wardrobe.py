"""Sites in other clothes: the specimens, or a creator's own site, built in any theme, with the creator's colour."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from funnelgen import pipeline
from funnelgen.funnel import compile_funnel
from funnelgen.pages.render import Mark
from funnelgen.pipeline import Output, shipped
from funnelgen.site import Site, load_site

SCHEMES = ("light", "dark")
SPECIMENS = Path(__file__).parent / "specimens"
EXAMPLE = shipped("sites") / "launch-your-course"


def specimens(name: str) -> Site:
    """One of the sites that nobody visits: `pottery`, or `yen`."""
    site = load_site(SPECIMENS / name).site
    assert site is not None  # a test sees to it
    return site


def wearing(site: Site, look: Site | None, *, theme: str, scheme: str) -> Site:
    """`site` in a theme and scheme, with what else `look` says of looks: its brand and its own `theme/`."""
    worn = look.config if look else site.config
    config = replace(
        site.config,
        theme=theme,
        scheme=scheme,
        brand=worn.brand,
        radius=worn.radius,
        density=worn.density,
        fonts=worn.fonts,
        tokens=worn.tokens,
        places=worn.places,  # a mistake in the look is pointed at there
    )
    if look is None or look is site:
        return replace(site, config=config)
    folders = tuple(f"{folder}/" for folder in look.theme_folders)
    own = {path: file for path, file in look.files.items() if path.startswith(folders)}
    return replace(site, config=config, folder=look.folder, files={**site.files, **own})


def built(site: Site, *, cache: Path | None, mark: Mark = lambda name, html: html) -> Output:
    """Build a site in demo mode. Raises pipeline.Failed where its theme is at fault."""
    return pipeline.build(site, compile_funnel(site), "demo", cache=cache, mark=mark)
