"""A page whose offer is not on sale: what it says in the place of its button, and where people wait."""

from __future__ import annotations

from typing import Any

from funnelgen.funnel.closing import Closing
from funnelgen.funnel.graph import Node
from funnelgen.pages.amounts import say_day, say_zone
from funnelgen.pages.edition import Edition
from funnelgen.pages.forms import address_form
from funnelgen.pages.views import Closed, Form, Link

WAITING = "#waiting-list"
"""Where the page's buttons lead: the place in which the sale would be made."""

JOINED = "on-the-list"
"""The fragment to which the form leads back."""


def closed_parts(edition: Edition, node: Node, closing: Closing) -> dict[str, Any]:
    """What is said, and the form or the link for those who wait, as fields of a page's view."""
    link, form = _link(edition, node), _form(edition, node)
    closed = Closed(
        title=_said(edition, closing),
        joined=edition.t("on-the-list"),
        joined_at=JOINED,
        link=None if form else link,
    )
    return {"closed": closed, "form": form}


def waiting_link(edition: Edition) -> Link:
    """The way to the waiting list from elsewhere on the page."""
    return Link(href=WAITING, label=edition.t("waiting-list"))


def _said(edition: Edition, closing: Closing) -> str:
    words = []
    if closing.state == "sold-out":
        words.append(edition.t("sold-out"))
    elif closing.ended:
        words.append(edition.t("sale-ended", date=say_day(edition, closing.ended)))
    elif closing.state == "closed":
        words.append(edition.t("not-on-sale"))
    if closing.opens:
        key = "opens-on" if closing.state == "not-yet" else "opens-again"
        words.append(edition.t(key, date=say_day(edition, closing.opens), zone=say_zone(edition, closing.opens)))
    return " ".join(words)


def _link(edition: Edition, node: Node) -> Link | None:
    """A page where people wait, or, where there is no form either, an email to the seller."""
    place = node.offer.waiting_list if node.offer else None
    email = edition.site.config.seller.email
    href = place if isinstance(place, str) else f"mailto:{email}" if email else ""
    return Link(href=href, label=edition.t("waiting-list")) if href else None


def _form(edition: Edition, node: Node) -> Form | None:
    """The offer's own form, else one at Netlify, if that is where the site's forms are."""
    place = node.offer.waiting_list if node.offer else None
    if isinstance(place, str) or (place is None and edition.site.config.form != "netlify"):
        return None
    return address_form(
        edition,
        place,
        leads_to=f"{node.address}#{JOINED}",
        name=f"{node.id}-waiting-list",
        label=edition.t("waiting-list"),
        note=edition.t("waiting-list-note"),
    )
