"""`funnelgen test`: have a browser walk every path of a site."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.shared import cache_folder, fail, load_and_check, mode_option, print_findings, site_argument, site_of

if TYPE_CHECKING:
    from funnelgen.funnel.manifest import Mode
    from funnelgen.pathtest.outcome import Job, Walked
    from funnelgen.pathtest.plan import Plan
    from funnelgen.pipeline import Output

DEVICES = ("phone", "desktop")
_MOST_WORKERS = 4


@click.command(epilog="Example: funnelgen test sites/launch-your-course --device phone")
@site_argument
@mode_option
@click.option(
    "--device", type=click.Choice(DEVICES), multiple=True, help="On which; several times for several.  [default: both]"
)
@click.option(
    "--path",
    "paths",
    metavar="NUMBER|WORDS",
    multiple=True,
    help="Only this path, or those with these words: `3`, `oto, declined`. --plan lists them.",
)
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="Walk all paths up to so many.")
@click.option("--plan", "only_plan", is_flag=True, help="Print what would be walked; starts no browser.")
@click.option(
    "--browser",
    metavar="PROGRAM",
    default=None,
    help="Which browser.  [default: $FUNNELGEN_BROWSER, or one that is found]",
)
@click.option("--headed", is_flag=True, help="Show the browser.")
@click.option(
    "--workers", type=click.IntRange(1, 32), default=None, help="Browsers at a time.  [default: one per core, up to 4]"
)
@click.option(
    "--json",
    "json_",
    type=click.Path(path_type=Path),
    default=None,
    help="Also write what was found as JSON; `-` prints it.",
)
@click.option("--junit", type=click.Path(path_type=Path), default=None, help="Also write it as JUnit XML, for CI.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def test(
    site: Path,
    mode: Mode | None,
    device: tuple[str, ...],
    paths: tuple[str, ...],
    most: int,
    only_plan: bool,
    browser: str | None,
    headed: bool,
    workers: int | None,
    json_: Path | None,
    junit: Path | None,
    quiet: bool,
) -> None:
    """Walk every path of SITE in a real browser, and compare each page with the stack.

    The site is built in memory. No request leaves this machine: payments are simulated, and payment providers are
    answered by a stand-in.
    """
    from funnelgen.pathtest.plan import coverage, in_words, make_plan

    output = _built(site, mode)
    plan = _chosen(make_plan(output.manifest, most=most), output, paths)
    if only_plan:
        _list(plan, output)
        return
    quiet = quiet or str(json_) == "-"
    if not quiet:
        click.echo(click.style(f"walking {output.manifest.site.name} in {output.manifest.mode} mode", bold=True))
        lines = [in_words(output.manifest, path.moves) for path in plan.paths] if paths else coverage(plan)
        click.echo("".join(f"  {line}\n" for line in lines))
    started = time.perf_counter()
    walked = _walk(output, plan, device or DEVICES, browser, headed=headed, workers=workers, paths=paths, quiet=quiet)
    _report(output, walked, time.perf_counter() - started, json_=json_, junit=junit, quiet=quiet)
    if any(one.faults for one in walked):
        fail()


def _built(site: Path, mode: Mode | None) -> Output:
    """The site, built in memory. Leaves with the findings where that cannot be."""
    from funnelgen import pipeline
    from funnelgen.diagnostics import has_errors

    checked, chosen = load_and_check(site, mode)
    found, sources = checked.diagnostics, checked.sources
    if checked.can_build and checked.funnel is not None:
        try:
            output = pipeline.build(
                site_of(checked), checked.funnel, chosen, cache=cache_folder(), sources=checked.sources
            )
        except pipeline.Failed as failed:
            found, sources = (failed.diagnostic,), {**checked.sources, **failed.sources}
        else:
            if not has_errors(output.diagnostics):
                return output
            found = output.diagnostics
    print_findings(found, sources, site)
    click.echo("nothing was walked", err=True)
    fail()
    raise AssertionError  # `fail` does not come back


def _chosen(plan: Plan, output: Output, wanted: Sequence[str]) -> Plan:
    """The plan with the paths that were asked for, by number or by words."""
    from msgspec import structs

    from funnelgen.pathtest.plan import in_words

    if not wanted:
        return plan
    words = [in_words(output.manifest, path.moves) for path in plan.paths]
    numbers: list[int] = []
    for asked in wanted:
        if asked.isdecimal():
            found = [int(asked) - 1] if 1 <= int(asked) <= len(words) else []
        else:
            found = [number for number, text in enumerate(words) if asked.casefold() in text.casefold()]
        if not found:
            raise click.BadParameter(
                f"there is no path `{asked}` among {len(words)}; --plan lists them", param_hint="--path"
            )
        numbers += found
    return structs.replace(plan, paths=tuple(plan.paths[number] for number in sorted(set(numbers))))


def _list(plan: Plan, output: Output) -> None:
    """What would be walked."""
    from funnelgen.pathtest.plan import coverage, in_words

    for number, path in enumerate(plan.paths, 1):
        click.echo(f"{number:>4}  {in_words(output.manifest, path.moves)}")
    click.echo("\n" + "\n".join(coverage(plan)))


def _walk(
    output: Output,
    plan: Plan,
    devices: Sequence[str],
    browser: str | None,
    *,
    headed: bool,
    workers: int | None,
    paths: Sequence[str],
    quiet: bool,
) -> list[Walked]:
    """Do all jobs; where paths were asked for, only those."""
    import os

    try:
        from funnelgen.pathtest import runner
    except ImportError as error:
        raise click.ClickException(
            f"`test` needs a browser's driver ({error.name}): pip install 'funnelgen[test]'"
        ) from error
    from funnelgen.pathtest.browsers import BrowserNotFound
    from funnelgen.pathtest.facts import DEVICES as KNOWN
    from funnelgen.pathtest.lean import scripted

    settings = runner.settings_of(KNOWN[name] for name in dict.fromkeys(devices))
    scripts = scripted(output.manifest, output.files)
    jobs = runner.jobs_of(output.manifest, plan, settings, scripted=scripts)
    jobs = [job for job in jobs if not paths or job.kind == "path"]
    many = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    teller = _Teller(quiet=quiet)
    try:
        return runner.walk(
            output.files,
            output.manifest,
            jobs,
            browser=browser,
            workers=min(many, len(jobs)),
            headed=headed,
            progress=teller.done,
        )
    except BrowserNotFound as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    finally:
        teller.end()


class _Teller:
    """Progress: a line that is written over on a terminal; elsewhere only what went wrong, as it does."""

    def __init__(self, *, quiet: bool) -> None:
        self._live = sys.stderr.isatty() and not quiet
        self._quiet = quiet

    def done(self, done: int, of: int, walked: Walked) -> None:
        """One more job is done."""
        job: Job = walked.job
        if walked.faults and not self._quiet:
            self.end()
            click.echo(f"{click.style('✗', fg='red')} {job.words} ({job.setting.name})", err=True)
        if self._live:
            text = f"{done}/{of} {job.setting.name}: {job.words}"
            click.echo(f"\r\x1b[K{text[: _width()]}", err=True, nl=False)

    def end(self) -> None:
        """Take the line away."""
        if self._live:
            click.echo("\r\x1b[K", err=True, nl=False)


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns - 1


def _report(
    output: Output,
    walked: list[Walked],
    seconds: float,
    *,
    json_: Path | None,
    junit: Path | None,
    quiet: bool,
) -> None:
    from funnelgen.pathtest import report

    faulty = any(one.faults for one in walked)
    if json_ is not None:
        _write(report.as_json(output.manifest, walked), json_)
    if junit is not None:
        _write(report.as_junit(output.manifest, walked), junit)
    if faulty:
        if not quiet:
            click.echo(report.as_table(output.manifest, walked))
        click.echo("\n".join(report.as_text(walked)), err=True)
    if not quiet:
        colour = "red" if faulty else "green"
        click.echo(click.style(f"{report.verdict(walked)} ({seconds:.1f} s)", fg=colour, bold=True))


def _write(data: bytes, to: Path) -> None:
    if str(to) == "-":
        click.echo(data, nl=False)
        return
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"cannot write `{to}`: {error.strerror or error}") from error
