"""The codes of discounts, as the stack has them and as Stripe has them: a coupon, and a code that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from funnelgen.funnel.cart import Line
from funnelgen.funnel.discount import reductions
from funnelgen.payments.links.units import digest, say_units, stripe_units
from funnelgen.site.models import Site


class Terms(Struct, frozen=True, kw_only=True):
    """What a code takes off: a percentage or an amount, of some products; of all where none is named."""

    percent: float | None = None
    amount: int | None = None  # as Stripe counts the currency
    currency: str = ""  # in small letters; for an amount
    products: frozenset[str] = frozenset()
    limited: bool = False  # to who never bought, or who pays so much: not to everybody who sees the page


class WantedCode(Struct, frozen=True, kw_only=True):
    """A code as Stripe must have it. `offers` are those that it holds for.

    `alone` says whether a code for everything takes off the same: nothing else is paid with them. An amount comes off a
    payment once, whatever is in it; but not off what renews.
    """

    code: str
    terms: Terms
    offers: tuple[str, ...]
    alone: bool
    coupon: str  # the coupon's id, which stands for all of it: a coupon cannot change


class FoundCode(Struct, frozen=True, kw_only=True):
    """An active promotion code as Stripe has it."""

    id: str
    code: str
    terms: Terms
    site: str


def wanted_codes(
    site: Site, mark: str, products: Mapping[str, str], payments: Sequence[Mapping[str, Line]]
) -> tuple[WantedCode, ...]:
    """The codes of all stacks. `products` are the ids by offer, `mark` stands for the site.

    `payments` are those that can be made, with the lines of each by offer.
    """
    codes: dict[str, WantedCode] = {}
    for stack in site.stacks:
        held = [f"{stack.name}/{id}" if stack.name else id for id in reductions(stack, site.config.currency)]
        offers = tuple(offer for offer in held if offer in products)
        if stack.discount is None or not offers:
            continue
        amount = stack.discount.amount
        terms = Terms(
            percent=stack.discount.percent,
            amount=stripe_units(amount) if amount else None,
            currency=site.config.currency.lower() if amount else "",
            products=frozenset(products[offer] for offer in offers),
        )
        name = stack.discount.code.casefold()  # Stripe tells no case apart
        codes[name] = _code(mark, stack.discount.code, terms, offers, codes.get(name))
    return tuple(structs.replace(code, alone=_is_alone(code, payments)) for code in codes.values())


def unlike_codes(site: Site) -> Iterator[str]:
    """What is wrong with codes that two stacks share, and that take off different things."""
    first: dict[str, tuple[str, object]] = {}
    for stack in site.stacks:
        if stack.discount is None:
            continue
        terms = stack.discount.percent, stack.discount.amount
        other, known = first.setdefault(stack.discount.code.casefold(), (stack.name, terms))
        if known != terms:
            yield f"the code `{stack.discount.code}` takes something else off in `{other}` than in `{stack.name}`"


def say_terms(terms: Terms, names: Mapping[str, str]) -> str:
    """What a code takes off, in words: "20 % off course". `names` are the offers by product."""
    off = f"{terms.percent:g} %" if terms.percent else say_units(terms.amount or 0, terms.currency)
    things = " and ".join(sorted(names.get(id, id) for id in terms.products)) or "everything"
    return f"{off} off {things}{' for some buyers only' if terms.limited else ''}"


def _code(mark: str, code: str, terms: Terms, offers: tuple[str, ...], other: WantedCode | None) -> WantedCode:
    """The code, with what it holds for in another stack."""
    if other is not None:
        offers = (*other.offers, *offers)
        terms = Terms(
            percent=terms.percent,
            amount=terms.amount,
            currency=terms.currency,
            products=terms.products | other.terms.products,
        )
    parts = (mark, code, terms.percent, terms.amount, terms.currency, sorted(terms.products))
    return WantedCode(code=code, terms=terms, offers=offers, alone=False, coupon=f"funnelgen_{digest(*parts)}")


def _is_alone(code: WantedCode, payments: Sequence[Mapping[str, Line]]) -> bool:
    held = set(code.offers)
    beside = [line for lines in payments if held & set(lines) for offer, line in lines.items() if offer not in held]
    return not any(line.every or line.times for line in beside) if code.terms.amount else not beside
