"""`funnelgen test --url`: what there is to say about the address before anything is walked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from funnelgen.funnel.manifest import Manifest, Mode
    from funnelgen.pathtest.deployed.deployment import Deployment

    Command = TypeVar("Command", bound=Callable[..., Any])


def url_option(command: Command) -> Command:
    """Where the site was deployed."""
    help = "Walk the site as it is deployed at this address, and check its headers; SITE says what must be there."
    return click.option("--url", metavar="ADDRESS", default=None, callback=_origin, help=help)(command)


def wait_option(command: Command) -> Command:
    """For how long a deployment may take."""
    help = "With --url: wait up to so long until the pages deployed there are those of SITE."
    return click.option("--wait", metavar="SECONDS", type=click.IntRange(0), default=0, help=help)(command)


def mode_at(origin: str, site: Path, mode: Mode | None, *, end: float) -> Mode | None:
    """The mode of the site that is deployed at `origin`, unless one is asked for; None where nothing tells.

    Waits for a site to be there, until time.monotonic() says `end`. Leaves with a message where none of funnelgen's
    answers.
    """
    import os

    from funnelgen.pathtest.deployed.caller import Caller, Unreachable
    from funnelgen.pathtest.deployed.recognise import look_up_mode
    from funnelgen.pathtest.deployed.waiting import until
    from funnelgen.site import SiteNotFound, load_site

    try:
        loaded = load_site(site, environ=os.environ)
    except SiteNotFound:
        return mode  # said when the site is built
    if loaded.site is None:
        return mode
    known = loaded.site
    try:
        found = until(lambda: (True, look_up_mode(Caller(origin), origin, known)), end=end, tell=_waiting)
    except Unreachable as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    return mode or found


def deployment_of(files: Mapping[str, bytes], manifest: Manifest, origin: str, *, end: float) -> Deployment:
    """The site that is deployed at `origin`, its pages asked for. Leaves where it cannot be reached.

    `files` and `manifest` are those of the site as it is now. Waits for the pages to be those, until time.monotonic()
    says `end`.
    """
    from funnelgen.pathtest.deployed.caller import Unreachable
    from funnelgen.pathtest.deployed.deployment import Deployment
    from funnelgen.pathtest.deployed.waiting import until

    def look() -> tuple[bool, Deployment]:
        there = Deployment(origin, files, manifest)
        return not there.differing, there

    try:
        return until(look, end=end, tell=_waiting)
    except Unreachable as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error


def _waiting() -> None:
    click.echo("waiting until the pages of the site are there …", err=True)


def _origin(context: click.Context, parameter: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    from funnelgen.pathtest.deployed.recognise import origin_of

    try:
        return origin_of(url)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
