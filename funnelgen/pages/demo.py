"""The simulated checkout of demo mode: a page per button, marked as such, with Pay and Cancel."""

from __future__ import annotations

from markupsafe import Markup

from funnelgen.funnel.graph import SESSION, Button
from funnelgen.pages.amounts import amount_view, price_view, rows_of
from funnelgen.pages.edition import Edition
from funnelgen.pages.views import Demo, Head, Link, Page

DEMO_SESSION = "demo"
"""Stands for the session of a payment that nobody made."""

NO_ICON = "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E"
"""An empty picture: the page wears no mark of the seller's, and the browser asks for none."""


def demo_page(edition: Edition, button: Button) -> Page:
    """A stand-in for the provider's page of one button, which must have somewhere to return to."""
    node = edition.funnel.nodes[button.node]
    edition = edition.speaking(node.stack)
    offers = next(s for s in edition.site.stacks if s.name == node.stack).offers
    today = amount_view(edition, button.charge.today)
    recurring = [
        price_view(edition, offers[x.offer], node.stack).terms for x in button.charge.lines if x.every or x.times
    ]
    back = (edition.funnel.return_address(button) or "").replace(SESSION, DEMO_SESSION)
    title = edition.t("demo-title")
    return Page(
        kind="demo",
        address=edition.links[button.id],
        lang=edition.lang,
        dir=edition.dir,
        head=Head(title=title, description="", noindex=True, favicon=NO_ICON),
        site=edition.site_view(),
        headline=Markup.escape(title),
        demo=Demo(
            rows=tuple(row for x in button.charge.lines for row in rows_of(edition, x, node.stack)),
            total=today,
            terms=" ".join(recurring),
            pay=Link(href=back, label=edition.t("demo-pay", amount=today.short)),
            cancel=Link(href=node.address, label=edition.t("demo-cancel")),
        ),
    )
