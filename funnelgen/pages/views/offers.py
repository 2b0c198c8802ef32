"""The parts of a funnel's own pages: form, order, offer card, deliverables."""

from __future__ import annotations

from markupsafe import Markup

from funnelgen.pages.views.base import Amount, Link, PayButton, Picture, Price, View


class Progress(View, frozen=True, kw_only=True):
    """One of the (at most three) steps shown in the header."""

    name: str
    state: str  # "done", "now", "next"


class Status(View, frozen=True, kw_only=True):
    """The first thing on a page that follows a payment or an opt-in."""

    title: str
    text: str
    links: tuple[Link, ...] = ()
    target: str = ""  # shown only when the address names this fragment (public pages)


class Form(View, frozen=True, kw_only=True):
    """A form that asks for an address: the opt-in form of a lead magnet, or a waiting list."""

    action: str
    method: str  # "get" in demo mode (any static server will do), "post" otherwise
    name: str = ""  # the form's name; one at Netlify alone has it
    field: str = ""  # the email field's name; empty in demo mode, so that no address travels
    netlify: bool = False
    label: str
    note: str
    privacy: Link | None = None
    consent: str = ""  # words beside a box that comes unticked
    consent_field: str = ""  # the box's name; empty in demo mode


class Item(View, frozen=True, kw_only=True):
    """What is being ordered, on the checkout."""

    name: str
    price: Price
    promise: str
    ticks: tuple[str, ...] = ()
    art: str
    image: Picture | None = None


class Bump(View, frozen=True, kw_only=True):
    """One order bump. `number` counts from 1; the checkbox is `#bump-<number>`."""

    number: int
    label: str  # "Add the Sales Page Template"
    price: str  # "+ $27"
    pitch: Markup
    note: str  # "Optional. One payment. Ticking this makes the total $124."


class Row(View, frozen=True, kw_only=True):
    """A line of the order summary; `bump` is the number of the bump that shows it, 0 for always."""

    name: str
    amount: Amount
    bump: int = 0
    minus: bool = False  # what a code takes off


class Total(View, frozen=True, kw_only=True):
    """The total of one combination of bumps, shown by the class `when`."""

    when: str
    amount: Amount


class Summary(View, frozen=True, kw_only=True):
    """The order summary directly above the pay button."""

    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    label: str  # "Total today"
    tax: str  # one sentence on tax and currency
    safe: str  # one sentence on where and when the payment happens


class OfferCard(View, frozen=True, kw_only=True):
    """The decision: what you get, price and terms, the button, the decline."""

    title: str  # above what is included
    name: str = ""  # the offer's, for a card without a list
    ticks: tuple[str, ...]
    price: Price
    accept: PayButton | Link
    decline: Link | None = None
    brief: str = ""  # the terms in short, beside a button that stands apart from the card
    risk: str = ""  # refund or support in one sentence
    note: str = ""  # what happens after the button


class Closed(View, frozen=True, kw_only=True):
    """What stands in the place of the button while an offer is not on sale. A form is the page's own, beside it."""

    title: str  # "Opens on December 1, 2026."
    joined: str  # said to those who come back from the form
    joined_at: str  # the fragment that they come back to
    link: Link | None = None  # where people wait, in the place of a form


class Deliverable(View, frozen=True, kw_only=True):
    """Something to open or to download."""

    name: str
    about: str  # "PDF, 48 pages, 6.2 MB"
    href: str
    download: bool
    icon: str  # "course", "doc", "box", "play"
    label: str  # "Open", "Download"
    whole: str = ""  # what a button says that nothing beside it explains: "Download The Launch Checklist"


class DeliverableGroup(View, frozen=True, kw_only=True):
    """What belongs together on the thank-you page; `title` empty for the core purchase."""

    title: str
    items: tuple[Deliverable, ...]


class CrossSell(View, frozen=True, kw_only=True):
    """The one further offer below everything that was bought."""

    eyebrow: str
    title: str
    text: str
    price: Price
    ticks: tuple[str, ...]
    accept: PayButton
    note: str
    art: str
    image: Picture | None = None


class Demo(View, frozen=True, kw_only=True):
    """The simulated payment page of demo mode."""

    rows: tuple[Row, ...]
    total: Amount
    terms: str
    pay: Link
    cancel: Link
