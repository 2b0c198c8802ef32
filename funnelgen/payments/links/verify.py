"""Does Stripe charge what the page says? Each link that is set, compared with the button that it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from funnelgen.payments.links.wanted import Wanted, WantedLink, WantedPrice, say_units
from funnelgen.payments.links.wiring import LinkMode


class ChargedItem(Struct, frozen=True, kw_only=True, order=True):
    """One thing that a link charges. `every` is "month", or "3 months"; empty for what is charged once."""

    amount: int
    currency: str
    every: str = ""
    quantity: int = 1
    tax: str = "unspecified"
    adjustable: bool = False
    active: bool = True


class ChargedLink(Struct, frozen=True, kw_only=True):
    """A payment link as Stripe has it, by whomever it was made. `returns_to` is empty where it shows a message."""

    url: str
    active: bool
    live: bool
    returns_to: str
    automatic_tax: bool
    trial: int
    optional: int  # things that the buyer may add
    items: tuple[ChargedItem, ...]


class Difference(Struct, frozen=True, kw_only=True):
    """Something on which the site and Stripe disagree, for one button."""

    button: str
    what: str
    here: str
    there: str

    @property
    def line(self) -> str:
        """As a line for the terminal."""
        return f"`{self.button}`: {self.what}: the site says {self.here}, Stripe says {self.there}"


def differences(
    wanted: Wanted, mode: LinkMode, links: Mapping[str, str], found: Mapping[str, ChargedLink]
) -> Iterator[Difference]:
    """Everything on which they disagree. `links` are those that are set, by button, `found` Stripe's by address."""
    prices = {price.offer: price for price in wanted.prices}
    for link in wanted.links:
        url = links.get(link.button)
        if url is None:
            continue
        there = found.get(url.partition("?")[0])
        if there is None:
            yield Difference(button=link.button, what="link", here=url, there="that this account has no such link")
            continue
        charged = [prices[offer] for offer in link.offers]
        for what, here, other in (*_terms(link, there, mode), *_charges(charged, there)):
            if here != other:
                yield Difference(button=link.button, what=what, here=here, there=other)


def _terms(link: WantedLink, there: ChargedLink, mode: LinkMode) -> Iterator[tuple[str, str, str]]:
    yield "state", "active", "active" if there.active else "switched off"
    yield "mode", mode, "live" if there.live else "test"
    yield "return address", link.returns_to, there.returns_to or "none, it shows a message of its own"
    yield "automatic tax", _switch(link.automatic_tax), _switch(there.automatic_tax)
    yield "free days", str(link.trial or 0), str(there.trial)
    yield "things to add", "0", str(there.optional)


def _charges(charged: list[WantedPrice], there: ChargedLink) -> Iterator[tuple[str, str, str]]:
    here = [ChargedItem(amount=p.amount, currency=p.currency, every=p.every or "", tax=p.tax) for p in charged]
    yield "amount", _said(here), _said(there.items)
    yield "tax behaviour", _taxes(here), _taxes(there.items)
    yield "quantity to choose", "no", "yes" if any(item.adjustable for item in there.items) else "no"
    yield "prices", "active", "active" if all(item.active for item in there.items) else "archived"


def _said(items: list[ChargedItem] | tuple[ChargedItem, ...]) -> str:
    """What is charged, the largest first: "97.00 USD + 49.00 USD every month"."""
    ordered = sorted(items, reverse=True)
    return " + ".join(
        f"{f'{i.quantity} × ' if i.quantity != 1 else ''}{say_units(i.amount, i.currency)}"
        f"{f' every {i.every}' if i.every else ''}"
        for i in ordered
    )


def _taxes(items: list[ChargedItem] | tuple[ChargedItem, ...]) -> str:
    return ", ".join(sorted({item.tax for item in items}))


def _switch(on: bool) -> str:
    return "on" if on else "off"
