"""Starts the browser that was found, from which one host alone can be reached: that of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from playwright.sync_api import Browser, Error, Playwright

from funnelgen.pathtest import firefox
from funnelgen.pathtest.browsers import VARIABLE, BrowserNotFound, find_browser
from funnelgen.pathtest.host import LOOPBACK


def arguments(host: str = LOOPBACK) -> list[str]:
    """How Chromium is started, so that it finds no host but `host`.

    Nothing else is reached, whatever a page asks for: no name is found, and no proxy is asked to find one. That a
    request is answered here is not enough: a browser connects to the host of a link as soon as it is pressed.
    """
    return [
        "--disable-background-networking",
        "--disable-component-update",
        # Each page would get another frame, a fifth of the time that it takes to open. The first of these names is
        # Playwright's own, whose list this one takes the place of.
        "--enable-features=CDPScreenshotNewSurface,RenderDocument:level/crashed-frame",
        "--js-flags=--no-opt --no-maglev",  # no script here runs for so long that its second compilation would pay
        "--font-render-hinting=none",  # so that lines are as long without windows as with them
        f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {host}",
        "--proxy-server=direct://",  # a browser without windows does not know `--no-proxy-server`
    ]


@contextmanager
def launched(
    playwright: Playwright,
    environ: Mapping[str, str],
    *,
    asked: str | None = None,
    headless: bool = True,
    host: str = LOOPBACK,
) -> Iterator[Browser]:
    """The browser that was `asked` for, or that is found, until the block is left. Raises BrowserNotFound.

    `host` is the one host that can be reached from it.
    """
    chosen, by = (asked, "--browser") if asked else (environ.get(VARIABLE, ""), VARIABLE)
    if not firefox.is_meant(chosen):
        path = find_browser(playwright.chromium.executable_path, environ, asked=asked, shown=not headless)
        start = partial(playwright.chromium.launch, args=arguments(host), headless=headless)
        remedy = (
            "name another with --browser" if headless else "where there is no screen, leave out `--headed` and `--slow`"
        )
        with _started(start, path, remedy) as browser:
            yield browser
        return
    path = firefox.find_firefox(playwright.firefox.executable_path, chosen, by)
    with firefox.refusing_port() as port:
        prefs = firefox.preferences(host, port)
        start = partial(playwright.firefox.launch, firefox_user_prefs=prefs, headless=headless)
        with _started(start, path, firefox.remedy()) as browser:
            yield browser


def _started(start: Callable[..., Browser], path: str, remedy: str) -> Browser:
    try:
        # Ctrl-C is for us: the jobs that are open are left, the browsers closed, and what was found is told.
        return start(executable_path=path, handle_sigint=False)
    except Error as error:
        raise BrowserNotFound(f"`{path}` does not start: {error.message.splitlines()[0]}", remedy) from error
