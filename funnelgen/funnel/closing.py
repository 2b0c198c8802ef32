"""Whether an offer is on sale on a day, and when that changes. A day begins and ends where the site is."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from funnelgen.site.models import Offer

State = Literal["not-yet", "ended", "sold-out", "closed"]


class Closing(Struct, frozen=True, kw_only=True):
    """Why an offer is not on sale. `opens` is the first day on which it will be, `ended` the last on which it was."""

    state: State
    opens: date | None = None
    ended: date | None = None

    @property
    def words(self) -> str:
        """In a few words, for those who make the site: "opens on 2026-12-01"."""
        if self.state == "not-yet" or self.opens:
            return f"opens on {self.opens}"
        return f"closed since {self.ended}" if self.ended else self.state.replace("-", " ")


def closing_of(offer: Offer, today: date | None) -> Closing | None:
    """Why the offer is not on sale on that day; None where it is. Without a day no date decides.

    `open:` behind `closes:` is the next time: sold until the one, and again from the other.
    """
    opens, ends = _day(offer.open), _day(offer.closes)
    coming = opens if today and opens and today < opens else None
    over = ends if today and ends and ends < today else None
    if offer.sold_out:
        return Closing(state="sold-out", opens=coming)
    if offer.closed:
        return Closing(state="closed", opens=coming)
    if opens and ends and ends < opens:
        return Closing(state="ended", opens=coming, ended=ends) if coming and over else None
    if coming:
        return Closing(state="not-yet", opens=coming)
    return Closing(state="ended", ended=over) if over else None


def ends_on(offer: Offer, today: date | None) -> date | None:
    """The last day on which an offer that is on sale is sold; None where no day is named for that."""
    ends = _day(offer.closes)
    return ends if today and ends and today <= ends and closing_of(offer, today) is None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
