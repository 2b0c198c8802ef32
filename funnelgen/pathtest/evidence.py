"""What is kept of faults beside their words: a picture of each, and a trace of the job that met it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import structs

from funnelgen.output import clear_output, own_folder, write_output
from funnelgen.pathtest.camera import Camera
from funnelgen.pathtest.outcome import Finding, Job, Walked
from funnelgen.pathtest.recorder import Recorder
from funnelgen.pathtest.tracer import MOST_TRACES, Tracer

Walk = Callable[[Sequence[Job], Recorder], Sequence[Walked]]
"""Does jobs, and has a recorder look on."""


def pictured(found: Sequence[Finding], camera: Camera) -> tuple[list[Finding], dict[str, bytes]]:
    """The findings with the names of their pictures, and the pictures by name. Faults seen at once share one."""
    names: dict[bytes, str] = {}
    with_names = []
    for number, one in enumerate(found, 1):
        picture = camera.faults.get(one.fault.key)
        if picture is not None:
            names.setdefault(picture, f"{_called(number, one)}.png")
        with_names.append(structs.replace(one, picture=names[picture] if picture is not None else ""))
    return with_names, {name: picture for picture, name in names.items()}


def traced(found: Sequence[Finding], walk: Walk) -> tuple[list[Finding], dict[str, bytes]]:
    """The findings with the names of their traces, and the traces by name: a few of the jobs are done once more.

    A fault that was not met then is marked: it depends on something beside the site, time as a rule.
    """
    jobs: dict[Job, str] = {}
    for number, one in enumerate(found, 1):
        if len(jobs) < MOST_TRACES and one.job.kind != "host":
            jobs.setdefault(one.job, f"{_called(number, one)}.zip")
    with tempfile.TemporaryDirectory(prefix="funnelgen-test-") as folder:
        files = {job: Path(folder) / name for job, name in jobs.items()}
        # One at a time: a visitor who just walked another path would go on from where the two part.
        done = [one for job in jobs for one in walk([job], Tracer(files))]
        met = {one.job: {fault.key for fault in one.faults} for one in done}
        traces = {path.name: path.read_bytes() for path in files.values() if path.is_file()}
    with_names = [
        structs.replace(
            one,
            trace=jobs[one.job] if jobs.get(one.job) in traces else "",
            again=one.fault.key in met[one.job] if one.job in met else None,
        )
        for one in found
    ]
    return with_names, traces


def keep(files: Mapping[str, bytes], folder: Path, *, site: Path | None = None) -> None:
    """Write pictures and traces into a folder, in place of those of the last run. Raises OutputError.

    `site` is the site's folder where `folder` lies in its `.funnelgen`, which is made then.
    """
    if not files:
        clear_output(folder)
        return
    if site is not None:
        own_folder(site)
    write_output(files, folder, site=None)


def _called(number: int, finding: Finding) -> str:
    """A name that says which fault it is of: "2-checkout"."""
    page = re.sub(r"[^a-z0-9]+", "-", finding.fault.address.casefold()).strip("-")[:60]
    return f"{number}-{page or 'first-page'}"
