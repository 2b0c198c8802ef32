"""The tests that `pytest --funnel SITE` adds: one for each path, each detour and each page, in words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from funnelgen.diagnostics import Diagnostic, has_errors
from funnelgen.diagnostics.text import render
from funnelgen.funnel.manifest import Mode
from funnelgen.pathtest.accessibility import Judge
from funnelgen.pathtest.browsers import BrowserNotFound
from funnelgen.pathtest.deployed.caller import Caller, Unreachable
from funnelgen.pathtest.deployed.deployment import Deployment
from funnelgen.pathtest.deployed.jobs import host_jobs, look_at_host
from funnelgen.pathtest.deployed.recognise import look_up_mode, origin_of
from funnelgen.pathtest.facts import DEVICES
from funnelgen.pathtest.lean import scripted
from funnelgen.pathtest.outcome import Fault, Job, Walked
from funnelgen.pathtest.plan import make_plan
from funnelgen.pipeline import Failed, Output, build, check, choose_mode
from funnelgen.site import Loaded, SiteNotFound, load_site

try:
    from funnelgen.pathtest.host import hosting
    from funnelgen.pathtest.runner import jobs_of, settings_of, visiting
except ImportError as error:
    raise pytest.UsageError(
        f"--funnel needs a browser's driver ({error.name}): pip install 'funnelgen[test]'"
    ) from error


class Wrong(Exception):
    """What a walk found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(f"{fault.where}: {fault.what} [{fault.check}]" for fault in faults))


class Suite:
    """A built site and its tests. A browser starts with the first that runs, and serves them all."""

    def __init__(self, folder: Path, output: Output, devices: Sequence[str], origin: str | None) -> None:
        """`devices` are all where none is named; `origin` is where the site was deployed, if it is walked there."""
        self.folder = folder
        self.output = output
        settings = settings_of(DEVICES[name] for name in dict.fromkeys(devices or DEVICES))
        scripts = scripted(output.manifest, output.files)
        self._jobs = jobs_of(output.manifest, make_plan(output.manifest), settings, scripted=scripts)
        self._origin = origin
        self._host = Deployment(origin, output.files, output.manifest) if origin else None
        # Playwright lets one thread drive it once: another suite may have it in the thread that runs the tests.
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._open = ExitStack()
        self._visit: Callable[[Job], Walked] | None = None
        self._lacking: BrowserNotFound | None = None

    @property
    def jobs(self) -> list[Job]:
        """What is tested: the host of a deployed site first, since that takes no browser."""
        return [*(host_jobs() if self._host else []), *self._jobs]

    def tests(self, session: pytest.Session) -> list[pytest.Item]:
        """A test for each job, made known to whoever counts what is collected."""
        name = os.path.relpath(self.folder, session.config.rootpath).replace(os.sep, "/")
        name = self.folder.name if name == "." else name
        funnel = Funnel.from_parent(session, name=name, nodeid=name, suite=self)
        return [item for item in session.genitems(funnel) if isinstance(item, pytest.Item)]

    def do(self, job: Job) -> Walked:
        """Do one job. Raises BrowserNotFound."""
        if job.kind == "host" and self._host:
            return look_at_host(self._host, job)
        return self._thread.submit(self._walk, job).result()

    def close(self) -> None:
        """Close the browser, if one was started."""
        self._thread.submit(self._open.close).result()
        self._thread.shutdown()

    def _walk(self, job: Job) -> Walked:
        if self._lacking:
            raise self._lacking
        if self._visit is None:
            files, manifest = self.output.files, self.output.manifest
            origin = self._origin or self._open.enter_context(hosting(files)).origin
            try:
                deployed = self._origin is not None
                self._visit = self._open.enter_context(
                    visiting(files, manifest, origin, judge=Judge(first=job.setting.device), deployed=deployed)
                )
            except BrowserNotFound as error:
                self._lacking = error
                raise
        return self._visit(job)


class Funnel(pytest.Collector):
    """The site that the tests belong to."""

    def __init__(self, *, suite: Suite, **given: Any) -> None:
        super().__init__(**given)
        self.suite = suite

    def collect(self) -> Iterable[pytest.Item]:
        """The tests, each with its words and who does it."""
        for job in self.suite.jobs:
            yield Walk.from_parent(self, name=f"{job.words} [{job.setting.name}]", job=job)


class Walk(pytest.Item):
    """A test: a browser does one job."""

    parent: Funnel

    def __init__(self, *, job: Job, **given: Any) -> None:
        super().__init__(**given)
        self.job = job
        self.add_marker("funnel")

    def runtest(self) -> None:
        """Do the job. Raises Wrong with all that is wrong."""
        walked = self.parent.suite.do(self.job)
        if walked.faults:
            raise Wrong(walked.faults)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The faults in words. What is no fault of the site is shown as pytest shows it."""
        match excinfo.value:
            case Wrong() as wrong:
                return str(wrong)
            case BrowserNotFound() as lacking:
                return f"{lacking}\nhelp: {lacking.remedy}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Where the test stands: in the site's folder."""
        return self.parent.suite.folder, None, self.name


def suite_of(
    folder: Path, *, devices: Sequence[str] = (), mode: Mode | None = None, url: str | None = None, cache: Path | None
) -> Suite:
    """The tests of the site in `folder`. `url` is where it was deployed, if it is to be walked there.

    `cache` is a folder for what builds use again. Raises pytest.UsageError with the findings of a site that cannot be
    built, or what keeps a deployed one from being asked.
    """
    folder = folder.resolve()
    try:
        loaded = load_site(folder, environ=os.environ)
        origin = origin_of(url) if url else None
        if origin and loaded.site and not has_errors(loaded.diagnostics):
            mode = mode or look_up_mode(Caller(origin), origin, loaded.site)
    except (SiteNotFound, ValueError) as error:
        raise pytest.UsageError(str(error)) from None
    except Unreachable as error:
        raise pytest.UsageError(f"{error}\nhelp: {error.remedy}") from None
    return Suite(folder, _built(loaded, mode, cache), devices, origin)


def _built(loaded: Loaded, mode: Mode | None, cache: Path | None) -> Output:
    chosen = mode or (choose_mode(loaded.site, os.environ) if loaded.site else "demo")
    checked = check(loaded, chosen)
    found: Sequence[Diagnostic] = checked.diagnostics
    sources = checked.sources
    if checked.can_build and checked.site is not None and checked.funnel is not None:
        try:
            output = build(checked.site, checked.funnel, chosen, cache=cache, sources=sources)
        except Failed as failed:
            found, sources = (failed.diagnostic,), {**sources, **failed.sources}
        else:
            found = output.diagnostics
            if not has_errors(found):
                return output
    raise pytest.UsageError(f"the funnel cannot be built, so nothing is walked\n\n{render(found, sources)}")
