"""A visitor whom people can watch: what is about to be pressed is outlined, and there is time to read."""

from __future__ import annotations

from playwright.sync_api import Error, Locator, Page

from funnelgen.pathtest.camera import script
from funnelgen.pathtest.outcome import Job
from funnelgen.pathtest.recorder import Recorder

_PATIENCE = 1_000  # milliseconds: what is not there is the visitor's to find missing


class Watched(Recorder):
    """Stops on every page and before every press."""

    def __init__(self, pause: int) -> None:
        """`pause` in milliseconds."""
        self._pause = pause

    def looked(self, page: Page, job: Job, address: str, bumps: tuple[str, ...]) -> None:
        """Time to see the page."""
        page.wait_for_timeout(self._pause)

    def pressing(self, found: Locator) -> None:
        """Outline what is pressed, for a while; the page is as it was when it is."""
        try:
            found.scroll_into_view_if_needed(timeout=_PATIENCE)
            found.evaluate(script("outline"), True, timeout=_PATIENCE)
            found.page.wait_for_timeout(self._pause)
            found.evaluate(script("outline"), False, timeout=_PATIENCE)
        except Error:
            return
