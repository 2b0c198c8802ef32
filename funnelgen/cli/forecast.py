"""`funnelgen forecast`: what an order is worth if so many say yes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.shared import fail, load_and_check, print_findings, rate_option, rates_of, site_argument, site_of

if TYPE_CHECKING:
    from funnelgen.funnel import Funnel
    from funnelgen.measure.forecast import Forecast


@click.command(epilog="Example: funnelgen forecast sites/launch-your-course --rate oto=12")
@site_argument
@rate_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="For people or machines."
)
def forecast(site: Path, rate: tuple[str, ...], format_: str) -> None:
    """Forecast what an order of SITE is worth, layer by layer. Every figure is illustrative."""
    checked, _ = load_and_check(site, None)
    if not checked.can_build or checked.funnel is None:
        print_findings(checked.diagnostics, checked.sources, site)
        click.echo("nothing was forecast", err=True)
        fail()
    from funnelgen.measure import tables

    funnel, locale = checked.funnel, site_of(checked).config.locale
    made = _forecasts(funnel, rate)
    if format_ == "json":
        click.echo(tables.as_json(made, funnel.currency), nl=False)
        return
    for number, one in enumerate(made):
        name = funnel.nodes[one.plan.entry].stack or site_of(checked).config.name
        head = click.style(f"{name}: of 100 who go on to the end", fg="green", bold=True)
        click.echo(f"{chr(10) if number else ''}{head}\n\n{tables.as_text(one, locale)}")


def _forecasts(funnel: Funnel, texts: tuple[str, ...]) -> list[Forecast]:
    """The forecast of each stack."""
    from funnelgen.measure.forecast import forecast as forecast_of
    from funnelgen.measure.plan import plan_of

    rates = rates_of(funnel, texts)
    plans = [plan_of(funnel, entry, rates) for entry in funnel.entries]
    return [forecast_of(funnel, plan) for plan in plans if plan]
