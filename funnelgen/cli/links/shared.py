"""What the commands that speak with Stripe have in common: the site as Stripe must have it, and the key."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from funnelgen.cli.shared import fail, load_and_check, print_findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from funnelgen.diagnostics import Diagnostic
    from funnelgen.payments.links.account import Account
    from funnelgen.payments.links.found import FoundLink
    from funnelgen.payments.links.wanted import Wanted
    from funnelgen.site import Site

KEY = "STRIPE_API_KEY"


def wanted_of(folder: Path, by_hand: Collection[str] = ()) -> tuple[Site, Wanted]:
    """The site, and what Stripe must have for it; leaves with findings where the site itself is in the way.

    The buttons `by_hand` are left out.
    """
    checked, _ = load_and_check(folder, "demo")
    # What is wrong with the links there are is what this command mends.
    errors = [d for d in checked.diagnostics if d.is_error and (d.code == "FG409" or not d.code.startswith("FG4"))]
    if checked.site is None or checked.funnel is None or errors:
        print_findings(errors, checked.sources, folder)
        stop("nothing was changed", "mend the site first")
    from funnelgen.payments.links.wanted import CannotSync, wanted

    try:
        return checked.site, wanted(checked.site, checked.funnel, by_hand)
    except CannotSync as error:
        stop("\nerror: ".join(error.reasons), "mend these first; nothing was changed")


def of_modes(findings: Iterable[Diagnostic], site: Site, modes: Collection[str]) -> list[Diagnostic]:
    """The findings but for those at a link of another mode."""
    spans, links = site.links.places, {"live": site.links.live, "test": site.links.test}
    ids = [f"{mode}.{id}" for mode in links if mode not in modes for id in links[mode]]
    others = {place for id in ids for place in (spans.at(id), spans.key(id)) if place}
    return [finding for finding in findings if finding.span not in others]


def account_of(mode: str) -> Account:
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
        raise click.ClickException("this command needs stripe: pip install 'funnelgen[stripe]'") from error
    return Account(key)


def say_idle(idle: Iterable[FoundLink], help: str) -> None:
    """Name links of ours that still charge and stand on no page any more, with what to do about it."""
    from funnelgen.payments.links.found import say_items

    lines = [f"  {link.url}  ({link.button}, {say_items(link)})" for link in idle]
    if lines:
        click.echo("\n".join(["still active, though no button has them now:", *lines, f"  {help}"]))


def idle_data(idle: Iterable[FoundLink]) -> list[dict[str, str]]:
    """The same for programs."""
    from funnelgen.payments.links.found import say_items

    return [{"button": link.button, "link": link.url, "charges": say_items(link)} for link in idle]


def read(file: Path) -> str:
    """The text of links.yaml; empty where there is none."""
    try:
        return file.read_bytes().decode("utf-8") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"`{file}` cannot be read: {error}") from error


def stop(message: str, help: str) -> NoReturn:
    """Say what is wrong and what to do, and leave with the code for findings."""
    click.echo(f"error: {message}\nhelp: {help}", err=True)
    fail()
