"""Does single jobs of the proof on built files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from playwright.sync_api import Browser

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.host import Host, hosting
from funnelgen.pathtest.outcome import Job, Setting, Walked
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.runner import jobs_of
from funnelgen.pathtest.standin import declared_hosts
from funnelgen.pathtest.walk import Visitor


class Done(NamedTuple):
    """A job that was done, and what the host was asked meanwhile."""

    walked: Walked
    host: Host

    @property
    def faults(self) -> list[str]:
        """What was found, as `check: sentence`."""
        return [f"{fault.check}: {fault.what}" for fault in self.walked.faults]


def job_of(manifest: Manifest, kind: str, words: str, setting: Setting) -> Job:
    """The first job of a kind whose words have these."""
    jobs = jobs_of(manifest, make_plan(manifest), [setting])
    return next(job for job in jobs if job.kind == kind and words in job.words)


def do(browser: Browser, files: Mapping[str, bytes], manifest: Manifest, job: Job) -> Done:
    """Do one job on built files."""
    with hosting(files) as host:
        declared = declared_hosts(files["_headers"].decode())
        visitor = Visitor(browser, host.origin, manifest, job.setting, declared)
        try:
            return Done(visitor.do(job), host)
        finally:
            visitor.close()
