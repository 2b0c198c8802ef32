"""`funnelgen links sync`: Stripe becomes what the stack says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from funnelgen.cli.links.shared import account_of, stop, wanted_of
from funnelgen.cli.shared import site_argument

if TYPE_CHECKING:
    from funnelgen.payments.links.plan import Found
    from funnelgen.payments.links.wanted import Wanted


@click.command(epilog="Example: funnelgen links sync sites/launch-your-course --mode test --plan")
@site_argument
@click.option("--mode", type=click.Choice(["test", "live"]), required=True, help="Which links; the key must fit.")
@click.option("--plan", "only_plan", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before live links are made.")
def sync(site: Path, mode: Literal["test", "live"], only_plan: bool, yes: bool) -> None:
    """Make products, prices and links at Stripe as SITE says, and write the links into links.yaml.

    The key is read from STRIPE_API_KEY. A restricted key is enough that may write products, prices and payment links.
    Nothing is touched that funnelgen did not make, and nothing is switched off.
    """
    want = wanted_of(site)
    account = account_of(mode)
    before = _read(site / "links.yaml")
    from funnelgen.payments.links.account import AccountError, links_in
    from funnelgen.payments.links.plan import plan
    from funnelgen.payments.links.wanted import CannotSync
    from funnelgen.payments.links.written import CannotWrite, with_links

    try:
        with_links(before, mode, {})  # before anything is made that could then not be written down
        found = account.find(want)
        changes = plan(want, found)
        _say_plan([change.line for change in changes], mode)
        if only_plan:
            _say_idle(want, found)
            return
        if changes and mode == "live" and not yes:
            click.confirm("make these in live mode, where links charge real money?", abort=True)
        account.make(want, found, changes, lambda line: click.echo(f"done: {line}"))
        found = account.find(want) if changes else found
        _write(site / "links.yaml", before, with_links(before, mode, links_in(want, found)))
        _say_idle(want, found)
    except CannotWrite as error:
        stop(f"{error}", "write links.yaml with one line per link, as in `checkout: https://…` below `test:`")
    except CannotSync as error:
        stop("\nerror: ".join(error.reasons), "nothing was changed")
    except AccountError as error:
        stop(f"Stripe says: {error}", "run the command again: it goes on from where it stopped")


def _say_plan(lines: list[str], mode: str) -> None:
    if not lines:
        click.echo(f"{mode}: Stripe has what the stack says; nothing to do there")
        return
    click.echo(f"{mode}: {len(lines)} change{'s' * (len(lines) > 1)}")
    for line in lines:
        click.secho(f"  {line}", fg="green" if line.startswith("+") else "yellow")


def _say_idle(want: Wanted, found: Found) -> None:
    """Name links of ours that still charge and stand on no page any more."""
    from funnelgen.payments.links.plan import idle_links

    for link in idle_links(want, found):
        click.echo(f"still active, and on no page: {link.url} ({link.button}); switch it off in Stripe")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"`{path}` cannot be read: {error}") from error


def _write(path: Path, before: str, after: str) -> None:
    """Write links.yaml whole or not at all, where it changes."""
    if after == before:
        return
    new = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        new.write_bytes(after.encode())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        stop(f"`{path}` cannot be written: {error.strerror}", "run the command again when it can")
    click.echo(f"wrote {path}")
