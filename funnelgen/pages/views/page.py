"""A whole page."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from funnelgen.pages.views.base import Link, PayButton, Picture, View
from funnelgen.pages.views.copy import Section
from funnelgen.pages.views.offers import (
    Bump,
    Closed,
    CrossSell,
    DeliverableGroup,
    Demo,
    Form,
    Item,
    OfferCard,
    Progress,
    Status,
    Summary,
)
from funnelgen.pages.views.reading import FreeOffer, Letter, Term


class Journey(View, frozen=True, kw_only=True):
    """What the journey's script knows of its page: all of it from the build, nothing from the address."""

    to: str = ""  # where events go; empty where nobody takes them
    step: str = ""  # "checkout", as in the manifest; empty on a page that is no step
    kind: str = ""
    currency: str = ""
    sells: str = ""  # the page's buttons and their amounts, as a query: "checkout=97.00&checkout%2Btemplate=124.00"
    paid: str = ""  # the same of the buttons whose payments return to this page
    bumps: str = ""  # the offers behind the page's boxes, in order
    way: str = ""  # the edge that leaves the page without a payment: "submit", "continue", "decline"
    next: str = ""  # the address that it leads to
    consent: bool = False  # whether the visitor is asked first
    takes: str = ""  # JSON: what the page's payment links take of what a browser knows, by their origin
    campaign: str = ""  # the names that a campaign may have in the address: "utm_campaign utm_source"
    email: bool = False  # whether the address given in the page's form is kept for the payment


class Head(View, frozen=True, kw_only=True):
    """What stands in <head>."""

    title: str
    description: str
    canonical: str = ""
    noindex: bool = False
    og_type: str = "website"
    og_image: str = ""
    json_ld: tuple[Markup, ...] = ()
    favicon: str = ""
    alternates: tuple[tuple[str, str], ...] = ()  # (locale, full address) of the page in all its languages


class SiteView(View, frozen=True, kw_only=True):
    """What every page says about the site."""

    name: str
    home: str
    email: str = ""
    menu: tuple[Link, ...] = ()  # free pages and the glossary only
    legal: tuple[Link, ...] = ()
    tongues: tuple[Link, ...] = ()  # this page in other languages
    statement: str = ""
    seller: str = ""  # who sells, in a line: name, address, tax number


class Page(View, frozen=True, kw_only=True):
    """One page, whatever its kind; parts that a kind has not are None or empty."""

    kind: str  # names the template pages/<kind>.html
    address: str  # "/oto/"
    lang: str
    dir: str
    head: Head
    site: SiteView
    headline: Markup
    versions: Mapping[str, str] = {}  # the page in all its languages: address by locale
    lede: Markup = Markup("")
    eyebrow: tuple[str, ...] = ()
    art: str = ""  # an art slot of the theme: mark reset cover course calls done circle mini portrait
    category: str = ""  # what kind of thing the offer is, for a drawing that follows it
    image: Picture | None = None
    progress: tuple[Progress, ...] = ()
    status: Status | None = None
    sections: tuple[Section, ...] = ()  # in the author's order
    quotes: tuple[Section, ...] = ()
    guarantee: Section | None = None
    faq: Section | None = None
    accept: Link | PayButton | None = None  # the main button where there is no card
    form: Form | None = None
    item: Item | None = None
    bumps: tuple[Bump, ...] = ()
    summary: Summary | None = None
    pay: tuple[PayButton, ...] = ()
    offer: OfferCard | None = None
    closed: Closed | None = None  # the page's offer is not on sale: there is no charge on it
    deliverables: tuple[DeliverableGroup, ...] = ()
    cross_sell: CrossSell | None = None
    next: Link | None = None  # thank-you: onwards, where a step follows
    term: Term | None = None
    letters: tuple[Letter, ...] = ()
    free_offer: FreeOffer | None = None
    crumbs: tuple[Link, ...] = ()
    contents: tuple[Link, ...] = ()  # legal pages
    updated: str = ""
    demo: Demo | None = None
    journey: Journey | None = None  # where the site asks for events
