"""Opens pages as visitors' browsers do, and notices everything that goes wrong on them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    WebError,
)

from .server import LOOPBACK


class Device(NamedTuple):
    """A screen to look at pages on."""

    name: str
    width: int
    height: int
    touch: bool = False

    @property
    def viewport(self) -> ViewportSize:
        """Its size, for Playwright."""
        return {"width": self.width, "height": self.height}


PHONE = Device("phone", 390, 844, touch=True)
DESKTOP = Device("desktop", 1440, 900)
DEVICES = (PHONE, DESKTOP)
NARROWEST = Device("narrowest phone", 320, 800)


class Watch:
    """What went wrong in one context: console errors, page errors, requests that failed or left this machine."""

    def __init__(self, context: BrowserContext) -> None:
        self._problems: list[str] = []
        self._expected: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def expect(self, *patterns: str) -> None:
        """Say which problems must come, as regular expressions; any other is one that must not."""
        self._expected += patterns

    def verdict(self) -> list[str]:
        """What came although it must not, and what must have come and did not."""
        surprises = [p for p in self._problems if not any(re.search(e, p) for e in self._expected)]
        missing = [f"did not come: {e}" for e in self._expected if not any(re.search(e, p) for p in self._problems)]
        return surprises + missing

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location.get("url", "")
            self._problems.append(f"console {message.type}: {message.text} ({place})")

    def _error(self, error: WebError) -> None:
        self._problems.append(f"page error: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"http://{LOOPBACK}:", "data:", "file:")):
            self._problems.append(f"request to elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the visitor went on before it was there
            self._problems.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._problems.append(f"answer {response.status}: {response.url}")


class Visits:
    """The contexts of one test: a fresh one for every page that is opened, each watched."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[tuple[BrowserContext, Watch]] = []

    def open(
        self, url: str = "", *, device: Device = DESKTOP, javascript: bool = True, motion: bool = False, **options: Any
    ) -> Page:
        """A page in a fresh context, at `url`. `options` are those of Playwright's `new_context`."""
        context = self._browser.new_context(
            viewport=device.viewport,
            has_touch=device.touch,
            is_mobile=device.touch,
            java_script_enabled=javascript,
            reduced_motion="no-preference" if motion else "reduce",
            **options,
        )
        context.set_default_timeout(10_000)
        self._contexts.append((context, Watch(context)))
        page = context.new_page()
        if url:
            page.goto(url)
        return page

    def watch(self, page: Page) -> Watch:
        """What watches over a page."""
        return next(watch for context, watch in self._contexts if context == page.context)

    def verdict(self) -> list[str]:
        """Everything that went wrong on any of the pages."""
        for page in self._pages():
            page.evaluate("0")  # there and back: all that the page has said until now has arrived
        return [problem for _, watch in self._contexts for problem in watch.verdict()]

    def picture(self, folder: Path, name: str) -> list[Path]:
        """Screenshots of all pages that are open, for whoever reads why a test failed."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = re.sub(r"[^\w+-]+", "-", name).strip("-")
        pages = self._pages()
        paths = [folder / f"{stem}{f'-{n}' if n else ''}.png" for n in range(len(pages))]
        for page, path in zip(pages, paths, strict=True):
            page.screenshot(path=path)
        return paths

    def close(self) -> None:
        """Close every context."""
        for context, _ in self._contexts:
            context.close()

    def _pages(self) -> list[Page]:
        return [page for context, _ in self._contexts for page in context.pages]
