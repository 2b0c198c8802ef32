"""What a test found: jobs, and what went wrong on each. Plain data, for every kind of report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from funnelgen.diagnostics import Span
from funnelgen.funnel.manifest import Manifest
from funnelgen.funnel.paths import Path
from funnelgen.pathtest.facts import Device
from funnelgen.pathtest.plan import Plan


class Setting(Struct, frozen=True, kw_only=True):
    """Who is visiting: on which device, with JavaScript or without."""

    device: Device
    javascript: bool = True

    @property
    def less_motion(self) -> bool:
        """Whether the visitor asks for less motion: each page is met both ways, with JavaScript and without."""
        return self.javascript == self.device.touch

    @property
    def name(self) -> str:
        """In words: "phone", "desktop without JavaScript"."""
        return self.device.name + ("" if self.javascript else " without JavaScript")


class Job(Struct, frozen=True, kw_only=True):
    """One thing that a visitor does from its beginning to its end.

    `path`: walks it. `cancel`: cancels the payment of a button. `back`: pays, and goes back. `page`: opens an address
    without coming from anywhere, and has it judged for accessibility. `host`: looks at a deployed site's host, without
    a browser.
    """

    kind: Literal["path", "cancel", "back", "page", "host"]
    setting: Setting
    words: str
    path: Path | None = None
    button: str = ""
    address: str = ""


class Fault(Struct, frozen=True, kw_only=True):
    """Something that is wrong. `where` is how the visitor got there, in words; `address` the page that shows it."""

    check: str
    address: str
    where: str
    what: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What two faults have in common that are one: the same is wrong with the same page."""
        return self.check, self.address, self.what


class Walked(Struct, frozen=True, kw_only=True):
    """A job that was done: which pages it saw, and what was wrong."""

    job: Job
    pages: tuple[str, ...]
    faults: tuple[Fault, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """One fault with all the jobs that met it, and what was kept of it."""

    fault: Fault
    settings: tuple[Setting, ...]
    others: int
    """How many jobs beside the first met it."""
    job: Job
    """The first that met it."""
    place: Span | None = None
    """Where in the site's files the page or the step stands."""
    picture: str = ""
    """The file of its picture, below the folder of the proof."""
    trace: str = ""
    """The file of the job's trace."""
    again: bool | None = None
    """Whether it was met when the job was done once more; None where it was not."""


class Proof(Struct, frozen=True, kw_only=True):
    """All that a test found: what every report is made of."""

    manifest: Manifest
    plan: Plan
    jobs: tuple[Job, ...]
    """What there was to do."""
    walked: tuple[Walked, ...]
    """What was done of it: all, unless somebody lost patience."""
    findings: tuple[Finding, ...]
    folder: str = ""
    """Where the pictures and traces are."""

    @property
    def finished(self) -> bool:
        """Whether everything was done."""
        return len(self.walked) == len(self.jobs)


def findings(walked: Sequence[Walked]) -> list[Finding]:
    """Faults, each once: what the same page says wrong on many paths is one fault, told by the first of them."""
    met: dict[tuple[str, str, str], list[tuple[Fault, Job]]] = {}
    for one in walked:
        for fault in one.faults:
            met.setdefault(fault.key, []).append((fault, one.job))
    return [
        Finding(
            fault=first[0][0],
            settings=tuple(dict.fromkeys(job.setting for _, job in first)),
            others=len({(job.kind, job.words) for _, job in first}) - 1,
            job=first[0][1],
        )
        for first in met.values()
    ]
