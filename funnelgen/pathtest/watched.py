"""A visitor whom people can watch: what is about to be pressed is outlined, and there is time to read."""

from __future__ import annotations

from playwright.sync_api import Error, Locator, Page

from funnelgen.pathtest.outcome import Job
from funnelgen.pathtest.recorder import Recorder

_OUTLINE = """e => {
  e.scrollIntoView({ block: "center", behavior: "instant" });
  e.style.setProperty("outline", "4px solid #d6252c", "important");
  e.style.setProperty("outline-offset", "4px", "important");
}"""
_PLAIN = """e => {
  e.style.removeProperty("outline");
  e.style.removeProperty("outline-offset");
  if (!e.getAttribute("style")) e.removeAttribute("style");
}"""
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
            found.evaluate(_OUTLINE, timeout=_PATIENCE)
            found.page.wait_for_timeout(self._pause)
            found.evaluate(_PLAIN, timeout=_PATIENCE)
        except Error:
            return
