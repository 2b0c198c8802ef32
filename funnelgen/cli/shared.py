"""What the commands have in common: the SITE argument, the mode, and how findings are printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from funnelgen.diagnostics import Diagnostic
    from funnelgen.funnel import Funnel
    from funnelgen.funnel.manifest import Mode
    from funnelgen.pipeline import Checked
    from funnelgen.site import Loaded, Site

FINDINGS = 1

Command = TypeVar("Command", bound=Callable[..., Any])


def site_argument(command: Command) -> Command:
    """The folder of the site; the current one where none is named."""
    return click.argument("site", type=click.Path(path_type=Path), default=".")(command)


def mode_option(command: Command) -> Command:
    """Which payment links the buttons get."""
    help = "Which payment links: simulated, the test ones, the live ones.  [default: what links.yaml has]"
    return click.option("--mode", type=click.Choice(["demo", "test", "live"]), default=None, help=help)(command)


def rate_option(command: Command) -> Command:
    """How many say yes, where a creator knows better than the rules of thumb."""
    help = "How many of 100 say yes to a button, as in oto=12; several times for several.  [default: rules of thumb]"
    return click.option("--rate", metavar="BUTTON=PERCENT", multiple=True, help=help)(command)


def rates_of(funnel: Funnel, texts: Sequence[str]) -> dict[str, int]:
    """The rates that `--rate` gives, by button; one that cannot be counted with is wrong usage."""
    from funnelgen.measure.plan import plan_of
    from funnelgen.measure.rates import RateError, parse_rates

    plans = [plan_of(funnel, entry) for entry in funnel.entries]
    try:
        return parse_rates(texts, [question.id for plan in plans if plan for question in plan.questions])
    except RateError as error:
        raise click.BadParameter(f"{error}; {error.remedy}", param_hint="--rate") from error


def loaded_site(folder: Path, environ: Mapping[str, str] = {}) -> Loaded:
    """Read what is in `folder`; one that is no site is wrong usage."""
    from funnelgen.site import SiteNotFound, load_site

    try:
        return load_site(folder, environ=environ)
    except SiteNotFound as error:
        raise click.UsageError(f"{error}; name the folder that has site.yaml") from error


def load_and_check(folder: Path, mode: Mode | None, *, theme: bool = False) -> tuple[Checked, Mode]:
    """Read and check the site in `folder`, with `theme` also its own theme; a folder that is no site is wrong usage.

    Who makes pages reads the theme anyhow.
    """
    import os

    from funnelgen.pipeline import check, choose_mode

    loaded = loaded_site(folder, os.environ)
    chosen = mode or (choose_mode(loaded.site, os.environ) if loaded.site else "demo")
    checked = check(loaded, chosen)
    if theme:
        from funnelgen.proofread import proofread

        checked = proofread(checked)
    return checked, chosen


def print_findings(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], folder: Path) -> None:
    """Findings to stderr as rustc would, errors last, with the count at the end; nothing where there are none."""
    import shutil

    from funnelgen.diagnostics.text import count, render

    if not diagnostics:
        return
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else None
    # What stops a build stands where the reader's eye is: above the prompt, not between a hundred lines of warnings.
    click.echo(render(sorted(diagnostics, key=lambda d: d.is_error), sources, paint, width), err=True)
    click.echo(f"\n{count(diagnostics)} in {folder}", err=True)


def paint(text: str, colour: str) -> str:
    """Colour for terminals; click takes it out again where the output is none."""
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour, bold=True)


def site_of(checked: Checked) -> Site:
    """The site of a check that found no error."""
    assert checked.site is not None
    return checked.site


def cache_folder() -> Path | None:
    """Where builds may keep what they use again (XDG), or None where there is no such place."""
    import os

    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(given) if given else Path.home() / ".cache"
        folder = folder / "funnelgen"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None  # a read-only machine builds a little slower
    return folder if os.access(folder, os.W_OK) else None


def fail() -> NoReturn:
    """Leave with the code for findings."""
    sys.exit(FINDINGS)
