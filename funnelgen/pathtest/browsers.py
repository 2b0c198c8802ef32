"""Finds a browser to drive: the one that was asked for, else Playwright's own, else one that is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "FUNNELGEN_BROWSER"
INSTALL = "-m playwright install chromium"

CHANNELS = ("google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge")
SHELL = "chromium-headless-shell"
CHROMIUM = ("chromium", "chromium-browser")
OWN_SHELLS = ("chrome-headless-shell*", "headless_shell*")  # Playwright's, by the name that its version gives it
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_APPS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")

_PATIENCE = 30  # seconds; a browser that starts for the first time on a busy machine takes some


class BrowserNotFound(Exception):
    """There is no browser to drive; `remedy` says how to get one."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def find_browser(own: str, environ: Mapping[str, str], *, asked: str | None = None, shown: bool = False) -> str:
    """The path of the browser to drive. `own` is where Playwright keeps its own, `asked` what a person named.

    `shown` is whether somebody looks at its window. Where nobody does, Chromium's shell without windows is taken if it
    stands beside: it draws the same pages, and opens one in a quarter of the time, since it makes no window for it.

    Whoever names a browser, here or in FUNNELGEN_BROWSER, gets that one or BrowserNotFound, never another: in CI a
    different browser than the one that was meant is a fault that nobody would see.
    """
    chosen, by = (asked, "--browser") if asked else (environ.get(VARIABLE), VARIABLE)
    if chosen:
        path = shutil.which(chosen) or chosen
        if not runs(path):
            raise BrowserNotFound(f"`{chosen}` ({by}) is no browser that runs", f"name the program itself with {by}")
        return path
    playwrights = (own,) if shown else (*_shells(own), own)
    found = next(filter(runs, (*playwrights, *installed(environ, shown=shown))), None)
    if found is None:
        raise BrowserNotFound(
            "there is no Chrome, Chromium or Edge on this machine", f"this installs one: {sys.executable} {INSTALL}"
        )
    return found


def installed(environ: Mapping[str, str], *, shown: bool = False) -> Iterator[str]:
    """Where Chrome, Edge and Chromium stand if they are installed, in this order; not all of them need to run.

    Chromium without windows comes before Chromium, unless it is to be `shown`.
    """
    where = environ.get("PATH")
    yield from filter(None, (shutil.which(name, path=where) for name in CHANNELS))
    yield from MAC_APPS
    for folder in filter(None, map(environ.get, WINDOWS_FOLDERS)):
        yield from (str(Path(folder) / app) for app in WINDOWS_APPS)
    chromium = CHROMIUM if shown else (SHELL, *CHROMIUM)
    yield from filter(None, (shutil.which(name, path=where) for name in chromium))


def _shells(own: str) -> Iterator[str]:
    """Playwright's browsers without windows, of the same version as its own with windows."""
    folder = next((it for it in Path(own).parents if it.name.startswith("chromium-")), None)
    if folder is not None:
        beside = folder.with_name(folder.name.replace("chromium-", "chromium_headless_shell-", 1))
        yield from (str(path) for name in OWN_SHELLS for path in sorted(beside.glob(f"*/{name}")))


def runs(path: str) -> bool:
    """Whether there is a program that says its version: Ubuntu's chromium-browser only tells how to install one."""
    if not Path(path).is_file():
        return False
    if sys.platform == "win32":
        return True  # asked for its version, Chrome opens a window there
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
