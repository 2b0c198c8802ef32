"""What is told while a test runs: a line per path as it is done."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from funnelgen.funnel.paths import Path
    from funnelgen.pathtest.outcome import Job, Walked


class Progress:
    """A line for each path when all visitors have walked it, and for each kind of visit beside the paths.

    On a terminal, one line more, which is written over, says what is walked now. CI may have a terminal as well, but
    nobody who watches it.
    """

    def __init__(self, jobs: Sequence[Job], numbers: Mapping[Path, int], *, quiet: bool) -> None:
        """`numbers` are those that `--path` takes."""
        self._jobs = jobs
        self._numbers = numbers
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet and not os.environ.get("CI")
        self._left = Counter(map(_group, jobs))
        self._faults: dict[str, set[tuple[str, str, str]]] = {}
        self.walked: list[Walked] = []

    def done(self, done: int, of: int, walked: Walked) -> None:
        """One more job is done."""
        self.walked.append(walked)
        group = _group(walked.job)
        self._left[group] -= 1
        self._faults.setdefault(group, set()).update(fault.key for fault in walked.faults)
        if self._quiet:
            return
        if not self._left[group]:
            self.clear()
            click.echo(self._line(walked.job), err=True)
        if self._live:
            text = f"{done}/{of} {walked.job.setting.name}: {walked.job.words}"
            width = shutil.get_terminal_size().columns - 1
            click.echo(f"\r\x1b[K{text[:width]}", err=True, nl=False)

    def clear(self) -> None:
        """Take the line that is written over away."""
        if self._live:
            click.echo("\r\x1b[K", err=True, nl=False)

    def _line(self, job: Job) -> str:
        from funnelgen.pathtest.report.words import counted, detours

        number = len(self._faults[_group(job)])
        sign = click.style("✗", fg="red") if number else click.style("✓", fg="green")
        what = f"{self._numbers[job.path]:>3}  {job.words}" if job.path else f"     {detours(self._jobs, job.kind)}"
        return f"{sign} {what}" + (f"  ({counted(number, 'fault', 'faults')})" if number else "")


def _group(job: Job) -> str:
    return f"path {job.words}" if job.kind == "path" else job.kind
