"""The browser that the tests drive: found as `funnelgen test` finds it, and kept on this machine."""

from __future__ import annotations

import os

from playwright.sync_api import Playwright

from funnelgen.pathtest import browsers

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",  # lines are as long in a browser without windows as with them
    # Nothing leaves this machine, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def find_browser(playwright: Playwright) -> str:
    """The browser to drive. Raises BrowserNotFound."""
    return browsers.find_browser(playwright.chromium.executable_path, os.environ)


def installed_browser() -> str | None:
    """A browser that is installed on this machine, if there is one."""
    return next(filter(browsers.runs, browsers.installed(os.environ)), None)
