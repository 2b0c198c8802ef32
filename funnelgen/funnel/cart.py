"""What a button charges: today, and after that."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from funnelgen.money import Money, zero
from funnelgen.site.models import Interval, Offer


class Line(Struct, frozen=True, kw_only=True):
    """One offer in a charge.

    `today` is charged with the order (nothing in a free trial, the first of several instalments, the price less `off`).
    `every` is set for what recurs; `price` is then what each further charge takes. `price` is the one that the payment
    provider has, before a code takes something off.
    """

    offer: str
    name: str
    price: Money
    today: Money
    every: Interval | None = None
    trial: int | None = None  # days
    times: int | None = None  # instalments, the first one included
    most: int = 1  # how many the buyer may take on the payment page; every amount here is for one
    off: Money | None = None  # what the stack's code takes off; only what is paid once is ever reduced
    lowest: Money | None = None  # the lowest price of the last 30 days, where the creator named it

    @property
    def now(self) -> Money:
        """The price that the buyer pays: what the provider has, less what the code takes off."""
        return self.price - self.off if self.off else self.price

    @property
    def whole(self) -> Money:
        """All that is charged in the end; for a subscription, one period."""
        return self.today * self.times if self.times else self.now


class Charge(Struct, frozen=True, kw_only=True):
    """Everything that one button charges at once.

    Where `code` is set, the payment link must accept it: at Stripe by promotion codes, switched on in the link.
    """

    lines: tuple[Line, ...]
    today: Money
    code: str = ""


def line_of(offer: Offer, currency: str, off: Money | None = None) -> Line:
    """The line that `offer` makes in a charge, less what a code takes `off`; one without a price charges nothing."""
    price = offer.price or (offer.pay.each * offer.pay.times if offer.pay else zero(currency))
    today = zero(currency) if offer.trial else offer.pay.each if offer.pay else price - off if off else price
    return Line(
        offer=offer.id,
        name=offer.name,
        price=price,
        today=today,
        every=offer.every,
        trial=offer.trial,
        times=offer.pay.times if offer.pay else None,
        most=offer.quantity or 1,
        off=off,
        lowest=offer.lowest,
    )


def charge_of(lines: Iterable[Line], currency: str, code: str = "") -> Charge:
    """One charge for all of `lines`, by a link that carries `code` where it takes something off."""
    lines = tuple(lines)
    return Charge(lines=lines, today=total(lines, currency), code=code if any(line.off for line in lines) else "")


def total(lines: Iterable[Line], currency: str) -> Money:
    """What the lines charge today, exactly."""
    return sum((line.today for line in lines), zero(currency))
