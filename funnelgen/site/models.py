"""The models: what a creator can write in YAML, key by key. Here and in `writing` the language is declared, once.

Loading, the JSON Schema for editors and the messages about a mistyped key all come from here.
Models are frozen and know where they stand (`places`), which is not part of their value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from funnelgen.money import Money
from funnelgen.site.base import Allowed, Model, says
from funnelgen.site.kinds import (
    Address,
    Colour,
    CountryCode,
    CurrencyCode,
    Date,
    Days,
    Email,
    Id,
    Line,
    LocaleTag,
    Path,
    Prose,
    Quantity,
    SiteUrl,
    ThemeName,
    TimeZone,
    Url,
)
from funnelgen.site.links import Links
from funnelgen.site.looks import Font, Tokens
from funnelgen.site.selling import Discount, Form, Payment, Service, Tracking
from funnelgen.site.writing import Copy, Term

_WAITING = "write an `https://` address, or a service's form as `{action: https://…, field: email}`"
Interval = Literal["week", "month", "year"]


class Instalments(Model, frozen=True, kw_only=True):
    """Several equal payments, written `3 x 33`."""

    times: int
    each: Money


class Deliverable(Model, frozen=True, kw_only=True):
    """What a buyer receives: a file in downloads/ or a place on the web."""

    file: Annotated[Path | None, says("A file in downloads/.", "workbook.pdf")] = None
    url: Annotated[Url | None, says("Where the buyer goes.", "https://members.example.com/launch")] = None
    label: Annotated[Line | None, says("Its name on the thank-you page.", "Open the course")] = None


class Offer(Model, frozen=True, kw_only=True):
    """Something that is given or sold. Its role comes from the step that sells it."""

    id: str = ""
    name: Annotated[Line, says("What buyers know it as.", "Launch Your Course")]
    category: Annotated[
        Line | None,
        says("What kind of thing it is: more of the same is an upsell, another kind a cross-sell.", "course"),
    ] = None
    price: Annotated[Money | None, says("In the site's currency; none for what is free.", "97", "4.50")] = None
    lowest: Annotated[
        Money | None, says("The lowest price of the last 30 days, beside a reduced one in the EU.", "97")
    ] = None
    every: Annotated[Interval | None, says("How often it is charged.")] = None
    trial: Annotated[Days | None, says("Free days before the first charge.", "14")] = None
    pay: Annotated[Instalments | None, says("Equal payments in place of one.", "3 x 33")] = None
    open: Annotated[
        Date | None, says("The first day on which it is sold; before it people may wait.", "2026-12-01")
    ] = None
    closes: Annotated[Date | None, says("The last day on which it is sold.", "2026-12-06")] = None
    sold_out: Annotated[bool, says("Whether no place is left.")] = False
    closed: Annotated[bool, says("Whether it is not sold at the moment.")] = False
    waiting_list: Annotated[
        Url | Service | None,
        Meta(extra={"help": _WAITING}),
        says(
            "Where people wait while it is not sold: a page, or a form; else one as at the opt-in.",
            "https://forms.example.com/wait",
        ),
    ] = None
    quantity: Annotated[
        Quantity | None,
        says("How many a buyer may take at once; the payment page asks. One where it is left out.", "10"),
    ] = None
    promise: Annotated[Prose | None, says("The result in one sentence.", "A finished course in six weeks.")] = None
    shape: Annotated[Prose | None, says("Its size and form.", "Six weekly modules and a workbook.")] = None
    includes: Annotated[
        tuple[Prose, ...], says("What is in it: nouns, sizes, lengths. Six at most.", "Six videos")
    ] = ()
    pitch: Annotated[Prose | None, says("Two or three sentences for the order bump.", "Fill it in tonight.")] = None
    access: Annotated[Prose | None, says("When access starts and ends.", "Lifetime access, starts at once.")] = None
    support: Annotated[Prose | None, says("What help there is.", "Questions answered by email.")] = None
    refund: Annotated[Prose | None, says("When the money comes back.", "Full refund within 30 days.")] = None
    terms: Annotated[
        Prose | None,
        says(
            "Billing terms beside the price, where the built-in words do not fit.", "Billed on the 1st of each month."
        ),
    ] = None
    cancel: Annotated[
        Prose | None, says("How to end what renews, beside its price.", "Cancel in your account or by email.")
    ] = None
    cost: Annotated[
        Money | None, says("What delivering one costs. On no page; the forecast counts with it.", "4.50")
    ] = None
    deliver: Annotated[tuple[Deliverable, ...], says("What buyers receive, in order.", "workbook.pdf")] = ()
    image: Annotated[Path | None, says("A picture in assets/.", "assets/course.jpg")] = None
    alt: Annotated[Line | None, says("What the picture shows, for those who cannot see it.", "A workbook")] = None
    allow: Allowed = {}


EdgeName = Literal["submit", "continue", "accept", "decline"]
StepKind = Literal["lead-magnet", "tripwire", "sales", "checkout", "oto", "downsell", "thank-you"]


class Step(Model, frozen=True, kw_only=True):
    """One page of the path. `go` has the edges that the creator named, by edge."""

    kind: StepKind
    id: str
    offer: str | None = None
    path: Address | None = None
    bump: tuple[Id, ...] = ()
    downsell: Step | None = None
    cross_sell: tuple[Id, ...] = ()
    go: Mapping[str, str] = {}
    allow: Allowed = {}


class Stack(Model, frozen=True, kw_only=True):
    """What is sold to one audience, in which order. `name` is empty for a site's only stack."""

    name: str = ""
    file: str = "stack.yaml"
    audience: Annotated[
        Line | None, says("Whom this stack is for: one audience.", "course creators without a date")
    ] = None
    locale: Annotated[
        LocaleTag | None, says("Language and country of this stack's pages, where it is not the site's.", "de")
    ] = None
    same_as: Annotated[Id | None, says("The stack that this one is a translation of.", "launch")] = None
    offers: Annotated[dict[Id, Offer], says("The catalogue: what each thing is, by its id.")]
    discount: Annotated[Discount | None, says("A code that all payment links of this stack carry.")] = None
    steps: Annotated[tuple[Step, ...], says("The path, in order.")]
    allow: Allowed = {}


class Seller(Model, frozen=True, kw_only=True):
    """Who sells: what the law wants named."""

    name: Annotated[Line | None, says("The business's legal name.", "Harborlight Studio LLC")] = None
    address: Annotated[Prose | None, says("Its postal address.", "1 Example Wharf, Portland")] = None
    email: Annotated[Email | None, says("Where buyers write to.", "help@example.com")] = None
    phone: Annotated[Line | None, says("Where buyers ring; the EU asks for a number.", "+353 1 555 0100")] = None
    country: Annotated[CountryCode | None, says("Its country, as two letters.", "US")] = None
    vat: Annotated[Line | None, says("Its VAT or tax number, where it has one.", "IE1234567X")] = None
    statement: Annotated[Line | None, says("What a card statement shows.", "HARBORLIGHT")] = None


class Legal(Model, frozen=True, kw_only=True):
    """Which pages are the legal ones, by their file's name in pages/."""

    terms: Annotated[Id | None, says("The terms of sale.", "terms")] = None
    privacy: Annotated[Id | None, says("The privacy notice.", "privacy")] = None
    refunds: Annotated[Id | None, says("How to cancel and get money back.", "refunds")] = None
    imprint: Annotated[Id | None, says("Who is behind the site, where the law wants a page for it.", "imprint")] = None
    contact: Annotated[Id | None, says("How to reach the seller.", "contact")] = None
    withdrawal: Annotated[
        Id | None, says("Where consumers in the EU withdraw from a contract; every page links to it.", "withdrawal")
    ] = None


_FORM = "write `netlify`, or the service's form as `{action: https://…, field: email}`"
Market = Literal["US", "EU", "UK"]


class Config(Model, frozen=True, kw_only=True):
    """site.yaml: who sells, in which language and currency, and how pages look."""

    name: Annotated[Line, says("The business's name, as visitors know it.", "Harborlight Course Studio")]
    url: Annotated[
        SiteUrl | None, says("The site's address, the root of a host; needed to go live.", "https://example.com")
    ] = None
    description: Annotated[Prose | None, says("The site in one sentence.", "Courses for people who teach.")] = None
    locale: Annotated[LocaleTag, says("Language and country of the pages.", "en-US")] = "en"
    currency: Annotated[CurrencyCode, says("The currency of every price.", "USD")] = "USD"
    timezone: Annotated[TimeZone, says("Where days begin and end, for `open:` and `closes:`.", "Europe/Berlin")] = "UTC"
    tax: Annotated[
        Literal["included", "added", "none"], says("Whether tax is in the prices, comes on top, or is not charged.")
    ] = "added"
    theme: Annotated[ThemeName, says("How pages look.", "daybreak", "stillwater", "upbeat", "./my-theme")] = "daybreak"
    brand: Annotated[Colour | None, says("One colour; every other is derived from it.", "#2457ff")] = None
    scheme: Annotated[Literal["auto", "light", "dark"], says("Light, dark, or as the visitor has it.")] = "auto"
    radius: Annotated[Literal["sharp", "soft", "round"] | None, says("Corners, where the theme's do not fit.")] = None
    density: Annotated[
        Literal["calm", "normal"] | None, says("How much room lies between sections on wide windows.")
    ] = None
    fonts: Annotated[tuple[Font, ...], says("Fonts of your own, in the place of the theme's.")] = ()
    tokens: Annotated[Tokens, says("Colours that are not to be derived; each is checked.")] = field(
        default_factory=Tokens
    )
    seller: Annotated[Seller, says("Who sells.")] = field(default_factory=Seller)
    legal: Annotated[Legal, says("Which pages are the legal ones.")] = field(default_factory=Legal)
    menu: Annotated[tuple[Id, ...], says("Links on free pages: `glossary`, a page, a step.", "glossary")] = ()
    form: Annotated[
        Literal["netlify"] | Form, Meta(extra={"help": _FORM}), says("Where the opt-in form sends the address.")
    ] = "netlify"
    sells_to: Annotated[
        tuple[Market, ...], says("Where buyers live: their law decides what is checked and what buttons say.", "US")
    ] = ()
    sensitive: Annotated[bool, says("A health-related niche: no pixels, no condition in an address.")] = False
    html: Annotated[bool, says("Whether raw HTML may stand in copy.")] = False
    hosts: Annotated[
        tuple[Line, ...], says("Payment hosts of your own, beyond the known providers.", "pay.example.com")
    ] = ()
    payment: Annotated[Payment, says("What the provider's payment page asks for, beside the money.")] = field(
        default_factory=Payment
    )
    tracking: Annotated[Tracking, says("Where live pages send the events of the path.")] = field(
        default_factory=Tracking
    )
    allow: Allowed = {}

    @property
    def own_theme(self) -> str | None:
        """The folder of the site in which its theme lies; None for a theme that comes with funnelgen."""
        return self.theme.removeprefix("./").rstrip("/") if self.theme.startswith("./") else None

    @property
    def european(self) -> bool:
        """Whether consumers in the EU or the UK buy here: their law on prices and order buttons is of one kind."""
        return "EU" in self.sells_to or "UK" in self.sells_to


class File(Struct, frozen=True, kw_only=True):
    """A file of the site that is published as it is (assets/, downloads/, theme/)."""

    path: str  # relative to the site's folder, forward slashes
    size: int  # bytes
    source: FilePath
    readable: bool = True  # that it is not has been told as an error

    def read(self) -> bytes:
        """Its bytes; none of a file that cannot be read."""
        return self.source.read_bytes() if self.readable else b""


class Site(Struct, frozen=True, kw_only=True):
    """Everything that a creator wrote, read and typed, and nothing that follows from it."""

    config: Config
    stacks: tuple[Stack, ...]
    links: Links
    copy: Mapping[tuple[str, str], Copy]  # by (stack's name, step's id)
    pages: Mapping[str, Copy]  # by name; "german/terms" is the page `terms` of the stack `german`
    glossary: Mapping[str, Term]
    files: Mapping[str, File]
    folder: FilePath
    today: date | None = None  # where the site is, and only where a day decides what is sold
    unreadable: frozenset[str] = frozenset()  # Markdown files that are there, and could not be read: the problems tell

    @property
    def theme_folders(self) -> tuple[str, ...]:
        """The folders that decide how the site looks, what wins first: its own theme/, and a theme of its own."""
        own = self.config.own_theme
        return ("theme", own) if own else ("theme",)

    def theme_files(self, ending: str) -> list[str]:
        """Paths of the files in those folders that end so, what wins first."""
        return [
            path
            for it in self.theme_folders
            for path in self.files
            if path.startswith(f"{it}/") and path.endswith(ending)
        ]

    def locale_of(self, stack: str) -> str:
        """The locale of the pages of a stack, by its name; the site's own where it names none."""
        return next((s.locale for s in self.stacks if s.name == stack and s.locale), self.config.locale)

    @property
    def main_stack(self) -> Stack:
        """The stack whose offers the site's own pages speak of: the first in their language, else the first."""
        return next((s for s in self.stacks if self.locale_of(s.name) == self.config.locale), self.stacks[0])
