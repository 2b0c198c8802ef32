"""`funnelgen theme preview`: every section of a theme in every state, on one page."""

from __future__ import annotations

import time
from pathlib import Path

import click

from funnelgen.cli.shared import cache_folder
from funnelgen.cli.theme.viewing import (
    broken,
    refuse_occupied,
    site_folder,
    tell,
    themes,
    viewing_options,
    whole_site,
    write,
)


@click.command(epilog="Example: funnelgen theme preview sites/launch-your-course --theme upbeat --open")
@viewing_options("theme-preview")
@click.option("--theme", "name", default=None, help="Which theme.  [default: the site's]")
def preview(site: Path | None, name: str | None, out: Path, open_: bool, quiet: bool) -> None:
    """Show every section in every state, light and dark, on a phone and a desktop: a page to design a theme with.

    They wear the theme, the brand colour and the theme/ folder of SITE, by default the current folder; where that is no
    site, the theme as it comes.
    """
    from funnelgen import pipeline
    from funnelgen.cli.build import Progress
    from funnelgen.diagnostics.suggest import did_you_mean
    from funnelgen.gallery.preview import preview as made
    from funnelgen.site.models import Config

    started = time.perf_counter()
    known = [theme.id for theme in themes()]
    if name is not None and name not in known:
        raise click.UsageError(f"there is no theme `{name}`; {did_you_mean(name, known)}")
    folder = site_folder(site)
    look, sources = whole_site(folder) if folder else (None, {})
    refuse_occupied(out, folder)
    theme = name or (look.config.theme if look else Config(name="").theme)
    try:
        with Progress(quiet=quiet) as progress:
            files = made(look, theme, cache=cache_folder(), progress=progress.show)
    except pipeline.Failed as failed:
        broken(failed, sources, folder)
    page = write(files, out)
    said = f"made {out}: every section of {theme} in every state, in {time.perf_counter() - started:.1f} s"
    tell(said, page, open_=open_, quiet=quiet)
