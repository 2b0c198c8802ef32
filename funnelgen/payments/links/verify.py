"""Does Stripe charge what the page says? Each link that is set, compared with the button that it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from funnelgen.payments.addresses import payment_of
from funnelgen.payments.links.codes import FoundCode, say_terms
from funnelgen.payments.links.found import FoundLink, FoundPrice, is_same_code, say_amount, say_item
from funnelgen.payments.links.wanted import Wanted, WantedLink, WantedPrice
from funnelgen.site.links import LinkMode


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
    wanted: Wanted, mode: LinkMode, links: Mapping[str, str], found: Sequence[FoundLink]
) -> Iterator[Difference]:
    """Everything on which they disagree. `links` are those that are set, by button, `found` all of Stripe's."""
    prices = {price.offer: price for price in wanted.prices}
    by_payment = {payment_of(link.url): link for link in found}
    for link in wanted.links:
        url = links.get(link.button)
        if url is None:
            continue
        there = by_payment.get(payment_of(url))
        if there is None:
            yield Difference(button=link.button, what="link", here=url, there="that this account has no such link")
            continue
        charged = [prices[offer] for offer in link.offers]
        for what, here, other in (*_terms(link, there, mode), *_charges(link, charged, there)):
            if here != other:
                yield Difference(button=link.button, what=what, here=here, there=other)


def code_differences(wanted: Wanted, found: Mapping[str, FoundCode]) -> Iterator[Difference]:
    """Codes that take off what the pages do not say, or that nobody can use. `found` by the code in small letters."""
    for code in wanted.codes:
        there = found.get(code.code.casefold())
        here = say_terms(code.terms, wanted.offer_of)
        if there is None or not is_same_code(code, there):
            other = say_terms(there.terms, wanted.offer_of) if there else "that no such code is active"
            yield Difference(button=code.code, what="code", here=here, there=other)


def forgotten(wanted: Wanted, links: Mapping[str, str], found: Sequence[FoundLink]) -> tuple[FoundLink, ...]:
    """Links that we made, that still charge, and that no button of links.yaml has."""
    used = {payment_of(url) for url in links.values()}
    return tuple(one for one in found if one.active and one.site == wanted.site and payment_of(one.url) not in used)


def _terms(link: WantedLink, there: FoundLink, mode: LinkMode) -> Iterator[tuple[str, str, str]]:
    yield "state", "active", "active" if there.active else "switched off"
    yield "mode", mode, "live" if there.live else "test"
    yield "return address", link.returns_to, there.returns_to or "none, it shows a message of its own"
    yield "automatic tax", _switch(link.automatic_tax), _switch(there.automatic_tax)
    yield "promotion codes", _switch(link.promotion_codes), _switch(there.promotion_codes)
    yield "terms to accept", _switch(link.terms), _switch(there.terms)
    yield "free days", str(link.trial or 0), str(there.trial)
    yield "things to add", "0", str(there.optional)


def _charges(link: WantedLink, charged: list[WantedPrice], there: FoundLink) -> Iterator[tuple[str, str, str]]:
    here = [(1, price) for price in charged]
    items = [(item.quantity, item.price) for item in there.items]
    yield "amount", _amounts(here), _amounts(items)
    yield "tax behaviour", _taxes(p.tax for _, p in here), _taxes(p.tax for _, p in items)
    yield "quantity to choose", _choices(link.most), _choices(item.most or 1 for item in there.items)
    yield "prices", "active", "active" if all(price.active for _, price in items) else "archived"


def _amounts(items: Sequence[tuple[int, WantedPrice | FoundPrice]]) -> str:
    """What is charged, the largest first: "97.00 USD + 49.00 USD every month"."""
    ordered = sorted(items, key=lambda item: (-(item[1].amount or 0), say_amount(item[1]), item[0]))
    return " + ".join(say_item(quantity, price) for quantity, price in ordered)


def _taxes(taxes: Iterable[str]) -> str:
    return ", ".join(sorted(set(taxes)))


def _choices(most: Iterable[int]) -> str:
    """How many of each thing a buyer may take, in no order: "no", "1 to 10"."""
    return ", ".join(f"1 to {n}" for n in sorted(most) if n > 1) or "no"


def _switch(on: bool) -> str:
    return "on" if on else "off"
