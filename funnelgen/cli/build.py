"""`funnelgen build`: make the site's pages."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from funnelgen.cli.shared import (
    cache_folder,
    fail,
    load_and_check,
    mode_option,
    print_findings,
    site_argument,
    site_of,
)

if TYPE_CHECKING:
    from funnelgen.funnel.manifest import Mode
    from funnelgen.pipeline import Output
    from funnelgen.site import Site


@click.command(epilog="Example: funnelgen build sites/launch-your-course --mode demo")
@site_argument
@mode_option
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Where to build.  [default: SITE/dist]")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def build(site: Path, mode: Mode | None, out: Path | None, quiet: bool) -> None:
    """Check SITE and build it, whole or not at all: a failed build leaves the last one as it was."""
    started = time.perf_counter()
    target = out or site / "dist"
    checked, chosen = load_and_check(site, mode)
    print_findings(checked.diagnostics, checked.sources, site)
    if not checked.can_build or checked.funnel is None:
        _nothing_built()
    from funnelgen import pipeline
    from funnelgen.diagnostics import has_errors
    from funnelgen.funnel.manifest import encode_manifest
    from funnelgen.output import OutputError, check_target, write_manifest, write_output

    try:
        check_target(target, site=site)
        with Progress(quiet=quiet) as progress:
            output = pipeline.build(
                site_of(checked),
                checked.funnel,
                chosen,
                progress=progress.show,
                cache=cache_folder(),
                workers=_workers(),
                sources=checked.sources,
            )
        print_findings(output.diagnostics, checked.sources, site)
        if has_errors(output.diagnostics):
            _nothing_built()
        write_output(output.files, target, site=site)
        write_manifest(encode_manifest(output.manifest), site)
    except pipeline.Failed as failed:
        print_findings([failed.diagnostic], {**checked.sources, **failed.sources}, site)
        _nothing_built()
    except OutputError as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    else:
        if not quiet:
            click.echo(_summary(site_of(checked), output, target, time.perf_counter() - started))


def _nothing_built() -> NoReturn:
    click.echo("nothing was built", err=True)
    fail()


def _workers() -> int:
    """How many processes may render: as many as there are cores, up to four; one where a process cannot be forked."""
    import os

    return min(os.cpu_count() or 1, 4) if hasattr(os, "fork") and sys.platform != "darwin" else 1


KINDS = {
    "funnel": ("lead-magnet", "tripwire", "sales", "checkout", "oto", "downsell", "thank-you"),
    "free": ("hub", "free", "legal"),
    "glossary": ("glossary", "term"),
    "simulated checkout": ("demo",),
}


def _summary(site: Site, output: Output, target: Path, seconds: float) -> str:
    """What was built, what it weighs, and what is missing before it can take money."""
    manifest = output.manifest
    counts = {name: sum(page.kind in kinds for page in manifest.pages) for name, kinds in KINDS.items()}
    parts = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    pay = len(manifest.buttons)
    heaviest = max(manifest.pages, key=lambda page: len(output.files[page.file]))
    rows = [
        ("pages", f"{len(manifest.pages)} ({parts}, 1 for what is not found)"),
        ("paths", f"{sum(manifest.path_counts.values())} through the funnel, {pay} way{'s' * (pay != 1)} to pay"),
        ("heaviest", f"{heaviest.address} {_weight(output.files[heaviest.file])}"),
        ("time", f"{seconds:.2f} s"),
    ]
    head = f"built {site.config.name} in {manifest.mode} mode: {target}"
    lines = [click.style(head, fg="green", bold=True), "", *(f"  {name:<9} {text}" for name, text in rows)]
    shut = _shut(site)
    if shut:
        lines += ["", f"  not on sale{f' on {manifest.day}' if manifest.day else ''}: {', '.join(shut)}"]
    missing = _missing(site, output)
    if missing:
        lines += ["", "  before it can take money:", *(f"    - {what}" for what in missing)]
    if manifest.mode != "demo":
        lines += ["", "  after each payment, your provider must send the buyer back to:"]
        url = (site.config.url or "https://YOUR-SITE").rstrip("/")
        lines += [f"    {button.id}  {url}{button.returns_to}" for button in manifest.buttons if button.returns_to]
        if site.config.form == "netlify" and any(page.kind == "lead-magnet" for page in manifest.pages):
            lines += ["", "  the opt-in form is for Netlify; on another host say `form:` in site.yaml"]
        lines += ["", f"  publish the folder {target}"]
    if any(page.kind == "thank-you" for page in manifest.pages):
        lines += [
            "",
            "  good to know: a thank-you page lists all that could be bought on the way, for whoever has its address",
        ]
    if manifest.mode == "demo":
        lines += ["", f"  look at it:  {_serving(site.folder)}"]
    return "\n".join(lines)


def _shut(site: Site) -> list[str]:
    """What is not on sale and why, those too that have no page of their own, as bumps.

    With its stack before it where another sells the same still, or tells another reason.
    """
    from funnelgen.funnel.closing import closing_of
    from funnelgen.funnel.graph import qualified

    found: dict[str, dict[str, str]] = {}  # by offer and stack
    for stack in site.stacks:
        for offer in stack.offers.values():
            why = closing_of(offer, site.today)
            found.setdefault(offer.id, {})[stack.name] = why.words if why else ""
    shut = []
    for id, reasons in found.items():
        same = len(set(reasons.values())) == 1
        shut += [f"{id if same else qualified(name, id)} ({why})" for name, why in reasons.items() if why]
    return list(dict.fromkeys(shut))


def _serving(folder: Path) -> str:
    """A command that shows the site, ready to be pasted where the reader stands."""
    import shlex
    from shutil import which

    own = Path(sys.executable).with_name("funnelgen")
    if which("funnelgen") or not own.is_file():
        own = Path("funnelgen")
    elif own.is_relative_to(Path.cwd()):
        own = own.relative_to(Path.cwd())
    return shlex.join([str(own), "serve", str(folder), "--open"])


def _weight(page: bytes) -> str:
    import zlib

    return f"{len(page) / 1000:.1f} KB, {len(zlib.compress(page, 9)) / 1000:.1f} KB as it travels"


def _missing(site: Site, output: Output) -> list[str]:
    """What a live build would still refuse."""
    wanted = [button.id for button in output.manifest.buttons if button.id not in site.links.live]
    missing = [] if site.config.url else ["site.yaml has no `url:`, the address where buyers come back to"]
    if wanted:
        missing.append(f"links.yaml has no live payment link for {', '.join(wanted)}")
    return missing


class Progress:
    """A bar on the terminal for builds that take longer than a second; silent otherwise, and in CI."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet or not sys.stderr.isatty()
        self.began = time.perf_counter()
        self.bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.render_finish()

    def show(self, done: int, of: int) -> None:
        """Say how many of how many are done."""
        if self.quiet or time.perf_counter() - self.began < 1:
            return
        if self.bar is None:
            self.bar = click.progressbar(length=of, label="building", file=sys.stderr)
        self.bar.length = of  # pictures are counted once the pages name them
        self.bar.update(done - self.bar.pos)
