"""The manifest, `.funnelgen/funnel.json`: everything that is true of a built funnel, for machines.

The path tester, the map, the report and the link sync read it, never the HTML, to know what should
be there. Its fields are declared here; `funnelgen schema funnel` prints their JSON Schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from funnelgen.funnel.cart import Line
from funnelgen.funnel.graph import Button, Funnel
from funnelgen.funnel.paths import behind_payment, count_paths
from funnelgen.money import Money, format_money
from funnelgen.site.models import EdgeName, Interval, Site

VERSION: Literal[1] = 1
"""Raised when a field changes its meaning or goes; new fields do not raise it."""

Mode = Literal["demo", "test", "live"]
"""Which links the buttons have: simulated ones, the provider's test links, or those that charge."""

Decimals = Annotated[str, Meta(pattern=r"^\d+(\.\d+)?$", description="an exact amount as decimal text, never a float")]


class Amount(Struct, frozen=True, kw_only=True):
    """An amount: exact, in the currency's minor units, and as pages show it."""

    value: Decimals
    minor: Annotated[int, Meta(description="in minor units, as payment providers count")]
    text: Annotated[str, Meta(description="with its decimals, as in the order summary")]
    short: Annotated[str, Meta(description="without the decimals of a whole amount, as on buttons")]


class ManifestLine(Struct, frozen=True, kw_only=True):
    """One offer in a charge."""

    offer: str
    name: str
    price: Annotated[Amount, Meta(description="of one charge")]
    today: Amount
    off: Annotated[Amount | None, Meta(description="what the stack's code takes off the price")] = None
    before: Annotated[Amount | None, Meta(description="the price beside the reduced one")] = None
    every: Interval | None = None
    trial_days: int | None = None
    instalments: int | None = None


class ManifestButton(Struct, frozen=True, kw_only=True):
    """One charge: what it takes, where its link leads and where the buyer must come back to."""

    id: Annotated[str, Meta(description="its key in links.yaml")]
    page: Annotated[str, Meta(description="the address of the page that it stands on")]
    node: str
    bumps: Annotated[tuple[str, ...], Meta(description="the bumps that must be ticked for it to show")]
    lines: tuple[ManifestLine, ...]
    today: Annotated[Amount, Meta(description="what is charged at once")]
    code: Annotated[str | None, Meta(description="the code that its link carries")]
    link: Annotated[str | None, Meta(description="the href of the built page")]
    returns_to: Annotated[str | None, Meta(description="from the site's root, with the provider's placeholder")]


class ManifestEdge(Struct, frozen=True, kw_only=True):
    """A way from one page to another; with buttons it is a charge."""

    source: str
    name: EdgeName
    target: str | None
    buttons: tuple[str, ...] = ()


class ManifestNode(Struct, frozen=True, kw_only=True):
    """A step of the path."""

    id: str
    stack: str
    kind: str
    address: str
    offer: str | None
    behind_payment: bool
    locale: Annotated[str, Meta(description="language and country of its page")] = ""
    closed: Annotated[str | None, Meta(description="why its offer is not on sale: its page has no charge")] = None


class ManifestPage(Struct, frozen=True, kw_only=True):
    """A page that was built."""

    address: str
    file: Annotated[str, Meta(description="below the output folder")]
    kind: str
    title: str
    node: str | None = None
    indexed: Annotated[bool, Meta(description="whether search engines may list it")] = True
    locale: Annotated[str, Meta(description="language and country of its words")] = ""
    alternates: Annotated[
        Mapping[str, str],
        Meta(description="the page in all its languages, itself too: address by locale, and by x-default"),
    ] = {}


class ManifestSite(Struct, frozen=True, kw_only=True):
    """Whose funnel this is."""

    name: str
    url: str | None
    locale: str
    currency: str


class Manifest(Struct, frozen=True, kw_only=True):
    """funnel.json as a whole."""

    version: Literal[1] = VERSION
    mode: Mode
    day: Annotated[str | None, Meta(description="the day that decided what is sold, where a date does")] = None
    site: ManifestSite
    entries: Annotated[tuple[str, ...], Meta(description="the first node of each stack")]
    path_counts: Annotated[dict[str, int], Meta(description="how many paths start at each entry")]
    nodes: tuple[ManifestNode, ...]
    edges: tuple[ManifestEdge, ...]
    buttons: tuple[ManifestButton, ...]
    pages: tuple[ManifestPage, ...]


def make_manifest(
    site: Site,
    funnel: Funnel,
    *,
    mode: Mode,
    links: dict[str, str],
    pages: tuple[ManifestPage, ...],
) -> Manifest:
    """The manifest of a built funnel: of what can be bought now. `links` are the buttons' hrefs, by button."""
    paid = behind_payment(funnel)
    funnel = funnel.open
    config = site.config
    return Manifest(
        mode=mode,
        day=str(site.today) if site.today else None,
        site=ManifestSite(name=config.name, url=config.url, locale=config.locale, currency=config.currency),
        entries=funnel.entries,
        path_counts={entry: count_paths(funnel, entry) for entry in funnel.entries},
        nodes=tuple(
            ManifestNode(
                id=n.id,
                stack=n.stack,
                kind=n.kind,
                address=n.address,
                offer=n.offer.id if n.offer else None,
                behind_payment=n.id in paid,
                locale=site.locale_of(n.stack),
                closed=n.closing.words if n.closing else None,
            )
            for n in funnel.nodes.values()
        ),
        edges=tuple(
            ManifestEdge(source=e.source, name=e.name, target=e.target, buttons=e.buttons) for e in funnel.edges
        ),
        buttons=tuple(
            _button(funnel, b, links, site.locale_of(funnel.nodes[b.node].stack)) for b in funnel.buttons.values()
        ),
        pages=pages,
    )


def encode_manifest(manifest: Manifest) -> bytes:
    """The bytes of funnel.json: the same for the same funnel, and readable."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def decode_manifest(data: bytes) -> Manifest:
    """Read funnel.json; raises msgspec.ValidationError where it is not one, or of another version."""
    return msgspec.json.decode(data, type=Manifest)


def _button(funnel: Funnel, button: Button, links: dict[str, str], locale: str) -> ManifestButton:
    return ManifestButton(
        id=button.id,
        page=funnel.nodes[button.node].address,
        node=button.node,
        bumps=button.bumps,
        lines=tuple(_line(line, locale) for line in button.charge.lines),
        today=_amount(button.charge.today, locale),
        code=button.charge.code or None,
        link=links.get(button.id),
        returns_to=funnel.return_address(button),
    )


def _line(line: Line, locale: str) -> ManifestLine:
    return ManifestLine(
        offer=line.offer,
        name=line.name,
        price=_amount(line.price, locale),
        today=_amount(line.today, locale),
        off=_amount(line.off, locale) if line.off else None,
        before=_amount(line.lowest or line.price, locale) if line.off else None,
        every=line.every,
        trial_days=line.trial,
        instalments=line.times,
    )


def _amount(money: Money, locale: str) -> Amount:
    return Amount(
        value=str(money.amount),
        minor=money.minor_units,
        text=format_money(money, locale),
        short=format_money(money, locale, short=True),
    )
