"""`funnelgen map`: the funnel as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.shared import fail, load_and_check, print_findings, rate_option, rates_of, site_argument, site_of

if TYPE_CHECKING:
    from funnelgen.map.view import FunnelMap

FORMATS = {"svg": (".svg",), "html": (".html", ".htm"), "md": (".md", ".markdown")}


@click.command(epilog="Example: funnelgen map sites/launch-your-course -o map.svg")
@site_argument
@click.option("-o", "--out", default="-", metavar="FILE", help="Where to write; `-` is the terminal.  [default: -]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default=None,
    help="A picture, a page, or Mermaid in Markdown.  [default: by the ending of FILE, else md]",
)
@rate_option
def map(site: Path, out: str, format_: str | None, rate: tuple[str, ...]) -> None:
    """Draw the funnel of SITE: its pages, the ways between them, what each button charges, and what was found wrong."""
    chosen = format_ or _format_of(out)
    checked, _ = load_and_check(site, None)
    print_findings(checked.diagnostics, checked.sources, site)
    if checked.funnel is None:
        click.echo("nothing was drawn", err=True)
        fail()
    from funnelgen.map.view import map_of

    drawn = map_of(site_of(checked), checked.funnel, checked.diagnostics, rates_of(checked.funnel, rate))
    _write(_drawn(drawn, chosen), out)
    if not checked.can_build:
        fail()


def _format_of(out: str) -> str:
    """The format by a file's ending; Markdown for the terminal."""
    if out == "-":
        return "md"
    for name, endings in FORMATS.items():
        if out.lower().endswith(endings):
            return name
    raise click.UsageError(f"`{out}` ends in none of .svg, .html and .md; say which it is with --format")


def _drawn(map: FunnelMap, format_: str) -> str:
    if format_ == "svg":
        from funnelgen.map.svg import draw_svg

        return draw_svg(map)
    if format_ == "html":
        from funnelgen.map.page import draw_page

        return draw_page(map)
    from funnelgen.map.mermaid import as_mermaid

    return as_mermaid(map)


def _write(text: str, out: str) -> None:
    if out == "-":
        click.echo(text.encode(), nl=False)  # UTF-8, whatever the terminal
        return
    from funnelgen.output import OutputError, write_own

    try:
        write_own(Path(out), text.encode(), mark=b"funnelgen map")
    except OutputError as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    click.echo(f"drew {out}", err=True)
