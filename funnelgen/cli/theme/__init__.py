"""`funnelgen theme`: what there is of themes, and how a site takes a piece of one to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from funnelgen.cli import Commands

COMMANDS = {
    "list": "List the themes there are.",
    "eject": "Take a piece of the theme into a site, to change it there.",
    "preview": "Show every section of a theme in every state, on one page.",
    "gallery": "Show the pages of a site in every theme, side by side.",
}
"""Each is a module of this package with a command of the same name, imported when it is asked for."""


class ThemeCommands(Commands):
    """The commands about themes."""

    known: ClassVar[Mapping[str, str]] = COMMANDS
    package: ClassVar[str] = __name__


@click.group(cls=ThemeCommands, epilog="Example: funnelgen theme eject offer sites/launch-your-course")
def theme() -> None:
    """See the themes, and take a piece of one into a site to change it."""
