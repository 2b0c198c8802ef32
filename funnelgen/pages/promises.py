"""What of an offer must have reached its page, however a theme arranges it: price, terms, accept, decline, total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import escape

from funnelgen.pages.views import CrossSell, OfferCard, Page

_PROMISE = re.compile(r"<[a-z][^<>]*\bdata-fg=\"([a-z]+)\"[^<>]*>")


def lost_promises(page: Page, html: str) -> Iterator[tuple[str, str]]:
    """Yield what the view has and its page has not: the value of `data-fg`, and an attribute that its tag must have."""
    found: dict[str, list[str]] = {}
    for tag in _PROMISE.finditer(html):
        found.setdefault(tag[1], []).append(tag[0])
    for name, attribute, text in _promises(page):
        if not any(attribute in tag for tag in found.get(name, ())) or text not in html:
            yield name, attribute


def _promises(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield (value of data-fg, an attribute that its tag must have, words that must be on the page)."""
    cards: list[OfferCard | CrossSell] = [card for card in (page.offer, page.cross_sell) if card]
    for card in cards:
        yield "price", _attribute("data-amount", card.price.amount.value), ""
        yield "terms", "", str(escape(card.price.terms))
        yield "accept", _attribute("href", card.accept.href), ""
    if page.offer and page.offer.decline:
        yield "decline", _attribute("href", page.offer.decline.href), str(escape(page.offer.decline.label))
    if page.item:
        yield "terms", "", str(escape(page.item.price.terms))
    for button in page.pay:
        yield "accept", _attribute("href", button.href), ""
    for total in page.summary.totals if page.summary else ():
        yield "total", _attribute("data-amount", total.amount.value), ""


def _attribute(name: str, value: str) -> str:
    return f'{name}="{escape(value)}"'
