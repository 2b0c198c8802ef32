"""What all parts are made of: links, amounts, the one button that charges, pictures."""

from __future__ import annotations

from msgspec import Struct


class View(Struct, frozen=True):
    """Base of all views: immutable, fields by name (said of each class again, for type checkers)."""


class Link(View, frozen=True, kw_only=True):
    """A place to go, with its words."""

    href: str
    label: str
    current: bool = False
    lang: str = ""  # of the page that it leads to, where that is another than this page's


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
    before: Amount | None = None  # what it was before a code took something off; `terms` say so in words
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


class Source(View, frozen=True, kw_only=True):
    """A picture in one format."""

    type: str  # "image/avif"
    srcset: str


class Picture(View, frozen=True, kw_only=True):
    """A picture of the site's own. `picture(…)` in a template writes it, with all its formats and widths."""

    src: str  # what every browser reads
    alt: str
    title: str = ""
    width: int = 0  # 0 where a drawing does not say
    height: int = 0
    sources: tuple[Source, ...] = ()  # the smallest first; none for what is published as it is
    sizes: str = ""
    loading: str = "lazy"  # "eager" on the first screen
    main: bool = False  # the first screen's main picture, to be fetched first
