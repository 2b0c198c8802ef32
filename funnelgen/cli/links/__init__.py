"""`funnelgen links`: what each payment link must charge; and, at Stripe, making them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from funnelgen.cli import Commands

COMMANDS = {
    "show": "Show what each link must charge, and what is still to do; runs where none is named.",
    "sync": "Make the links at Stripe, and write them into links.yaml.",
    "verify": "Compare what Stripe charges with what the pages say.",
}
"""Each is a module of this package with a command of the same name, imported when it is asked for."""


class LinksCommands(Commands):
    """The commands about payment links; `funnelgen links SITE` is `funnelgen links show SITE`."""

    known: ClassVar[Mapping[str, str]] = COMMANDS
    package: ClassVar[str] = __name__

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Put `show` before what names no command."""
        if not args or args[0] not in (*COMMANDS, "-h", "--help"):
            args = ["show", *args]
        return super().parse_args(context, args)


@click.group(cls=LinksCommands, epilog="Example: funnelgen links sites/launch-your-course --mode test")
def links() -> None:
    """Show the wiring of a site's buttons, or make and compare their links at Stripe."""
