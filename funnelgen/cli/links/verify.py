"""`funnelgen links verify`: does Stripe charge what the pages say?"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from funnelgen.cli.links.shared import KEY, account_of, idle_data, of_modes, say_idle, stop, wanted_of
from funnelgen.cli.shared import fail, load_and_check, print_findings, site_argument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from funnelgen.diagnostics import Diagnostic
    from funnelgen.payments.links.found import FoundLink
    from funnelgen.payments.links.verify import Difference
    from funnelgen.payments.links.wiring import Wire
    from funnelgen.site.links import LinkMode

_SHOWN = {"FG403", "FG415", "FG416"}
"""Rules about links that see what a button's wiring does not: a button that is none, another code."""


@click.command(epilog="Example: funnelgen links verify sites/launch-your-course --mode live")
@site_argument
@click.option("--mode", type=click.Choice(["test", "live"]), default="live", show_default=True, help="Which links.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="For you or a program.")
def verify(site: Path, mode: Literal["test", "live"], format_: str) -> None:
    """Compare every payment link of SITE with its button. Exits with 1 where anything differs.

    With a key in STRIPE_API_KEY, which may be a restricted one that has Products, Prices and Payment Links with Read
    (for a `discount:` Coupons and Promotion Codes as well), Stripe is asked; without one, links are checked for what
    they show by themselves.
    """
    wires, seen = _wires(site, mode)
    from funnelgen.payments import stripe
    from funnelgen.payments.links.wiring import all_to_do

    by_hand = [wire.button for wire in wires if wire.by_hand]
    links = {wire.button: wire.link for wire in wires if wire.link and wire.provider is stripe}
    compared = [id for id in links if id not in by_hand]
    asked = bool(links and os.environ.get(KEY))
    found, idle = _compared(site, mode, links, by_hand) if asked else ((), ())
    to_do = [f"{', '.join(f'`{id}`' for id in ids)}: {text}" for text, ids in all_to_do(wires).items()]
    problems = to_do + [f"under `{mode}:`, {finding.message}" for finding in seen] + [one.line for one in found]
    if format_ == "json":
        click.echo(_as_json(mode, wires, seen, found, idle, compared if asked else []))
    else:
        for line in problems:
            click.echo(line)
        say_idle(idle, f"`funnelgen links sync --mode {mode} --deactivate` switches them off")
        count = f"{len(wires)} button{'s' * (len(wires) != 1)}, {len(problems)} problem{'s' * (len(problems) != 1)}"
        how = (
            f"{len(compared)} compared with Stripe" if asked else f"not compared with Stripe, since `{KEY}` is not set"
        )
        click.echo(f"{mode}: {count}; {how if links else 'no link at Stripe to compare'}")
    if problems:
        fail()


def _wires(site: Path, mode: LinkMode) -> tuple[tuple[Wire, ...], list[Diagnostic]]:
    """The buttons, and what else is wrong with the links of that mode as they stand in the file."""
    checked, _ = load_and_check(site, mode)
    if checked.site is None or checked.funnel is None:
        print_findings(checked.diagnostics, checked.sources, site)
        stop("nothing was compared", "mend the site first")
    from funnelgen.payments.links.wiring import wiring

    seen = [d for d in checked.diagnostics if d.code in _SHOWN]
    return wiring(checked.site, checked.funnel, mode), of_modes(seen, checked.site, [mode])


def _compared(
    site: Path, mode: LinkMode, links: Mapping[str, str], by_hand: Sequence[str]
) -> tuple[tuple[Difference, ...], tuple[FoundLink, ...]]:
    """What Stripe says otherwise; and links of ours that charge, and that no page has."""
    (_, want), account = wanted_of(site, by_hand), account_of(mode)
    from funnelgen.payments.links.account import AccountError
    from funnelgen.payments.links.verify import code_differences, differences, forgotten

    try:
        found, codes = account.links(), account.codes(want)
    except AccountError as error:
        stop(f"{error}", error.help)
    told = (*differences(want, mode, links, found), *code_differences(want, codes))
    return told, forgotten(want, links, found)


def _as_json(
    mode: LinkMode,
    wires: Sequence[Wire],
    seen: Sequence[Diagnostic],
    found: Sequence[Difference],
    idle: Sequence[FoundLink],
    compared: Sequence[str],
) -> str:
    import msgspec

    data = {
        "mode": mode,
        "buttons": [wire.button for wire in wires],
        "compared": compared,
        "to_do": {wire.button: wire.todo for wire in wires if wire.todo},
        "findings": [{"code": d.code, "message": d.message} for d in seen],
        "differences": [{"button": d.button, "what": d.what, "site": d.here, "stripe": d.there} for d in found],
        "idle": idle_data(idle),
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()
