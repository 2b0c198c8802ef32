"""`funnelgen links verify`: does Stripe charge what the pages say?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from funnelgen.cli.links.shared import KEY, account_of, stop, wanted_of
from funnelgen.cli.shared import fail, load_and_check, print_findings, site_argument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from funnelgen.payments.links.wiring import LinkMode, Wire


@click.command(epilog="Example: funnelgen links verify sites/launch-your-course --mode live")
@site_argument
@click.option("--mode", type=click.Choice(["test", "live"]), default="live", show_default=True, help="Which links.")
def verify(site: Path, mode: Literal["test", "live"]) -> None:
    """Compare every payment link of SITE with its button. Exits with 1 where anything differs.

    With a key in STRIPE_API_KEY, which may be one that can only read, Stripe is asked; without one, links are checked
    for what they show by themselves.
    """
    wires = _wires(site, mode)
    problems = [f"`{wire.button}`: {text}" for wire in wires for text in wire.todo]
    from funnelgen.payments import stripe

    links = {wire.button: wire.link for wire in wires if wire.link and wire.provider is stripe}
    asked = bool(links and os.environ.get(KEY))
    if asked:
        problems += _compared(site, mode, links)
    for line in problems:
        click.echo(line)
    count = f"{len(wires)} button{'s' * (len(wires) != 1)}, {len(problems)} problem{'s' * (len(problems) != 1)}"
    how = f"{len(links)} compared with Stripe" if asked else f"not compared with Stripe, since `{KEY}` is not set"
    click.echo(f"{mode}: {count}; {how if links else 'no link at Stripe to compare'}")
    if problems:
        fail()


def _wires(site: Path, mode: LinkMode) -> tuple[Wire, ...]:
    checked, _ = load_and_check(site, "demo")
    if checked.site is None or checked.funnel is None:
        print_findings(checked.diagnostics, checked.sources, site)
        stop("nothing was compared", "mend the site first")
    from funnelgen.payments.links.wiring import wiring

    return wiring(checked.site, checked.funnel, mode)


def _compared(site: Path, mode: LinkMode, links: Mapping[str, str]) -> list[str]:
    """What Stripe says otherwise."""
    want, account = wanted_of(site), account_of(mode)
    from funnelgen.payments.links.account import AccountError
    from funnelgen.payments.links.verify import differences

    try:
        found = account.charged(links.values())
    except AccountError as error:
        stop(f"Stripe says: {error}", "check the key, and try again")
    return [difference.line for difference in differences(want, mode, links, found)]
