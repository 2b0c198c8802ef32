"""`funnelgen theme gallery`: every page of a site in every theme, as miniatures on one page."""

from __future__ import annotations

import time
from pathlib import Path

import click

from funnelgen.cli.shared import cache_folder, fail, load_and_check, print_findings, site_of
from funnelgen.cli.theme.viewing import (
    broken,
    refuse_occupied,
    site_folder,
    tell,
    themes,
    viewing_options,
    write,
)


@click.command(epilog="Example: funnelgen theme gallery sites/launch-your-course --open")
@viewing_options("theme-gallery")
def gallery(site: Path | None, out: Path, open_: bool, quiet: bool) -> None:
    """Show the pages of SITE in every theme, light and dark, as miniatures that open: to choose a theme by looking.

    SITE is by default the current folder; where that is no site, the example that comes with funnelgen is shown.
    """
    from funnelgen import pipeline
    from funnelgen.cli.build import Progress
    from funnelgen.gallery.gallery import gallery as made
    from funnelgen.gallery.wardrobe import EXAMPLE

    started = time.perf_counter()
    folder = site_folder(site)
    refuse_occupied(out, folder)
    checked, _ = load_and_check(folder or EXAMPLE, "demo")
    if not checked.can_build:
        print_findings([d for d in checked.diagnostics if d.is_error], checked.sources, folder or EXAMPLE)
        click.echo("nothing was made", err=True)
        fail()
    try:
        with Progress(quiet=quiet) as progress:
            shown = made(site_of(checked), themes(), cache=cache_folder(), progress=progress.show)
    except pipeline.Failed as failed:
        broken(failed, checked.sources, folder)
    page = write(shown.files, out)
    for name, error in shown.failed.items():
        print_findings([error.diagnostic], {**checked.sources, **error.sources}, folder or EXAMPLE)
        click.echo(f"the gallery leaves out {name}", err=True)
    number = len(themes()) - len(shown.failed)
    looks = "1 theme" if number == 1 else f"{number} themes"
    seconds = time.perf_counter() - started
    said = f"made {out}: {len(shown.rows)} pages in {looks}, light and dark, in {seconds:.1f} s"
    tell(said, page, open_=open_, quiet=quiet)
