"""`funnelgen links sync`: Stripe becomes what the stack says."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from funnelgen.cli.shared import fail, load_and_check, print_findings, site_argument

if TYPE_CHECKING:
    from funnelgen.payments.links.account import Account
    from funnelgen.payments.links.plan import Found
    from funnelgen.payments.links.wanted import Wanted

KEY = "STRIPE_API_KEY"


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
    want = _wanted(site)
    account = _account(mode)
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
        _stop(f"{error}", "write links.yaml with one line per link, as in `checkout: https://…` below `test:`")
    except CannotSync as error:
        _stop("\nerror: ".join(error.reasons), "nothing was changed")
    except AccountError as error:
        _stop(f"Stripe says: {error}", "run the command again: it goes on from where it stopped")


def _wanted(site: Path) -> Wanted:
    """What Stripe must have for the site; leaves with findings where the site itself is in the way."""
    checked, _ = load_and_check(site, "demo")
    # What is wrong with the links there are is what this command mends.
    errors = [d for d in checked.diagnostics if d.is_error and (d.code == "FG409" or not d.code.startswith("FG4"))]
    if checked.site is None or checked.funnel is None or errors:
        print_findings(errors, checked.sources, site)
        _stop("nothing was changed", "mend the site first")
    from funnelgen.payments.links.wanted import CannotSync, wanted

    try:
        return wanted(checked.site, checked.funnel)
    except CannotSync as error:
        _stop("\nerror: ".join(error.reasons), "nothing was changed")


def _account(mode: str) -> Account:
    """The account that the key opens; a key that is missing, or of the other mode, is wrong usage."""
    key = os.environ.get(KEY, "").strip()
    if not key:
        raise click.UsageError(f"`{KEY}` is not set; take a key from Stripe, Developers, API keys")
    kind = re.match(r"(?:sk|rk)_(live|test)_\w+\Z", key)
    if kind is None:
        raise click.UsageError(
            f"`{KEY}` holds no secret or restricted key, which begins with `sk_{mode}_` or `rk_{mode}_`"
        )
    if kind[1] != mode:
        raise click.UsageError(f"`{KEY}` holds a {kind[1]} key, and `--mode {mode}` needs a {mode} key")
    try:
        from funnelgen.payments.links.account import Account
    except ImportError as error:
        raise click.ClickException("`links sync` needs stripe: pip install 'funnelgen[stripe]'") from error
    return Account(key)


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
        _stop(f"`{path}` cannot be written: {error.strerror}", "run the command again when it can")
    click.echo(f"wrote {path}")


def _stop(message: str, help: str) -> NoReturn:
    click.echo(f"error: {message}\nhelp: {help}", err=True)
    fail()
    raise AssertionError  # fail() leaves
