"""The checks of a deployed site's host as jobs, so that they stand in every report beside what visitors met."""

from __future__ import annotations

from funnelgen.pathtest.deployed.caller import Unreachable
from funnelgen.pathtest.deployed.checks import CHECKS
from funnelgen.pathtest.deployed.deployment import Deployment
from funnelgen.pathtest.facts import Device
from funnelgen.pathtest.outcome import Fault, Job, Setting, Walked

NOBODY = Setting(device=Device(name="the host", width=0, height=0))
"""On what these jobs look: on no device, but on the host."""


def host_jobs() -> list[Job]:
    """A job for each check of a host."""
    return [Job(kind="host", setting=NOBODY, words=words) for words in CHECKS]


def look_at_host(site: Deployment, job: Job) -> Walked:
    """Do one of these jobs. A host that says nothing any more is a fault of its own."""
    faults: list[Fault] = []
    pages: tuple[str, ...] = ()
    try:
        for check, address, what in CHECKS[job.words](site):
            faults.append(Fault(check=check, address=address, where=f"the host, {address}", what=what))
        pages = tuple(site.pages)
    except Unreachable as lost:
        faults.append(Fault(check="deployed", address="/", where="the host", what=str(lost)))
    return Walked(job=job, pages=pages, faults=tuple(faults))
