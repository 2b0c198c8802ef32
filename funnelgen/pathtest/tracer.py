"""Playwright's own record of a job: every step with the page before and after it, for `playwright show-trace`.

A trace makes every step dearer. So a test runs without, and a job on which something was wrong is done again with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import BrowserContext, Error

from funnelgen.pathtest.outcome import Job
from funnelgen.pathtest.recorder import Recorder

MOST_TRACES = 5
"""So many jobs are done again: each takes as long as it took the first time, and one trace shows what to do."""


class Tracer(Recorder):
    """Traces jobs, each into the file that is named for it."""

    def __init__(self, files: Mapping[Job, Path]) -> None:
        """`files` are where the traces go, by job; their folder is there."""
        self.files = files

    def begin(self, context: BrowserContext, job: Job) -> None:
        """Start, unless nobody asked for this job's trace."""
        if job in self.files:
            context.tracing.start(title=f"{job.words} ({job.setting.name})", screenshots=True, snapshots=True)

    def end(self, context: BrowserContext, job: Job) -> None:
        """Write the file. A trace that cannot be written is one that is not there: the test has said what is wrong."""
        if job not in self.files:
            return
        try:
            context.tracing.stop(path=self.files[job])
        except Error:
            self.files[job].unlink(missing_ok=True)
