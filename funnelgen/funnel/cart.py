"""What a button charges: today, and after that."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from funnelgen.money import Money, zero
from funnelgen.site.models import Interval, Offer


class Line(Struct, frozen=True, kw_only=True):
    """One offer in a charge.

    `today` is charged with the order (nothing in a free trial, the first of several instalments).
    `every` is set for what recurs; `price` is then what each further charge takes.
    """

    offer: str
    name: str
    price: Money
    today: Money
    every: Interval | None = None
    trial: int | None = None  # days
    times: int | None = None  # instalments, the first one included
    most: int = 1  # how many the buyer may take on the payment page; every amount here is for one

    @property
    def whole(self) -> Money:
        """All that is charged in the end; for a subscription, one period."""
        return self.today * self.times if self.times else self.price


class Charge(Struct, frozen=True, kw_only=True):
    """Everything that one button charges at once."""

    lines: tuple[Line, ...]
    today: Money


def line_of(offer: Offer, currency: str) -> Line:
    """The line that `offer` makes in a charge; an offer without a price charges nothing."""
    price = offer.price or (offer.pay.each * offer.pay.times if offer.pay else zero(currency))
    today = zero(currency) if offer.trial else offer.pay.each if offer.pay else price
    return Line(
        offer=offer.id,
        name=offer.name,
        price=price,
        today=today,
        every=offer.every,
        trial=offer.trial,
        times=offer.pay.times if offer.pay else None,
        most=offer.quantity or 1,
    )


def charge_of(offers: Iterable[Offer], currency: str) -> Charge:
    """One charge for all of `offers`."""
    lines = tuple(line_of(offer, currency) for offer in offers)
    return Charge(lines=lines, today=total(lines, currency))


def total(lines: Iterable[Line], currency: str) -> Money:
    """What the lines charge today, exactly."""
    return sum((line.today for line in lines), zero(currency))
