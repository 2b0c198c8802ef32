"""The models of how something is sold: a code that takes something off, and who waits while it is not on sale."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from funnelgen.money import Money
from funnelgen.site.base import Model, says
from funnelgen.site.kinds import Code, Id, Line, Url


class Form(Model, frozen=True, kw_only=True):
    """Where the opt-in form sends the address: Netlify, or a newsletter service's own form."""

    action: Annotated[Url, says("The service's form address.", "https://buttondown.com/api/emails/embed-subscribe/you")]
    field: Annotated[Line, says("What the service calls the email field.", "email")] = "email"
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
