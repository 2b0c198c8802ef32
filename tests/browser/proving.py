"""Does jobs of the proof on built files, in the browser of the tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    done, host = do_all(browser, files, manifest, [job])
    return Done(done[0], host)


def do_all(
    browser: Browser, files: Mapping[str, bytes], manifest: Manifest, jobs: Iterable[Job]
) -> tuple[list[Walked], Host]:
    """Do jobs one after the other, each setting's by one visitor, as the product does."""
    declared = declared_hosts(files["_headers"].decode())
    visitors: dict[Setting, Visitor] = {}
    walked = []
    with hosting(files) as host:
        try:
            for job in jobs:
                if job.setting not in visitors:
                    visitors[job.setting] = Visitor(browser, host.origin, manifest, job.setting, declared)
                walked.append(visitors[job.setting].do(job))
        finally:
            for visitor in visitors.values():
                visitor.close()
    return walked, host
