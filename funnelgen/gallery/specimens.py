"""Which section is shown in which state, and where in the specimens' pages it is found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Change = Literal["", "ticked", "without-has", "invalid"]
"""What a visitor's hand or browser does: ticks the boxes, knows no `:has()`, leaves the form with a wrong address."""


class Specimen(Struct, frozen=True):
    """A section in a state."""

    section: str
    state: str
    page: str  # its address in the pottery school, or with `yen:` before it in the other one
    number: int = 0  # the first on that page, or (1) the second
    beside: tuple[str, ...] = ()  # sections that are shown with it
    change: Change = ""
    fragment: str = ""  # what the address names, for what is shown only then


ARRANGING = frozenset({"sections"})
"""Templates that only put others in a row: the copy's blocks in the author's order."""

S = Specimen

GROUPS: Mapping[str, tuple[Specimen, ...]] = {
    "Around the page": (
        S("top", "alone", "/ample/"),
        S("top", "with a menu", "/"),
        S("top", "with a button", "/ample/sales/"),
        S("top", "with the steps", "/ample/checkout/"),
        S("steps", "the first of three", "/ample/checkout/"),
        S("steps", "the second of three", "/ample/oto/"),
        S("menu", "on a page of it", "/about/"),
        S("crumbs", "on a term", "/glossary/bisque/"),
        S("foot", "with all that the law wants named", "/"),
    ),
    "The first screen": (
        S("hero", "with a drawing", "/bare/sales/"),
        S("hero", "with a picture", "/ample/sales/"),
        S("hero", "with a form", "/ample/"),
        S("hero", "without a picture", "/ample/downsell/"),
        S("hero", "long words", "/long/sales/"),
        S("hero", "of the free pages", "/"),
        S("hero", "after the payment", "/ample/thank-you/"),
        S("status", "after a payment", "/ample/oto/"),
        S("status", "after the form, with what was asked for", "/ample/tripwire/"),
        S("status", "after the form, on a public page", "/bare/sales/", fragment="welcome"),
        S("form", "as it comes", "/bare/"),
        S("form", "with a box to agree", "/ample/"),
        S("form", "with a wrong address", "/ample/", change="invalid"),
    ),
    "The creator's words": (
        S("prose", "headings, a table, lists, a quotation", "/ample/sales/"),
        S("recognise", "three", "/ample/sales/"),
        S("recognise", "one, without a title", "/bare/sales/"),
        S("recognise", "long words", "/long/sales/"),
        S("beats", "three", "/ample/"),
        S("modules", "one", "/bare/sales/"),
        S("modules", "twelve", "/ample/sales/"),
        S("modules", "long words", "/long/sales/"),
        S("fit", "both sides", "/ample/sales/"),
        S("fit", "long words", "/long/sales/"),
        S("compare", "both sides", "/ample/downsell/"),
        S("includes", "five", "/ample/sales/"),
        S("example", "with a table", "/ample/sales/"),
        S("note", "with a title", "/ample/sales/"),
        S("note", "without a title", "/bare/sales/"),
        S("video", "with a picture of it", "/ample/sales/"),
        S("video", "without a picture", "/bare/sales/"),
        S("ways", "three", "/"),
        S("next", "three", "/ample/thank-you/"),
    ),
    "People and trust": (
        S("person", "with a picture", "/ample/sales/"),
        S("person", "with a drawing", "/bare/sales/"),
        S("quotes", "one", "/bare/sales/"),
        S("quotes", "three", "/ample/sales/"),
        S("quotes", "long words", "/long/sales/"),
        S("quotes", "beside the questions", "/ample/checkout/", beside=("faq",)),
        S("faq", "no quote beside it", "/bare/checkout/"),
        S("faq", "three", "/ample/sales/"),
        S("faq", "one, without a title", "/bare/sales/"),
        S("faq", "long words", "/long/sales/"),
        S("guarantee", "on the sales page", "/ample/sales/"),
        S("guarantee", "beside the pay button", "/ample/checkout/"),
        S("picture", "a picture", "/ample/sales/"),
        S("picture", "a drawing", "/bare/sales/"),
    ),
    "The offer": (
        S("offer", "one payment", "/ample/sales/"),
        S("offer", "recurring, with a trial, nothing listed", "/bare/sales/"),
        S("offer", "instalments, with a decline", "/bare/oto/"),
        S("offer", "an upgrade, with a decline", "/ample/oto/"),
        S("offer", "the smaller alternative", "/ample/downsell/"),
        S("offer", "in a currency without decimals", "yen:/"),
        S("offer", "long words", "/long/oto/"),
        S("price", "one payment", "/ample/sales/"),
        S("price", "every month", "/ample/thank-you/"),
        S("price", "every month, after a trial", "/bare/sales/"),
        S("price", "instalments", "/bare/oto/"),
        S("price", "in a currency without decimals", "yen:/"),
        S("button", "small", "/ample/sales/"),
        S("button", "with its amount", "/ample/sales/", number=1),
        S("button", "long words", "/long/sales/", number=1),
        S("price", "with a code", "/shut/thank-you/"),
        S("closed", "sold out, with a form", "/shut/"),
        S("closed", "in the place of an order", "/shut/checkout/"),
        S("closed", "after the form", "/shut/checkout/", fragment="on-the-list"),
        S("decline", "below the button", "/ample/oto/", beside=("button",)),
        S("ticks", "what is included", "/ample/sales/"),
        S("cross-sell", "with a picture", "/ample/thank-you/"),
        S("free-offer", "on a free page", "/about/"),
    ),
    "The order": (
        S("item", "with a picture", "/ample/checkout/"),
        S("item", "with a drawing, every month", "/bare/checkout/"),
        S("item", "long words", "/long/checkout/"),
        S("bump", "not ticked", "/ample/checkout/"),
        S("bump", "ticked", "/ample/checkout/", change="ticked"),
        S("bump", "in a browser without :has()", "/ample/checkout/", change="without-has"),
        S("summary", "without a bump", "/bare/checkout/"),
        S("summary", "with the bump not ticked", "/ample/checkout/", beside=("bump",)),
        S("summary", "with the bump ticked", "/ample/checkout/", beside=("bump",), change="ticked"),
        S("summary", "in a browser without :has()", "/ample/checkout/", beside=("bump",), change="without-has"),
        S("summary", "in a currency without decimals", "yen:/checkout/", beside=("bump",), change="ticked"),
        S("summary", "two bumps ticked, long words", "/long/checkout/", beside=("bump", "bump"), change="ticked"),
        S("rows", "of an order", "/bare/checkout/"),
        S("pay", "with where the payment happens", "/bare/checkout/"),
    ),
    "After the payment": (
        S("deliverables", "one", "/single/thank-you/"),
        S("deliverables", "with what may have been added", "/bare/thank-you/"),
        S("deliverables", "nine", "/ample/thank-you/"),
        S("deliverables", "long words", "/long/thank-you/"),
    ),
    "To read": (
        S("definition", "with other names", "/glossary/bisque/"),
        S("definition", "alone", "/glossary/greenware/"),
        S("differs", "two rows", "/glossary/bisque/"),
        S("related", "two", "/glossary/bisque/"),
        S("prev-next", "both ways", "/glossary/greenware/"),
        S("prev-next", "one way", "/glossary/stoneware/"),
        S("letters", "three terms", "/glossary/"),
        S("contents", "of a legal page", "/terms/"),
    ),
}
