"""What templates see: one typed view per page, already worded, priced, linked and escaped.

A template never meets raw YAML or the funnel graph, so a theme can rearrange a page but can
neither alter an amount nor drop a link. Text is `str` (Jinja escapes it) or `Markup` (made by
the Markdown renderer and safe as it stands).
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct


class View(Struct, frozen=True):
    """Base of all views: immutable, fields by name (said of each class again, for type checkers)."""


class Link(View, frozen=True, kw_only=True):
    """A place to go, with its words."""

    href: str
    label: str
    current: bool = False


class Amount(View, frozen=True, kw_only=True):
    """One amount of money in the words of the site's locale.

    `text` always has its decimals ("$97.00": summaries); `short` drops those of a whole amount
    ("$97": headings, buttons). `number` is `short` without the sign, `sign_first` says on which side
    the sign stands, so that a theme may set the sign smaller.
    """

    text: str
    short: str
    sign: str
    number: str
    sign_first: bool
    value: str  # "97.00", for data attributes and structured data
    currency: str


class Price(View, frozen=True, kw_only=True):
    """What a buyer pays, beside the terms that must never be apart from it."""

    amount: Amount
    per: str = ""  # "a month"; empty for a single payment
    terms: str  # full sentences: what is charged today, what later, how it ends


class PayButton(View, frozen=True, kw_only=True):
    """One charge: a link to the payment page (or, in demo mode, to the simulated one)."""

    id: str  # "checkout+sales-page-template", as in links.yaml
    href: str
    label: str
    amount: Amount | None = None  # shown at the label's end
    per: str = ""  # "a month", after the amount
    when: str = ""  # class that shows it for its combination of bumps: "if-0", "if-1", "if-12"
    without_has: str = ""  # words that tell combinations apart where CSS cannot: "with the Sales Page Template"


class Image(View, frozen=True, kw_only=True):
    """A picture of the site's own."""

    src: str
    alt: str
    width: int | None = None
    height: int | None = None


class Entry(View, frozen=True, kw_only=True):
    """One item of a section: a heading, an optional label ("28 min", "Today") and its text."""

    title: str
    label: str = ""
    html: Markup = Markup("")


class Section(View, frozen=True, kw_only=True):
    """A block of the copy (`/// faq`) or a run of plain prose between blocks (`kind == "prose"`)."""

    kind: str
    id: str  # unique on the page, for aria-labelledby
    title: str = ""
    html: Markup = Markup("")
    entries: tuple[Entry, ...] = ()
    items: tuple[Markup, ...] = ()  # list items, where the block is one list (recognise, includes)
    sample: bool = False  # a testimonial that says so of itself
    image: Image | None = None
    art: str = ""  # person: a drawing of the theme's where there is no photo
    src: str = ""  # video
    captions: str = ""


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
    """The opt-in form of a lead magnet."""

    action: str
    method: str  # "get" in demo mode (any static server will do), "post" otherwise
    name: str  # the form's name; empty in demo mode
    field: str  # the email field's name; empty in demo mode, so that no address travels
    netlify: bool = False
    label: str
    note: str
    privacy: Link | None = None


class Item(View, frozen=True, kw_only=True):
    """What is being ordered, on the checkout."""

    name: str
    price: Price
    promise: str
    ticks: tuple[str, ...] = ()
    art: str
    image: Image | None = None


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
    risk: str = ""  # refund or support in one sentence
    note: str = ""  # what happens after the button


class Deliverable(View, frozen=True, kw_only=True):
    """Something to open or to download."""

    name: str
    about: str  # "PDF, 48 pages, 6.2 MB"
    href: str
    download: bool
    icon: str  # "course", "doc", "box", "play"
    label: str  # "Open", "Download"


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
    image: Image | None = None


class Difference(View, frozen=True, kw_only=True):
    """One row of "How it differs"."""

    term: str
    href: str
    how: str


class Term(View, frozen=True, kw_only=True):
    """A glossary term's own parts; its prose is in the page's sections."""

    name: str
    kind: str
    also: tuple[str, ...]
    definition: str
    differs: tuple[Difference, ...]
    part_of: Link | None
    related: tuple[Link, ...]
    reviewed: str  # a date in the words of the locale, or empty
    previous: Link | None = None
    following: Link | None = None


class Letter(View, frozen=True, kw_only=True):
    """One letter of the glossary index; `terms` is empty where no term begins with it."""

    letter: str
    terms: tuple[tuple[Link, str], ...]  # (link, one-sentence definition)


class FreeOffer(View, frozen=True, kw_only=True):
    """The one free thing a glossary page or the 404 points at."""

    title: str
    text: str
    link: Link


class Demo(View, frozen=True, kw_only=True):
    """The simulated payment page of demo mode."""

    rows: tuple[Row, ...]
    total: Amount
    terms: str
    pay: Link
    cancel: Link


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


class SiteView(View, frozen=True, kw_only=True):
    """What every page says about the site."""

    name: str
    home: str
    email: str = ""
    menu: tuple[Link, ...] = ()  # free pages and the glossary only
    legal: tuple[Link, ...] = ()
    statement: str = ""


class Page(View, frozen=True, kw_only=True):
    """One page, whatever its kind; parts that a kind has not are None or empty."""

    kind: str  # names the template pages/<kind>.html
    address: str  # "/oto/"
    lang: str
    dir: str
    head: Head
    site: SiteView
    headline: Markup
    lede: Markup = Markup("")
    eyebrow: tuple[str, ...] = ()
    art: str = ""  # an art slot of the theme: mark reset cover course calls done circle mini portrait
    image: Image | None = None
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
