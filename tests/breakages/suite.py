"""All breakages of built sites, under the headings of the documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .amounts import AMOUNTS
from .buttons import BUTTONS
from .declines import DECLINES
from .frame import Breakage
from .page import LOADED, PAGE
from .ways import ORDER, WAYS

BUILT: Mapping[str, Sequence[Breakage]] = {
    "Amounts": AMOUNTS,
    "Buttons that charge": BUTTONS,
    "The way past an offer": DECLINES,
    "The order": ORDER,
    "The ways from page to page": WAYS,
    "The page itself": PAGE,
    "What it loads": LOADED,
}
ALL = [breakage for breakages in BUILT.values() for breakage in breakages]
