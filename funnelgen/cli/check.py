"""`funnelgen check`: say what is wrong with a site, and write nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.shared import fail, load_and_check, mode_option, print_findings, site_argument

if TYPE_CHECKING:
    from funnelgen.funnel.manifest import Mode


@click.command(epilog="Example: funnelgen check sites/launch-your-course --mode live")
@site_argument
@mode_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="For people or machines."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all is well.")
def check(site: Path, mode: Mode | None, format_: str, quiet: bool) -> None:
    """Check SITE: its files, its funnel, its prices and links. Writes nothing."""
    checked, chosen = load_and_check(site, mode)
    if format_ == "json":
        from funnelgen.diagnostics.json import lines

        click.echo(lines(checked.diagnostics).encode(), nl=False)  # JSON is UTF-8, whatever the terminal
    else:
        print_findings(checked.diagnostics, checked.sources, site)
        if not checked.diagnostics and not quiet:
            click.echo(f"{site} is fine in {chosen} mode: no findings")
    if not checked.can_build:
        fail()
