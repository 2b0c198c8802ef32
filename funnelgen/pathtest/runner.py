"""Does all jobs of a plan: starts browsers, hands out the jobs, gathers what was found in the order of the plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Event, Lock

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.browsers import BrowserNotFound, find_browser
from funnelgen.pathtest.facts import DESKTOP, PHONE, Device
from funnelgen.pathtest.host import LOOPBACK, hosting
from funnelgen.pathtest.outcome import Job, Setting, Walked
from funnelgen.pathtest.plan import Plan, in_words
from funnelgen.pathtest.recorder import Recorder
from funnelgen.pathtest.standin import declared_hosts
from funnelgen.pathtest.walk import Visitor

ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    # Nothing leaves this machine, whatever a page asks for: no name is found, and no proxy is asked to find one. That a
    # request is answered here is not enough: a browser connects to the host of a link as soon as it is pressed.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
    "--no-proxy-server",
)

Progress = Callable[[int, int, Walked], None]
"""Told after each job: how many are done, of how many, and what it was."""


def settings_of(devices: Iterable[Device] = (PHONE, DESKTOP)) -> tuple[Setting, ...]:
    """Each device with JavaScript and without."""
    return tuple(Setting(device=device, javascript=script) for device in devices for script in (True, False))


def jobs_of(manifest: Manifest, plan: Plan, settings: Sequence[Setting]) -> list[Job]:
    """All jobs. Paths and pages are met in every setting, the detours where scripts run: they could be in the way."""
    jobs = []
    for setting in settings:
        jobs += [
            Job(kind="path", setting=setting, words=in_words(manifest, path.moves), path=path) for path in plan.paths
        ]
        if setting.javascript:
            jobs += [_of_button("cancel", setting, id, f"cancelling `{id}`") for id in plan.cancelled]
            jobs += [_of_button("back", setting, id, f"going back after `{id}`") for id in plan.returned]
        pages = (page.address for page in manifest.pages if page.kind != "404")
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
    environ: Mapping[str, str] = os.environ,
) -> list[Walked]:
    """Do `jobs` on the built `files`, each worker with a browser of its own. The answers come in the order of the jobs.

    Raises BrowserNotFound. `browser` is the program that was asked for, if one was.
    """
    queue: SimpleQueue[int] = SimpleQueue()
    for number in range(len(jobs)):
        queue.put(number)
    done: dict[int, Walked] = {}
    stop, told = Event(), Lock()
    declared = declared_hosts(files.get("_headers", b"").decode())

    def work(origin: str) -> None:
        with sync_playwright() as playwright:
            path = find_browser(playwright.chromium.executable_path, environ, asked=browser)
            with _launched(playwright, path, headless=not headed) as running:
                visitors: dict[Setting, Visitor] = {}
                while not stop.is_set():
                    try:
                        number = queue.get_nowait()
                    except Empty:
                        return
                    setting = jobs[number].setting
                    if setting not in visitors:
                        visitors[setting] = Visitor(running, origin, manifest, setting, declared, recorder)
                    walked = visitors[setting].do(jobs[number])
                    if stop.is_set():
                        return  # the browser may have been closed under the visitor: what was found then is no fault
                    with told:
                        done[number] = walked
                        progress(len(done), len(jobs), walked)

    with hosting(files) as host, ThreadPoolExecutor(max_workers=workers) as pool:
        tasks = [pool.submit(work, host.origin) for _ in range(workers)]
        try:
            for task in tasks:
                task.result()
        finally:
            stop.set()
    return [done[number] for number in sorted(done)]


def _launched(playwright: Playwright, path: str, *, headless: bool) -> Browser:
    try:
        return playwright.chromium.launch(
            executable_path=path,
            args=ARGUMENTS,
            headless=headless,
            # Ctrl-C is for us: the jobs that are open are left, the browsers closed, and what was found is told.
            handle_sigint=False,
        )
    except Error as error:
        raise BrowserNotFound(
            f"`{path}` does not start: {error.message.splitlines()[0]}", "name another with --browser"
        ) from error


def _of_button(kind: str, setting: Setting, id: str, words: str) -> Job:
    return Job(kind=kind, setting=setting, words=words, button=id)  # type: ignore[arg-type] # one of the kinds
