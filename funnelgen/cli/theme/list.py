"""`funnelgen theme list`: the themes there are."""

from __future__ import annotations

import click


@click.command(epilog="Example: funnelgen theme list")
def list() -> None:
    """List the themes: what to write in site.yaml, the colour that each is built on, and how it looks."""
    from funnelgen.pages.themes import listed
    from funnelgen.pipeline import shipped

    themes = listed(shipped("themes"))
    longest = max(len(one.id) for one in themes)
    for one in themes:
        click.echo(f"{click.style(f'{one.id:<{longest}}', bold=True)}  {one.brand}  {one.about}")
