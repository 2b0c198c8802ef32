"""Does all jobs of a plan: starts browsers, hands out the jobs, gathers what was found in the order of the plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.accessibility import Judge
from funnelgen.pathtest.facts import DESKTOP, PHONE, Device
from funnelgen.pathtest.handout import Handout
from funnelgen.pathtest.host import LOOPBACK, hosting
from funnelgen.pathtest.launch import launched
from funnelgen.pathtest.lean import covering, met_on_paths
from funnelgen.pathtest.links import Links
from funnelgen.pathtest.outcome import Job, Setting, Walked
from funnelgen.pathtest.plan import Plan, in_words
from funnelgen.pathtest.recorder import Recorder
from funnelgen.pathtest.standin import declared_hosts
from funnelgen.pathtest.walk import Visitor

Progress = Callable[[int, int, Walked], None]
"""Told after each job: how many are done, of how many, and what it was."""


def settings_of(devices: Iterable[Device] = (PHONE, DESKTOP)) -> tuple[Setting, ...]:
    """Each device with JavaScript and without."""
    return tuple(Setting(device=device, javascript=script) for device in devices for script in (True, False))


def jobs_of(
    manifest: Manifest, plan: Plan, settings: Sequence[Setting], *, scripted: Collection[str] | None = None
) -> list[Job]:
    """All jobs. Paths and pages are met in every setting, the detours where scripts run: they could be in the way.

    `scripted` are the addresses of pages that may differ with JavaScript and without (lean.scripted). Who gives them
    gets no job that sees only what another sees. The other pages are opened with JavaScript alone, and those that paths
    meet as they are not opened once more. Without a script nothing is kept from page to page, so that no page knows
    how its visitor came, and the paths that take every way show all: without JavaScript, and where no page has a script
    on every device but the first; without JavaScript those pages are the same on each. And a detour leads the same way
    everywhere.
    """
    jobs: list[Job] = []
    lean = scripted is not None
    for setting in settings:
        walked = {job.setting.javascript for job in jobs if job.kind == "path"}
        paths = plan.paths
        if scripted is not None and (not setting.javascript or (walked and not scripted)):
            paths = () if False in walked and not setting.javascript and not scripted else covering(paths)
        jobs += [Job(kind="path", setting=setting, words=in_words(manifest, path.moves), path=path) for path in paths]
        if setting.javascript and not (lean and any(job.kind == "cancel" for job in jobs)):
            jobs += [_of_button("cancel", setting, id, f"cancelling `{id}`") for id in plan.cancelled]
            jobs += [_of_button("back", setting, id, f"going back after `{id}`") for id in plan.returned]
        pages = [page.address for page in manifest.pages if page.kind != "404"]
        if scripted is not None:
            met = met_on_paths(manifest)
            pages = [a for a in pages if a not in met and (setting.javascript or a in scripted)]
        jobs += [Job(kind="page", setting=setting, words=f"opening {a}", address=a) for a in pages]
    return jobs


def walk(
    files: Mapping[str, bytes],
    manifest: Manifest,
    jobs: Sequence[Job],
    *,
    browser: str | None = None,
    workers: int = 1,
    headed: bool = False,
    progress: Progress = lambda done, of, walked: None,
    recorder: Recorder | None = None,
    at: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> list[Walked]:
    """Do `jobs` on the built `files`, each worker with a browser of its own. The answers come in the order of the jobs.

    Raises BrowserNotFound. `browser` is the program that was asked for, if one was. `at` is the origin at which the
    files were deployed; without it they are served from this machine.
    """
    handout = Handout(jobs)
    done: dict[int, Walked] = {}
    judge = Judge(first=jobs[0].setting.device if jobs else None)
    links = Links()
    stop, told = Event(), Lock()

    def work(origin: str) -> None:
        last: Setting | None = None
        with visiting(
            files,
            manifest,
            origin,
            judge=judge,
            links=links,
            deployed=at is not None,
            browser=browser,
            headed=headed,
            recorder=recorder,
            environ=environ,
        ) as do:
            while not stop.is_set() and (number := handout.take(last)) is not None:
                last = jobs[number].setting
                walked = do(jobs[number])
                if stop.is_set():
                    return  # the browser may have been closed under the visitor: what was found then is no fault
                with told:
                    done[number] = walked
                    progress(len(done), len(jobs), walked)

    with _served(files, at) as origin, ThreadPoolExecutor(max_workers=workers) as pool:
        tasks = [pool.submit(work, origin) for _ in range(workers)]
        try:
            for task in tasks:
                task.result()
        finally:
            stop.set()
    return [done[number] for number in sorted(done)]


@contextmanager
def visiting(
    files: Mapping[str, bytes],
    manifest: Manifest,
    origin: str,
    *,
    judge: Judge | None = None,
    links: Links | None = None,
    deployed: bool = False,
    browser: str | None = None,
    headed: bool = False,
    recorder: Recorder | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Iterator[Callable[[Job], Walked]]:
    """A browser for the built `files` at `origin`: what it gives does one job after another. Raises BrowserNotFound.

    `judge` and `links` may be those that others share. `deployed` is whether others use the site at `origin`. The
    browser belongs to the thread that it was made in, as Playwright does.
    """
    declared = declared_hosts(files.get("_headers", b"").decode())
    visitors: dict[Setting, Visitor] = {}
    links = links or Links()
    host = urlsplit(origin).hostname or LOOPBACK
    with (
        sync_playwright() as playwright,
        launched(playwright, environ, asked=browser, headless=not headed, host=host) as running,
    ):

        def do(job: Job) -> Walked:
            if job.setting not in visitors:
                visitors[job.setting] = Visitor(
                    running,
                    origin,
                    manifest,
                    job.setting,
                    declared,
                    recorder,
                    deployed=deployed,
                    judge=judge,
                    links=links,
                )
            return visitors[job.setting].do(job)

        yield do


@contextmanager
def _served(files: Mapping[str, bytes], at: str | None) -> Iterator[str]:
    """The origin to walk: where the files were deployed, else a host of this machine's for as long as it takes."""
    if at is not None:
        yield at
        return
    with hosting(files) as host:
        yield host.origin


def _of_button(kind: Literal["cancel", "back"], setting: Setting, id: str, words: str) -> Job:
    return Job(kind=kind, setting=setting, words=words, button=id)
