"""Render every page of an edition, on several cores where there are enough of them to be worth it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from funnelgen.funnel.manifest import ManifestPage
from funnelgen.pages.edition import Edition
from funnelgen.pages.pictures import Offered, joined
from funnelgen.pages.views import Page
from funnelgen.site.writing import Copy, Term

if TYPE_CHECKING:
    from funnelgen.pages.render import Renderer
    from funnelgen.site.models import File

WORTH_IT = 200  # pages; below, starting a process costs more than it saves


class Job(Struct, frozen=True, kw_only=True):
    """How to make one page's view. `node` is the id of its node, None for a page that is no step.

    `own` are the Markdown files that the page is handed: its own, and of a term those of its neighbours.
    """

    address: str
    make: Callable[[], Page]
    node: str | None = None
    own: tuple[Copy | Term | None, ...] = ()


class Printed(Struct, frozen=True, kw_only=True):
    """Rendered pages in the order of their jobs, and what they turned out to need."""

    pages: tuple[tuple[ManifestPage, bytes], ...]
    styles: tuple[str, ...]
    frame_hosts: tuple[str, ...]  # of players that may open in the pages
    theme_files: Mapping[str, bytes]
    published: Mapping[str, File]
    pictures: Offered
    letters: frozenset[str]  # shown beyond those that every ready-made font has
    lacking: Mapping[str, str] = {}  # those of them that a font of the theme does not have, by family


def print_pages(
    edition: Edition, renderer: Renderer, jobs: Sequence[Job], *, workers: int, progress: Callable[[int, int], None]
) -> Printed:
    """Render all jobs with at most `workers` processes. The result is the same for any number of them.

    Raises ThemeError where a template is at fault, whichever process met it.
    """
    if workers < 2 or len(jobs) < WORTH_IT:
        return _print(edition, renderer, jobs, lambda done: progress(done, len(jobs)))
    # Neighbours stay together, so that joining the parts in turn gives the jobs' own order.
    share = -(-len(jobs) // workers)
    parts = [jobs[at : at + share] for at in range(0, len(jobs), share)]
    others = [_Worker(edition, renderer, part) for part in parts[1:]]
    try:
        first = _print(edition, renderer, parts[0], lambda done: progress(done * len(parts), len(jobs)))
        return _join([first, *(worker.result() for worker in others)])
    finally:
        for worker in others:
            worker.end()


def _print(edition: Edition, renderer: Renderer, jobs: Sequence[Job], progress: Callable[[int], None]) -> Printed:
    pages = []
    for job in jobs:
        page = job.make()
        pages.append((listed(page, job.node), renderer.render(page).encode()))
        progress(len(pages))
    return Printed(
        pages=tuple(pages),
        styles=renderer.styles(),
        frame_hosts=renderer.frame_hosts(),
        theme_files=renderer.files(),
        published=dict(edition.published),
        pictures=edition.pictures.offered,
        letters=renderer.letters(),
    )


def listed(page: Page, node: str | None) -> ManifestPage:
    """How the manifest lists a page; `node` is the id of its node."""
    address = page.address
    file = address.strip("/") if address.endswith(".html") else f"{address.strip('/')}/index.html".lstrip("/")
    return ManifestPage(
        address=address,
        file=file,
        kind=page.kind,
        title=page.head.title,
        node=node,
        indexed=not page.head.noindex,
        locale=page.lang,
        alternates=page.versions,
    )


def _join(parts: Sequence[Printed]) -> Printed:
    return Printed(
        pages=tuple(page for part in parts for page in part.pages),
        styles=tuple(dict.fromkeys(style for part in parts for style in part.styles)),
        frame_hosts=tuple(sorted({host for part in parts for host in part.frame_hosts})),
        theme_files={name: data for part in parts for name, data in part.theme_files.items()},
        published={name: file for part in parts for name, file in part.published.items()},
        pictures=joined(part.pictures for part in parts),
        letters=frozenset().union(*(part.letters for part in parts)),
    )


class _Worker:
    """A forked process that renders a share of the pages: it has everything already, and sends back the result."""

    def __init__(self, edition: Edition, renderer: Renderer, jobs: Sequence[Job]) -> None:
        from multiprocessing import get_context

        context = get_context("fork")
        self._receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=self._run, args=(edition, renderer, jobs, sender), daemon=True)
        self._process.start()
        sender.close()

    @staticmethod
    def _run(edition: Edition, renderer: Renderer, jobs: Sequence[Job], sender: Any) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; as a daemon this ends with it
        try:
            sender.send(_print(edition, renderer, jobs, lambda done: None))
        except Exception as error:
            sender.send(error)

    def result(self) -> Printed:
        """Wait for the share; raises what the process met."""
        try:
            got = self._receiver.recv()
        except EOFError as error:
            raise RuntimeError("a process that rendered pages ended without a result") from error
        if isinstance(got, Exception):
            raise got
        printed: Printed = got
        return printed

    def end(self) -> None:
        """See the process out: one whose result nobody wants any more would wait for ever to hand it over."""
        self._process.terminate()
        self._process.join()
        self._receiver.close()
