"""The models of how something is sold: forms and events, the payment page, a code that takes something off."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from funnelgen.money import Money
from funnelgen.site.base import Model, says
from funnelgen.site.kinds import Code, Id, Line, Sink, Url


class Service(Model, frozen=True, kw_only=True):
    """A newsletter service's own form, where people leave their address."""

    action: Annotated[Url, says("The service's form address.", "https://buttondown.com/api/emails/embed-subscribe/you")]
    field: Annotated[Line, says("What the service calls the email field.", "email")] = "email"


class Form(Service, frozen=True, kw_only=True):
    """The service's form that takes what the opt-in page asks for: it has a box, where a waiting list has none."""

    consent: Annotated[Line, says("What the service calls the box for `consent:`.", "consent")] = "consent"


_PERCENT = "write a whole number from 1 to 99, as in `20`"
Percent = Annotated[int, Meta(ge=1, le=99, extra={"help": _PERCENT})]


class Discount(Model, frozen=True, kw_only=True):
    """A code that every payment link of the stack carries, and what it takes off: a percentage or an amount."""

    code: Annotated[Code, says("The code, as your payment provider knows it.", "SPRING")]
    percent: Annotated[Percent | None, says("How much it takes off each offer, in hundredths.", "20")] = None
    amount: Annotated[Money | None, says("What it takes off each payment, once.", "20")] = None
    only: Annotated[
        tuple[Id, ...],
        says("The offers that it holds for; all that are paid once where none is named.", "launch-your-course"),
    ] = ()


class Tracking(Model, frozen=True, kw_only=True):
    """Where live pages send what happens along the path: seen, chosen, accepted, declined, paid."""

    beacon: Annotated[
        Sink | None,
        says("The address that takes the events: yours on the web, or a path on the site's host.", "/events"),
    ] = None


class Payment(Model, frozen=True, kw_only=True):
    """What the provider's payment page asks for and takes, beside the money."""

    promotion_codes: Annotated[
        bool, says("Whether buyers may enter promotion codes there; the codes are made at the provider.")
    ] = False
    terms: Annotated[
        Literal["required"] | None, says("Whether buyers must accept your terms there before they pay.")
    ] = None
