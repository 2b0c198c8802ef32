"""Hears what goes wrong on pages besides what they show: errors of scripts, requests that fail or go elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, Response, WebError

GONE_ON = ("net::ERR_ABORTED", "NS_BINDING_ABORTED")
"""How browsers say that the visitor went on before something was there."""

_AGAIN = "console error: Failed to load resource:"
"""How Chromium's console tells what is noted as a request already."""

_FADES = "Transition was aborted because of invalid state"
"""What a browser says where a picture is taken of a page that fades in: that is no script of the page's."""


class Noise:
    """All that is heard in one context, until it is taken."""

    def __init__(self, context: BrowserContext, origin: str, declared: Collection[str]) -> None:
        """`declared` are the hosts, besides the site's own `origin`, that its pages may ask something of."""
        self._origin = origin
        self._declared = declared
        self._heard: list[tuple[str, str]] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("dialog", self._dialog)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def take(self) -> list[tuple[str, str]]:
        """What was heard since the last time: the check's name, and a sentence."""
        heard, self._heard = dict.fromkeys(self._heard), []
        failed = [f"({what.partition(' ')[0]})" for check, what in heard if check == "requests"]
        return [it for it in heard if not (it[1].startswith(_AGAIN) and it[1].endswith(tuple(failed)))]

    def judge(self, url: str, what: str) -> None:
        """Note what a page does with an address of another host, unless the site declares that."""
        if urlsplit(url).hostname not in self._declared:
            self.note("requests", f"the page {what} {url}, which the site does not declare")

    def window(self, page: Page) -> None:
        """Note a window that opens beside the visitor's own."""
        self.note("ways", f"a window of its own opens: {self._short(page.url)}")

    def note(self, check: str, what: str) -> None:
        """Something that was noticed elsewhere."""
        self._heard.append((check, what))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = self._short(message.location.get("url", ""))
            self.note("console", f"console {message.type}: {message.text}" + (f" ({place})" if place else ""))

    def _error(self, error: WebError) -> None:
        if _FADES in str(error.error):
            return
        self.note("console", f"a script failed: {error.error}")

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            self.note("console", "a box asks visitors whether they want to leave the page")
            dialog.accept()
            return
        self.note("console", f"a box opens over the page: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if request.url.startswith((f"{self._origin}/", "data:", "about:", "blob:")):
            return
        self.judge(request.url, "asks for")

    def _failed(self, request: Request) -> None:
        if request.failure not in GONE_ON:
            self.note("requests", f"{self._short(request.url)} did not arrive ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.note("requests", f"{self._short(response.url)} is answered with {response.status}")

    def _short(self, url: str) -> str:
        return url.removeprefix(self._origin)
