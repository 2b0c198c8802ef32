"""Where the result goes: the terminal, files, and GitHub where it runs there."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from funnelgen.cli.formats import from_root
from funnelgen.cli.shared import paint

if TYPE_CHECKING:
    from funnelgen.cli.test.building import Target
    from funnelgen.cli.test.walking import Walking
    from funnelgen.pathtest.camera import Camera
    from funnelgen.pathtest.outcome import Proof


REPORT_MARK = b"funnelgen test"
"""What every report has near its beginning."""


class Telling:
    """All that one run writes. `quiet` is whether only problems are printed."""

    def __init__(
        self,
        target: Target,
        *,
        out: Path | None,
        report: Path | None,
        json_: Path | None,
        junit: Path | None,
        quiet: bool,
    ) -> None:
        """`out` is the folder for pictures and traces, the others are files that were asked for."""
        self._target = target
        self._out = out
        self._report = report
        self._json = json_
        self._junit = junit
        self._prints_json = str(json_) == "-"
        self.quiet = quiet or self._prints_json

    @property
    def _folder(self) -> Path:
        return self._out or self._target.folder / ".funnelgen" / "test"

    def check(self) -> None:
        """Refuse a folder or a report that must not be replaced, before anybody has waited for its pictures."""
        from funnelgen.output import OutputError, check_own, check_target

        try:
            if self._out is not None:
                check_target(self._out, site=self._target.folder)
            if self._report is not None:
                check_own(self._report, mark=REPORT_MARK)
        except OutputError as error:
            raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error

    def begin(self, lines: Sequence[str], *, at: str = "") -> None:
        """What is going to be walked; `at` is where it is deployed."""
        if self.quiet:
            return
        manifest = self._target.manifest
        click.echo(click.style(f"walking {manifest.site.name}{at and f' at {at}'} in {manifest.mode} mode", bold=True))
        click.echo("".join(f"  {line}\n" for line in lines))

    def keep(self, proof: Proof, walking: Walking) -> Proof:
        """Pictures and traces into their folder; the faults with their names, and where in the site they belong."""
        from funnelgen.output import OutputError
        from funnelgen.pathtest.evidence import keep, pictured, traced
        from funnelgen.pathtest.places import place_of

        target = self._target
        found = [
            structs.replace(one, place=place_of(one.fault, target.manifest, target.site, target.funnel))
            for one in proof.findings
        ]
        files: dict[str, bytes] = {}
        if found and walking.camera is not None:
            found, files = pictured(found, walking.camera)
        if proof.finished and any(one.job.kind != "host" for one in found):
            if not self.quiet:
                click.echo("walking once more what was wrong, for traces", err=True)
            try:
                found, traces = traced(found, walking.again)
                files |= traces
            except KeyboardInterrupt:
                click.echo("without traces, then", err=True)
        try:
            keep(files, self._folder, site=None if self._out else target.folder)
        except OutputError as error:
            click.echo(f"no pictures and traces were kept: {error}", err=True)
            found = [structs.replace(one, picture="", trace="") for one in found]
        return structs.replace(proof, findings=tuple(found), folder=str(self._folder))

    def end(self, proof: Proof, camera: Camera | None, seconds: float) -> None:
        """The table, the faults, the files that were asked for, the verdict."""
        from funnelgen.pathtest.report.text import as_table, as_text
        from funnelgen.pathtest.report.words import verdict

        if not self.quiet:
            click.echo("\n" + as_table(proof, paint) + ("\n" if proof.findings else ""))
        if proof.findings:
            click.echo(as_text(proof, str(self._target.folder), paint), err=True)
            if (theme := self._target.folder / "theme").is_dir():
                click.echo(f"help: what neither stack nor copy explains may stand in the site's own {theme}", err=True)
        self._github(proof)
        self._files(proof, camera)
        if not self.quiet:
            self._last(proof, f"{verdict(proof)} ({seconds:.1f} s)")

    def _files(self, proof: Proof, camera: Camera | None) -> None:
        from funnelgen.pathtest.report.machines import as_json, as_junit

        if self._json is not None:
            _write(as_json(proof), self._json)
        if self._junit is not None:
            _write(as_junit(proof), self._junit)
        if self._report is not None and camera is not None:
            from funnelgen.pathtest.report.page import as_page

            _write_page(as_page(proof, camera.pages, camera.faults, str(self._target.folder)), self._report)

    def _last(self, proof: Proof, verdict: str) -> None:
        traces = [one.trace for one in proof.findings if one.trace]
        if traces:
            driver = "playwright" if shutil.which("playwright") else f"{sys.executable} -m playwright"
            click.echo(f"\nstep through a trace:  {driver} show-trace {shlex.quote(f'{proof.folder}/{traces[0]}')}")
        if self._report is not None:
            click.echo(f"{'' if traces else chr(10)}the report with all pictures:  {self._report}")
        mode = proof.manifest.mode
        if proof.finished and not proof.findings and mode != "demo":
            ask = f"funnelgen links verify {shlex.quote(str(self._target.folder))} --mode {mode}"
            click.echo(f"\nwhat a link charges, its provider alone can tell:  {ask}")
        colour = "red" if proof.findings else "green" if proof.finished else "yellow"
        click.echo("\n" + click.style(verdict, fg=colour, bold=True))

    def _github(self, proof: Proof) -> None:
        """Annotations and the job's summary, where GitHub Actions runs this."""
        if os.environ.get("GITHUB_ACTIONS") != "true":
            return
        from funnelgen.pathtest.report.github import as_annotations, as_summary

        folder = from_root(self._target.folder)
        click.echo(as_annotations(proof, folder), nl=False, err=self._prints_json)
        if file := os.environ.get("GITHUB_STEP_SUMMARY"):
            try:
                with Path(file).open("a", encoding="utf-8") as summary:
                    summary.write(as_summary(proof, folder))
            except OSError as error:
                click.echo(f"no summary of the job was written: {error.strerror or error}", err=True)


def _write_page(page: bytes, to: Path) -> None:
    """Write the report; somebody's own page of that name is not lost."""
    from funnelgen.output import OutputError, write_own

    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        write_own(to, page, mark=REPORT_MARK)
    except OSError as error:
        raise click.ClickException(f"cannot write `{to}`: {error.strerror or error}") from error
    except OutputError as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error


def _write(data: bytes, to: Path) -> None:
    if str(to) == "-":
        click.echo(data, nl=False)
        return
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"cannot write `{to}`: {error.strerror or error}") from error
