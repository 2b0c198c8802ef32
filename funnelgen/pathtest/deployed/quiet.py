"""Keeps a deployed site from hearing of a test: what a page would send is stopped in the browser, and answered there.

So a lead magnet's form makes no subscriber, and an event no figure.
"""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Route

_ASKING = ("GET", "HEAD")


def send_nothing(context: BrowserContext, origin: str) -> None:
    """Let nothing but questions through to `origin`. A form leads where it would: to the page that is its action."""
    context.route(re.compile(rf"^{re.escape(origin)}/"), _answer)


def _answer(route: Route) -> None:
    request = route.request
    if request.method in _ASKING:
        route.fallback()
    elif request.is_navigation_request():
        route.fulfill(status=303, headers={"Location": request.url})
    else:
        route.fulfill(status=204)
