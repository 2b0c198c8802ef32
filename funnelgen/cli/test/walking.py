"""Has browsers walk a built site, and gathers what they find."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

import click

from funnelgen.cli.test.progress import Progress

if TYPE_CHECKING:
    from funnelgen.cli.test.building import Target
    from funnelgen.pathtest.camera import Camera
    from funnelgen.pathtest.deployed.deployment import Deployment
    from funnelgen.pathtest.outcome import Job, Proof, Walked
    from funnelgen.pathtest.plan import Plan
    from funnelgen.pathtest.recorder import Recorder

_MOST_WORKERS = 4
_MOST_DEPLOYED = 2  # a deployed site has others to serve


class Walking:
    """One run. `again` does some of its jobs once more."""

    def __init__(
        self,
        target: Target,
        whole: Plan,
        plan: Plan,
        devices: Sequence[str],
        *,
        only_paths: bool,
        quiet: bool,
        host: Deployment | None = None,
    ) -> None:
        """`whole` has all paths, `plan` those that are walked; with `only_paths` nothing else is.

        `host` is where the site is deployed, if it is walked there.
        """
        runner = _runner()
        from funnelgen.pathtest.facts import DEVICES
        from funnelgen.pathtest.lean import scripted

        self._target = target
        self._plan = plan
        self._settings = runner.settings_of(DEVICES[name] for name in dict.fromkeys(devices))
        scripts = scripted(target.manifest, target.files)
        jobs = runner.jobs_of(target.manifest, plan, self._settings, scripted=scripts)
        self.jobs = _together([job for job in jobs if job.kind == "path" or not only_paths])
        self._host = host
        if host and not only_paths:
            from funnelgen.pathtest.deployed.jobs import host_jobs

            self.jobs = [*host_jobs(), *self.jobs]
        numbers = {path: number for number, path in enumerate(whole.paths, 1)}
        self._progress = Progress(self.jobs, numbers, quiet=quiet)
        self._browser: str | None = None
        self.camera: Camera | None = None

    def walk(self, *, browser: str | None, headed: bool, slow: int, workers: int | None, pictures: bool) -> Proof:
        """Do all jobs, or those that are done before Ctrl-C. With `pictures` every page has its picture taken."""
        from funnelgen.pathtest.camera import Camera
        from funnelgen.pathtest.outcome import Proof, findings
        from funnelgen.pathtest.recorder import Several
        from funnelgen.pathtest.watched import Watched

        shown = headed or slow > 0
        if shown:
            _require_screen()
        self._browser = browser
        self.camera = Camera(pages=self._settings[0] if pictures else None)
        recorder = Several(self.camera, Watched(slow)) if shown else self.camera
        most = _MOST_WORKERS if self._host is None else _MOST_DEPLOYED
        many = workers or (1 if shown else min(os.cpu_count() or 1, most))
        try:
            self._look_at_host()
            self._do([job for job in self.jobs if job.kind != "host"], recorder, workers=many, headed=shown)
        except KeyboardInterrupt:
            pass  # what was found until now is worth telling
        finally:
            self._progress.clear()
        place = {job: number for number, job in enumerate(self.jobs)}
        walked = tuple(sorted(self._progress.walked, key=lambda one: place[one.job]))
        return Proof(
            manifest=self._target.manifest,
            plan=self._plan,
            jobs=tuple(self.jobs),
            walked=walked,
            findings=tuple(findings(walked)),
        )

    def again(self, jobs: Sequence[Job], recorder: Recorder) -> Sequence[Walked]:
        """Do some jobs once more, unseen and untold, for a recorder."""
        return self._do(jobs, recorder, told=False)

    def _look_at_host(self) -> None:
        if self._host is None:
            return
        from funnelgen.pathtest.deployed.jobs import look_at_host

        for number, job in enumerate((job for job in self.jobs if job.kind == "host"), 1):
            self._progress.done(number, len(self.jobs), look_at_host(self._host, job))

    def _do(
        self, jobs: Sequence[Job], recorder: Recorder, *, workers: int = 1, headed: bool = False, told: bool = True
    ) -> Sequence[Walked]:
        from funnelgen.pathtest.browsers import BrowserNotFound

        try:
            walked: Sequence[Walked] = _runner().walk(
                self._target.files,
                self._target.manifest,
                jobs,
                browser=self._browser,
                workers=min(workers, len(jobs)),
                headed=headed,
                progress=self._progress.done if told else lambda done, of, walked: None,
                recorder=recorder,
                at=self._host.origin if self._host else None,
            )
        except BrowserNotFound as error:
            raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
        return walked


def _together(jobs: Sequence[Job]) -> list[Job]:
    """Jobs in the order of the plan, and within it what is the same walk for several visitors in a row.

    So a path is done, and can be told, before the next one begins.
    """
    first: dict[tuple[str, str], int] = {}
    for number, job in enumerate(jobs):
        first.setdefault((job.kind, job.words), number)
    return sorted(jobs, key=lambda job: first[job.kind, job.words])


def _require_screen() -> None:
    """A browser that nobody could see is wrong usage, not a fault of the browser."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise click.UsageError("there is no screen here to show a browser on; leave out `--headed` and `--slow`")


def _runner() -> ModuleType:
    """The module that drives browsers; without its driver, how to install that."""
    try:
        from funnelgen.pathtest import runner
    except ImportError as error:
        raise click.ClickException(
            f"`test` needs a browser's driver ({error.name}): pip install 'funnelgen[test]'"
        ) from error
    return runner
