"""The command line: one module per command, each of which parses, calls one function, prints and exits.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar

import click

from funnelgen import __version__

BUG, INTERRUPTED = 3, 130

COMMANDS = {
    "new": "Make a new site to write in.",
    "build": "Check a site and build its pages.",
    "serve": "Show a site while you write it: save, and see.",
    "test": "Have a browser walk every path, and compare each page with the stack.",
    "check": "Say what is wrong with a site; writes nothing.",
    "explain": "Explain a rule: what, why, an example, and how it is mended.",
    "map": "Draw the funnel: SVG, HTML or Mermaid.",
    "forecast": "Forecast what an order is worth.",
    "links": "Show what each payment link must charge, and what is still to do.",
    "theme": "See the themes, and take a piece of one into a site to change it.",
    "schema": "Print the JSON Schemas, for editors.",
}
"""Each is a module of this package with a command of the same name, imported when it is asked for."""


class Commands(click.Group):
    """A group that knows its commands' names and one line on each, and imports only the one that runs."""

    known: ClassVar[Mapping[str, str]] = COMMANDS
    package: ClassVar[str] = __name__

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, for the help and for completion."""
        return list(self.known)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command called `name`."""
        if name not in self.known:
            return None
        command: click.Command = getattr(import_module(f"{self.package}.{name}"), name)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, without importing what it lists."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.known.items()))

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one gets the nearest."""
        if args and args[0] not in self.known and not args[0].startswith("-"):
            from funnelgen.diagnostics.suggest import did_you_mean

            raise click.UsageError(f"there is no command `{args[0]}`; {did_you_mean(args[0], self.known)}", context)
        return super().resolve_command(context, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: funnelgen build sites/launch-your-course",
)
@click.version_option(__version__, prog_name="funnelgen", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Compile an offer funnel: one YAML stack and Markdown copy in, static pages that lose no buyer out."""
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False
    elif os.environ.get("FORCE_COLOR"):
        context.color = True


def run() -> None:
    """Run the command line. What goes wrong by our own fault ends in 3, with the lines that a report needs."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a name in any script may meet a terminal in an old encoding
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`); nothing is wrong with the site.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception:
        import traceback

        click.echo(traceback.format_exc(), err=True)
        click.echo(f"funnelgen {__version__} met a bug of its own; please report it with the lines above", err=True)
        sys.exit(BUG)
