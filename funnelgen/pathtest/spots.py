"""Where on a page a fault is, for pictures that point at it."""

from __future__ import annotations

import re
from typing import NamedTuple

from funnelgen.pathtest.outcome import Fault


class Spot(NamedTuple):
    """Where to look on a page: the first element of a selector, or the first of them with these words."""

    selector: str = ""
    words: str = ""


_PLACES = {
    "price": "[data-fg=price]",
    "summary": "table.sum",
    "bumps": "label:has(input[type=checkbox])",
    "simulated": "[data-demo]",
    "decline": "[data-fg=decline]",
    "onwards": "main form",
}
"""Where on a page a check looks, for those that look at one place."""


def spot_of(fault: Fault) -> Spot:
    """Where a fault is; nowhere in particular where it is no one thing on the page."""
    named = re.search(r"the (?:button|charge) `([^`\"\\]+)`", fault.what)
    if named:
        return Spot(f'[data-button="{named[1]}"]')
    if fault.check == "axe":
        return Spot(fault.what.rpartition(" at `")[2].partition("`")[0])
    if fault.check == "amounts":
        return Spot("[data-amount]", fault.what.removeprefix("it shows `").partition("`")[0])
    return Spot(_PLACES.get(fault.check, ""))
