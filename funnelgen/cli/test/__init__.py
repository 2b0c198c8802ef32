"""`funnelgen test`: have a browser walk every path of a site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.shared import fail, mode_option, site_argument
from funnelgen.cli.test.deployed import deployment_of, mode_at, url_option, wait_option

if TYPE_CHECKING:
    from funnelgen.funnel.manifest import Mode

DEVICES = ("phone", "desktop")
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog="Example: funnelgen test sites/launch-your-course --device phone")
@site_argument
@url_option
@wait_option
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
@click.option("--headed", is_flag=True, help="Show the browser; what is pressed is outlined.")
@click.option(
    "--slow",
    type=click.IntRange(0, 60_000),
    metavar="MS",
    default=0,
    help="Show it, and stop for so many milliseconds on every page and before every press.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 32),
    default=None,
    help="Browsers at a time.  [default: one per core, up to 4; one that is shown]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="Where pictures and traces of faults go.  [default: SITE/.funnelgen/test]",
)
@click.option("--report", type=FILE, default=None, help="Also write a page with the pictures of every path: HTML.")
@click.option("--json", "json_", type=FILE, default=None, help="Also write what was found as JSON; `-` prints it.")
@click.option("--junit", type=FILE, default=None, help="Also write it as JUnit XML, for CI.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def test(
    site: Path,
    url: str | None,
    wait: int,
    mode: Mode | None,
    device: tuple[str, ...],
    paths: tuple[str, ...],
    most: int,
    only_plan: bool,
    browser: str | None,
    headed: bool,
    slow: int,
    workers: int | None,
    out: Path | None,
    report: Path | None,
    json_: Path | None,
    junit: Path | None,
    quiet: bool,
) -> None:
    """Walk every path of SITE in a real browser, and compare each page with the stack.

    The site is built in memory. No request leaves this machine: payments are simulated, and payment providers are
    answered by a stand-in. With --url the deployed site is asked for its pages, and nothing is sent to it.
    """
    from funnelgen.cli.test.building import built, chosen, list_plan
    from funnelgen.cli.test.telling import Telling
    from funnelgen.cli.test.walking import Walking
    from funnelgen.pathtest.plan import coverage, in_words, make_plan

    if wait and not url:
        raise click.UsageError("--wait is for a deployed site: it needs --url")
    end = time.monotonic() + wait
    target = built(site, mode_at(url, site, mode, end=end) if url else mode)
    whole = make_plan(target.manifest, most=most)
    plan = chosen(whole, target.manifest, paths)
    if only_plan:
        list_plan(whole, plan, target.manifest)
        return
    telling = Telling(target, out=out, report=report, json_=json_, junit=junit, quiet=quiet)
    telling.check()
    host = deployment_of(target.files, target.manifest, url, end=end) if url else None
    lines = coverage(plan) if not paths else [in_words(target.manifest, path.moves) for path in plan.paths]
    telling.begin([*lines, host.in_words()] if host else lines, at=url or "")
    started = time.perf_counter()
    walking = Walking(target, whole, plan, device or DEVICES, only_paths=bool(paths), quiet=telling.quiet, host=host)
    proof = walking.walk(browser=browser, headed=headed, slow=slow, workers=workers, pictures=report is not None)
    proof = telling.keep(proof, walking)
    telling.end(proof, walking.camera, time.perf_counter() - started)
    if not proof.finished:
        from funnelgen.cli import INTERRUPTED

        sys.exit(INTERRUPTED)
    if proof.findings:
        fail()
