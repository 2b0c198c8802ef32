"""`funnelgen links sync`: Stripe becomes what the stack says."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from funnelgen.cli.links.shared import account_of, idle_data, read, say_idle, stop, wanted_of
from funnelgen.cli.shared import site_argument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from funnelgen.payments.links.found import Found, FoundLink
    from funnelgen.payments.links.plan import Change
    from funnelgen.payments.links.wanted import Wanted

Mode = Literal["test", "live"]
_COLOURS = {"+": "green", "~": "yellow", "-": "red"}


@click.command(epilog="Example: funnelgen links sync sites/launch-your-course --mode test --plan")
@site_argument
@click.option("--mode", type=click.Choice(["test", "live"]), required=True, help="Which links; the key must fit.")
@click.option("--plan", "only_plan", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--deactivate", is_flag=True, help="Also switch off what funnelgen made and the stack no longer has.")
@click.option("--yes", is_flag=True, help="Do not ask before anything changes in live mode.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", help="For you or a program.")
def sync(site: Path, mode: Mode, only_plan: bool, deactivate: bool, yes: bool, format_: str) -> None:
    """Make products, prices and links at Stripe as SITE says, and write the links into links.yaml.

    The key is read from STRIPE_API_KEY. A restricted key is enough that has Products, Prices and Payment Links, each
    with Write (for --plan, Read); for a `discount:` Coupons and Promotion Codes as well. Nothing is touched that
    funnelgen did not make, and nothing is switched off without --deactivate.
    """
    known, want = wanted_of(site)
    account = account_of(mode)
    from funnelgen.payments.links.account import AccountError, links_in
    from funnelgen.payments.links.plan import plan
    from funnelgen.payments.links.wanted import CannotSync
    from funnelgen.payments.links.written import CannotWrite, with_links

    file, written = site / "links.yaml", known.links.of(mode)
    changed: tuple[str, ...] = ()
    try:
        with_links(read(file), mode, {})  # before anything is made that could then not be written down
        found = account.find(want, written.values(), spare=deactivate)
        changes = plan(want, found, deactivate=deactivate)
        if format_ == "text":
            _say_plan(changes, mode)
        if changes and not only_plan:
            _confirm(mode, yes=yes)
            account.make(want, found, changes, lambda c: None if format_ == "json" else click.echo(f"done: {c.line}"))
            found = account.find(want, written.values(), spare=deactivate)
            if plan(want, found, deactivate=deactivate):
                stop("Stripe has something else again: another sync may be running", "run the command once more")
        links = links_in(want, found)
        if not only_plan:
            changed = _write_links(file, mode, links)
    except CannotWrite as error:
        stop(f"{error}", "write links.yaml with one line per link, as in `checkout: https://…` below `test:`")
    except CannotSync as error:
        stop("\nerror: ".join(error.reasons), "mend these first; nothing was changed")
    except AccountError as error:
        goes_on = ": it goes on from where it stopped" if error.again and not only_plan else ""
        stop(f"{error}", error.help + goes_on)
    variables, idle = _variables(file, mode, links, written), _idle(want, found, deactivate=deactivate)
    if format_ == "json":
        click.echo(_as_json(mode, changes, idle, links, variables))
        return
    if changed:
        click.echo(f"wrote {file}: {', '.join(changed)}")
    for variable, link in variables.items():
        click.echo(f"set the variable `{variable}` to {link} where the site is built")
    later = f"`funnelgen links sync --mode {mode} --deactivate` switches them off, when no page has them any more"
    say_idle(idle, "when the pages with the new links are online, run this again" if deactivate else later)


def _confirm(mode: Mode, *, yes: bool) -> None:
    """Ask before anything changes in live mode; leaves where the answer is no."""
    if mode == "test" or yes:
        return
    try:
        agreed = click.confirm("change these in live mode, where links charge real money?", err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise  # Ctrl-C
        stop("nobody is here to answer, and live mode asks first", "look at `--plan`, then give `--yes`")
    if not agreed:
        stop("nothing was changed", "run it with `--plan` to look again")


def _say_plan(changes: Sequence[Change], mode: Mode) -> None:
    if not changes:
        click.echo(f"{mode}: Stripe has what the stack says; nothing to do there")
        return
    click.echo(f"{mode}: {len(changes)} change{'s' * (len(changes) > 1)} at Stripe")
    for change in changes:
        details = change.details
        inline = f"  {details[0]}" if len(details) == 1 else ""
        click.secho(f"  {change.line}{inline}", fg=_COLOURS[change.line[0]])
        for text in details if len(details) > 1 else ():
            click.secho(f"      {text}", fg=_COLOURS.get(text[0] if change.action == "change" else ""))


def _write_links(file: Path, mode: Mode, links: Mapping[str, str]) -> tuple[str, ...]:
    """Write the links into links.yaml, whole or not at all, where it changes; gives the buttons whose line changed."""
    from funnelgen.payments.links.written import lines_of, with_links

    before = read(file)  # anew: it may have been edited in the meantime
    after = with_links(before, mode, links)
    if after == before:
        return ()
    new = file.with_name(f".{file.name}.new-{os.getpid()}")
    try:
        new.write_bytes(after.encode())
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        stop(f"`{file}` cannot be written: {error.strerror}", "run the command again when it can")
    was, now = lines_of(before, mode), lines_of(after, mode)
    return tuple(button for button in now if now[button] != was.get(button))


def _variables(file: Path, mode: Mode, links: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The links that stand in links.yaml as a variable of the environment which holds another, by the variable."""
    from funnelgen.payments.addresses import payment_of
    from funnelgen.payments.links.written import lines_of
    from funnelgen.site.variables import variable_in

    lines = lines_of(read(file), mode)
    own = {button: variable for button, text in lines.items() if (variable := variable_in(text))}
    return {
        own[button]: link
        for button, link in links.items()
        if button in own and payment_of(known.get(button, "")) != payment_of(link)
    }


def _idle(want: Wanted, found: Found, *, deactivate: bool) -> tuple[FoundLink, ...]:
    """Links of ours that still charge and stand on no page any more, but for those that are switched off."""
    from funnelgen.payments.links.found import idle_links
    from funnelgen.payments.links.plan import replaced_links

    return replaced_links(want, found) if deactivate else idle_links(want, found)


def _as_json(
    mode: Mode,
    changes: Sequence[Change],
    idle: Sequence[FoundLink],
    links: Mapping[str, str],
    variables: Mapping[str, str],
) -> str:
    import msgspec

    told = {"mode": mode, "changes": changes, "links": links, "variables": variables, "idle": idle_data(idle)}
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
