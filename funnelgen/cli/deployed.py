"""`funnelgen test --url`: what there is to say about the address before anything is walked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from funnelgen.funnel.manifest import Mode
    from funnelgen.pathtest.deployed.deployment import Deployment
    from funnelgen.pathtest.outcome import Walked
    from funnelgen.pipeline import Output

    Command = TypeVar("Command", bound=Callable[..., Any])

WORKERS = 2
"""Browsers at a time where nothing is said: a deployed site has others to serve."""


def url_option(command: Command) -> Command:
    """Where the site was deployed."""
    help = "Walk the site as it is deployed at this address, and check its headers; SITE says what must be there."
    return click.option("--url", metavar="ADDRESS", default=None, callback=_origin, help=help)(command)


def mode_at(origin: str, site: Path, mode: Mode | None) -> Mode | None:
    """The mode of the site that is deployed at `origin`, unless one is asked for; None where nothing tells.

    Leaves with a message where no site of funnelgen's answers there.
    """
    import os

    from funnelgen.pathtest.deployed.caller import Caller, Unreachable
    from funnelgen.pathtest.deployed.recognise import look_up_mode
    from funnelgen.site import SiteNotFound, load_site

    try:
        loaded = load_site(site, environ=os.environ)
    except SiteNotFound:
        return mode  # said when the site is built
    if loaded.site is None:
        return mode
    try:
        found = look_up_mode(Caller(origin), origin, loaded.site)
    except Unreachable as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    return mode or found


def deployment_of(output: Output, origin: str, *, quiet: bool) -> Deployment:
    """The site that is deployed at `origin`, its pages asked for and compared. Leaves where it cannot be reached."""
    from funnelgen.pathtest.deployed.caller import Unreachable
    from funnelgen.pathtest.deployed.deployment import Deployment

    site = Deployment(origin, output.files, output.manifest)
    try:
        words = site.in_words()
    except Unreachable as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    if not quiet:
        click.echo(f"  {words}\n")
    return site


def look_at_host(site: Deployment) -> list[Walked]:
    """What is wrong with the host."""
    from funnelgen.pathtest.deployed import jobs

    return [jobs.look_at_host(site, job) for job in jobs.host_jobs()]


def _origin(context: click.Context, parameter: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    from funnelgen.pathtest.deployed.recognise import origin_of

    try:
        return origin_of(url)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
