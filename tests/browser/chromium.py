"""The browser that the tests drive: found as `funnelgen test` finds it, and kept on this machine."""

from __future__ import annotations

import os

from playwright.sync_api import Playwright

from funnelgen.pathtest import browsers
from funnelgen.pathtest.launch import arguments

ARGUMENTS = ["--no-sandbox", *arguments()]
"""As `funnelgen test` starts it: what is seen here is what it sees."""


def find_browser(playwright: Playwright) -> str:
    """The browser to drive. Raises BrowserNotFound."""
    return browsers.find_browser(playwright.chromium.executable_path, os.environ)


def installed_browser() -> str | None:
    """A browser that is installed on this machine, if there is one."""
    return next(filter(browsers.runs, browsers.installed(os.environ)), None)
