"""A stand-in for payment providers: answers their addresses on this machine, so that no request ever reaches them.

It checks what it was asked for, and offers the two things that a provider's page does: pay, and cancel.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from funnelgen.funnel.manifest import Manifest, ManifestButton
from funnelgen.pathtest.facts import return_address
from funnelgen.pathtest.noise import Noise
from funnelgen.payments import provider_of
from funnelgen.payments.parameters import wrongly_added

SESSION = "cs_test_of_the_stand_in"
"""The session of a payment that nobody made."""

_PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stand-in for a payment page</title>
<link rel="icon" href="data:,"></head><body><main><h1>Stand-in for a payment page</h1><p>{asked}</p>
<p><a data-demo="pay" href="{back}">Pay</a> <a data-demo="cancel" href="{page}">Cancel</a></p></main></body></html>
"""


def declared_hosts(policy: str) -> frozenset[str]:
    """The hosts that a Content-Security-Policy lets pages ask something of, besides the site's own."""
    sources = (source for directive in policy.split(";") for source in directive.split()[1:])
    return frozenset(filter(None, (urlsplit(source).hostname for source in sources if "://" in source)))


class StandIn:
    """Answers everything in a page's context that is not the site's own."""

    def __init__(self, page: Page, manifest: Manifest, origin: str, noise: Noise, declared: Collection[str]) -> None:
        """`page` has its context to itself; `declared` are the hosts that pages may ask something of."""
        self._origin = origin
        self._declared = declared
        self._noise = noise
        self._links: dict[str, ManifestButton] = {}
        self.pressed: ManifestButton | None = None
        """The button that the visitor just pressed: the only one whose address may be asked for."""
        page.context.route(re.compile(rf"^(?!{re.escape(origin)}/|data:|about:|blob:)"), self._answer)
        # A browser writes an address its own way; asked once, both can be compared.
        for button in manifest.buttons:
            if button.link and "://" in button.link:
                self._links[page.evaluate("link => new URL(link).href.split('#')[0]", button.link)] = button
        self._hosts = {urlsplit(link).hostname for link in self._links}

    def _answer(self, route: Route) -> None:
        request = route.request
        button = self._asked(request.url.partition("#")[0])
        if button is None:
            # Somebody's else: those that the site declares get an empty answer, the rest none.
            if urlsplit(request.url).hostname in self._declared:
                route.fulfill(status=204, headers={"Access-Control-Allow-Origin": "*"})
            else:
                route.abort()
            if urlsplit(request.url).hostname in self._hosts:
                self._noise.note("requests", f"the page asks for {request.url}, which is no payment of the stack")
            return
        if request.method != "GET" or not request.is_navigation_request():
            self._noise.note("buttons", f"the payment `{button.id}` is asked for by {request.method} in the background")
        if self.pressed is not None and button.id != self.pressed.id:
            self._noise.note("buttons", f"the button `{self.pressed.id}` opens the payment of `{button.id}`")
        page = _PAGE.format(
            asked=escape(f"{button.id}: {button.today.text}"),
            back=escape(self._origin + return_address(button, SESSION)),
            page=escape(self._origin + button.page),
        )
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=page)

    def _asked(self, url: str) -> ManifestButton | None:
        """The button whose payment an address is: its link, or that with no more than its provider takes added."""
        if url in self._links:
            return self._links[url]
        known = self._links.items()
        return next((button for link, button in known if not wrongly_added(link, url, provider_of(link))), None)
