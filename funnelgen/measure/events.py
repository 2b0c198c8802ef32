"""The events along the path, as pages send them and reports read them: one schema, one event a line.

What comes in over the web was written by anybody: `decode_event` gives an event that keeps every bound, or nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from funnelgen.site.models import StepKind

LONGEST = 2_000  # bytes of a line; the longest that the script sends is under 1,000

Name = Literal[
    "view", "select", "deselect", "submit", "continue", "accept", "decline", "purchase",
    "refund", "cancellation", "ticket",
]  # fmt: skip
IN_PAGES = frozenset({"view", "select", "deselect", "submit", "continue", "accept", "decline", "purchase"})
"""What pages send; the rest is known to the payment provider and the mailbox alone."""

_END = r"(?![\s\S])"  # `$` lets a line break pass
_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
JourneyId = Annotated[
    str,
    Meta(
        pattern=f"^[A-Za-z0-9_-]{{16,64}}{_END}", description="made at random in the browser; says nothing of who it is"
    ),
]
StepId = Annotated[
    str, Meta(max_length=130, pattern=f"^{_ID}(/{_ID})?{_END}", description="the page's step, as in the manifest")
]
ButtonId = Annotated[
    str,
    Meta(max_length=400, pattern=f"^{_ID}(/{_ID})?([+]{_ID})*{_END}", description="the charge, as in links.yaml"),
]
OfferId = Annotated[str, Meta(max_length=60, pattern=f"^{_ID}{_END}", description="a bump's offer, as in stack.yaml")]
Decimals = Annotated[
    str, Meta(max_length=20, pattern=f"^[0-9]+([.][0-9]+)?{_END}", description="exact decimal text, never a float")
]
Currency = Annotated[str, Meta(pattern=f"^[A-Z]{{3}}{_END}", description="ISO 4217")]


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that happened on the path. Keys that are not named here mean nothing to this version."""

    v: Annotated[Literal[1], Meta(description="rises when a field changes its meaning")]
    event: Annotated[Name, Meta(description="what happened")]
    journey: JourneyId
    step: StepId
    kind: Annotated[StepKind, Meta(description="the step's kind")]
    button: ButtonId | None = None
    offer: OfferId | None = None
    amount: Decimals | None = None
    currency: Currency | None = None
    at: Annotated[datetime, Meta(tz=True, description="by the clock of whoever noted it")]

    def __post_init__(self) -> None:
        """Refuse an event that does not say what it is about."""
        if self.event in ("accept", "purchase", "refund") and not (self.button and self.amount and self.currency):
            raise ValueError(f"`{self.event}` needs a button, an amount and a currency")
        if self.event in ("select", "deselect") and not self.offer:
            raise ValueError(f"`{self.event}` needs an offer")


def decode_event(line: bytes) -> Event | None:
    """The event that a line of JSON holds; None for whatever is none, too long, or of another version."""
    if len(line) > LONGEST:
        return None
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


_DECODER = msgspec.json.Decoder(Event)
