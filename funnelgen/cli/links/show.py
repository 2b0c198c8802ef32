"""`funnelgen links show`: what each button must charge, where buyers come back to, and what is still to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from funnelgen.cli.links.shared import of_modes
from funnelgen.cli.shared import fail, load_and_check, print_findings, site_argument, site_of


@click.command(epilog="Example: funnelgen links show sites/launch-your-course --mode test")
@site_argument
@click.option("--mode", type=click.Choice(["test", "live"]), default=None, help="Only that mode.  [default: both]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="For you, to hand to an assistant, or for a program.",
)
def show(site: Path, mode: str | None, format_: str) -> None:
    """Show the wiring of SITE's buttons: what to charge, where to return, which link is set, what is to do."""
    checked, _ = load_and_check(site, None)
    if checked.site is None or checked.funnel is None:
        print_findings(checked.diagnostics, checked.sources, site)
        click.echo("nothing was wired", err=True)
        fail()
    from funnelgen.payments.links import words
    from funnelgen.payments.links.wiring import MODES, wiring

    width = min(max(shutil.get_terminal_size().columns, 60), 100)
    locale = site_of(checked).config.locale
    modes = [one for one in MODES if mode in (None, one)]
    wires = [wiring(checked.site, checked.funnel, one) for one in modes]
    if format_ == "json":
        click.echo(words.as_json([wire for of_mode in wires for wire in of_mode]), nl=False)
    elif format_ == "markdown":
        click.echo("\n".join(words.as_markdown(of_mode, locale) for of_mode in wires), nl=False)
    else:
        click.echo("\n\n".join(words.as_text(of_mode, locale, width) for of_mode in wires))
    # A link of a button that is none stands in no row.
    broken = [d for d in checked.diagnostics if d.code.startswith("FG0") or d.code == "FG403"]
    broken = of_modes(broken, checked.site, modes)
    if broken:
        print_findings(broken, checked.sources, site)
        fail()
