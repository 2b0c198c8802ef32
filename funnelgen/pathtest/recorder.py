"""Who looks over a visitor's shoulder: keeps pictures or traces, or makes the visitor slow enough to be followed."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import BrowserContext, Locator, Page

from funnelgen.pathtest.outcome import Fault, Job


class Recorder:
    """Is told of what a visitor does, while it is done. This one keeps nothing; others override what they are about.

    All workers tell the same recorder, each in a thread of its own.
    """

    def begin(self, context: BrowserContext, job: Job) -> None:
        """A job begins; its first page is not open yet."""

    def looked(self, page: Page, job: Job, address: str, bumps: tuple[str, ...]) -> None:
        """The visitor is at an address of the manifest, with these bumps ticked."""

    def pressing(self, found: Locator) -> None:
        """The visitor is about to press, tick or fill in something."""

    def faulty(self, page: Page, faults: Sequence[Fault]) -> None:
        """Faults were found, and the page is as it was then."""

    def end(self, context: BrowserContext, job: Job) -> None:
        """A job is done."""


class Several(Recorder):
    """Recorders side by side."""

    def __init__(self, *recorders: Recorder) -> None:
        self._all = recorders

    def begin(self, context: BrowserContext, job: Job) -> None:
        """Tell all."""
        for one in self._all:
            one.begin(context, job)

    def looked(self, page: Page, job: Job, address: str, bumps: tuple[str, ...]) -> None:
        """Tell all."""
        for one in self._all:
            one.looked(page, job, address, bumps)

    def pressing(self, found: Locator) -> None:
        """Tell all."""
        for one in self._all:
            one.pressing(found)

    def faulty(self, page: Page, faults: Sequence[Fault]) -> None:
        """Tell all."""
        for one in self._all:
            one.faulty(page, faults)

    def end(self, context: BrowserContext, job: Job) -> None:
        """Tell all."""
        for one in self._all:
            one.end(context, job)
