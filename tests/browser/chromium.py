"""Finds the browser that the tests drive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = (
    "chromium chromium-browser google-chrome google-chrome-stable chrome msedge microsoft-edge microsoft-edge-stable"
).split()
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    # Nothing leaves this machine, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class BrowserNotFound(Exception):
    """There is no browser to drive; the message says how to get one."""


def find_browser(playwright: Playwright) -> str:
    """The browser to drive: FUNNELGEN_BROWSER, else an installed one, else Playwright's own."""
    chosen = os.environ.get("FUNNELGEN_BROWSER")
    if chosen:
        if not _runs(chosen):
            raise BrowserNotFound(f"FUNNELGEN_BROWSER={chosen} is no browser that runs")
        return chosen
    found = installed_browser() or next(filter(_runs, [playwright.chromium.executable_path]), None)
    if found is None:
        raise BrowserNotFound(
            "the browser tests need Chromium, Chrome or Edge, and found none. This installs one:\n"
            f"  {sys.executable} -m playwright install chromium"
        )
    return found


def installed_browser() -> str | None:
    """A browser that is installed on this machine, if there is one."""
    return next(filter(_runs, (*filter(None, map(shutil.which, NAMES)), *MAC_APPS)), None)


def _runs(path: str) -> bool:
    """Asks the browser itself: Ubuntu puts a chromium-browser on the PATH that only tells how to install one."""
    if not Path(path).is_file():
        return False
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
