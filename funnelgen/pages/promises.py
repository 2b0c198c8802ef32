"""What every page must keep, however a theme arranges it: price, terms, accept, decline, total, and its guard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import escape
from msgspec import Struct

from funnelgen.pages.views import CrossSell, OfferCard, Page

_PROMISE = re.compile(r"<[a-z][^<>]*\bdata-fg=\"([a-z]+)\"[^<>]*>")


GUARD = """<meta http-equiv="Content-Security-Policy" content="script-src 'self'">"""
"""What keeps the script of a provider's checkout off the pages that have none: one policy holds for all addresses."""


class Promise(Struct, frozen=True):
    """An element that must be on a page: its `data-fg`, an attribute that it must have, words that must be there.

    One without a `data-fg` is nothing of the offer's, but a line of the page's head.
    """

    name: str
    attribute: str
    words: str

    @property
    def what(self) -> str:
        """What a page without it has lost."""
        return f"the {self.name} of its offer" if self.name else "the line that keeps a provider's script off the page"

    @property
    def needed(self) -> str:
        """What to do to have it again."""
        if not self.name:
            return f"themes/base/templates/layout.html has `{self.words}` in its head: take it with the `if` around it"
        attributes = filter(None, [f'data-fg="{self.name}"', self.attribute])
        return f"an element with {' and '.join(attributes)} must be in it"


def lost(page: Page, html: str) -> Promise | None:
    """Return the first part that the view has and that did not reach the page."""
    found: dict[str, list[str]] = {}
    for tag in _PROMISE.finditer(html):
        found.setdefault(tag[1], []).append(tag[0])
    for promise in _promises(page):
        tags = found.get(promise.name, ()) if promise.name else [html]
        if promise.words not in html or not any(promise.attribute in tag for tag in tags):
            return promise
    return None


def shown_instead(promise: Promise, html: str) -> str | None:
    """Return the value that stands on the page where the promised one should, if the element is there with another."""
    name = promise.attribute.partition("=")[0]
    if not name:
        return None
    tags = (tag[0] for tag in _PROMISE.finditer(html) if tag[1] == promise.name)
    return next((found[1] for tag in tags if (found := re.search(rf'\b{name}="([^"]*)"', tag))), None)


def _promises(page: Page) -> Iterator[Promise]:
    """Yield all that a page promises."""
    cards: list[OfferCard | CrossSell] = [card for card in (page.offer, page.cross_sell) if card]
    for card in cards:
        yield Promise("price", _attribute("data-amount", card.price.amount.value), "")
        yield Promise("terms", "", str(escape(card.price.terms)))
        if not page.closed:
            yield Promise("accept", _attribute("href", card.accept.href), "")
    if page.closed:
        yield Promise("closed", "", str(escape(page.closed.title)))
    if page.offer and page.offer.decline:
        yield Promise("decline", _attribute("href", page.offer.decline.href), str(escape(page.offer.decline.label)))
    if page.item:
        yield Promise("terms", "", str(escape(page.item.price.terms)))
    for button in page.pay:
        yield Promise("accept", _attribute("href", button.href), "")
    for total in page.summary.totals if page.summary else ():
        yield Promise("total", _attribute("data-amount", total.amount.value), "")
    if page.site.embeds and not page.embed:
        yield Promise("", "", GUARD)


def _attribute(name: str, value: str) -> str:
    return f'{name}="{escape(value)}"'
