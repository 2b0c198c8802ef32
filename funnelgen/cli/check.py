"""`funnelgen check`: say what is wrong with a site, and write nothing unless asked to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from funnelgen.cli.formats import FORMATS, written
from funnelgen.cli.shared import fail, load_and_check, mode_option, paint, print_findings, site_argument

if TYPE_CHECKING:
    from funnelgen.diagnostics import Diagnostic
    from funnelgen.fixes import Mended
    from funnelgen.funnel.manifest import Mode
    from funnelgen.pipeline import Checked

ROUNDS = 10  # a mended name may uncover a second mistake; more in a row than this would be a fault of ours


def rules_option(name: str, help: str) -> Callable[[Any], Any]:
    """An option that takes rules, separated by commas or given several times."""
    return click.option(name, metavar="RULES", multiple=True, help=help)


@click.command(epilog="Example: funnelgen check sites/launch-your-course --mode live --strict")
@site_argument
@mode_option
@click.option(
    "--format", "format_", type=click.Choice(["text", *FORMATS]), default="text", help="For people or machines."
)
@rules_option("--select", "Only these rules: a code (FG204), a family (FG2, price) or a name, with commas between.")
@rules_option("--ignore", "All but these rules.")
@click.option("--strict", is_flag=True, help="Warnings fail as errors do.")
@click.option("--fix", is_flag=True, help="Mend what is certain, such as misspelt names, and show the changes.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all is well.")
def check(
    site: Path,
    mode: Mode | None,
    format_: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    fix: bool,
    diff: bool,
    quiet: bool,
) -> None:
    """Check SITE: its files, its funnel, its prices, words and links. Writes nothing without --fix."""
    wanted, unwanted = _codes(select), _codes(ignore)

    def chosen(checked: Checked) -> list[Diagnostic]:
        codes = [d for d in checked.diagnostics if not select or d.code in wanted]
        return [d for d in codes if d.code not in unwanted]

    checked, shown_mode = load_and_check(site, mode, theme=True)
    aside = format_ != "text"  # what a machine reads is alone on its stream
    if diff:
        _show(_mended(site, chosen(checked)), aside=aside)
    elif fix:
        checked = _mend(site, mode, checked, chosen, aside=aside)
    found = chosen(checked)
    if format_ in FORMATS:
        click.echo(written(format_, found, checked.sources, site).encode(), nl=False)  # UTF-8, whatever the terminal
    else:
        print_findings(found, checked.sources, site)
        if not quiet:
            _close(found, site, shown_mode, mended=fix or diff)
    if any(d.is_error or (strict and d.is_warning) for d in found):
        fail()


def _close(found: list[Diagnostic], site: Path, mode: Mode, *, mended: bool) -> None:
    """The last line: that all is well, or what can be done at once."""
    certain = sum(bool(d.fix) for d in found)
    if not found:
        click.echo(f"{site} is fine in {mode} mode: no findings")
    elif certain and not mended:
        click.echo(f"{certain} of them can be mended for you: funnelgen check {site} --fix", err=True)


def _codes(words: Iterable[str]) -> set[str]:
    """The codes of the rules that an option names; a word that names none is wrong usage."""
    out = set()
    for word in ",".join(words).replace(",", " ").split():
        from funnelgen.explain import matching, not_found

        kinds = matching(word)
        if not kinds:
            raise click.UsageError(not_found(word))
        out |= {kind.code for kind in kinds}
    return out


def _mend(
    site: Path, mode: Mode | None, checked: Checked, chosen: Callable[[Checked], list[Diagnostic]], *, aside: bool
) -> Checked:
    """Mend, and check again, until nothing certain is left. Gives the last check."""
    from funnelgen.output import OutputError, rewrite

    for _ in range(ROUNDS):
        files = _mended(site, chosen(checked))
        if not files:
            break
        try:
            for file in files:
                rewrite(file.path, file.after.encode("utf-8", "surrogateescape"))
        except OutputError as error:
            raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
        _show(files, aside=aside)
        checked, _ = load_and_check(site, mode, theme=True)
    return checked


def _mended(folder: Path, found: list[Diagnostic]) -> list[Mended]:
    from funnelgen.fixes import mend

    return mend(folder, found)


def _show(files: list[Mended], *, aside: bool) -> None:
    """The changes as a diff, in the colours of one; on stderr if `aside`."""
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for file in files:
        for line in file.diff():
            head = line.startswith(("+++", "---"))
            click.echo(paint(line, "bold") if head else click.style(line, fg=colours.get(line[:1])), err=aside)
    if files:
        click.echo(err=aside)
