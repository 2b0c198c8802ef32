"""What templates see: one typed view per page, already worded, priced, linked and escaped.

A template never meets raw YAML or the funnel graph, so a theme can rearrange a page but can
neither alter an amount nor drop a link. Text is `str` (Jinja escapes it) or `Markup` (made by
the Markdown renderer and safe as it stands).
"""

from funnelgen.pages.views.base import Amount, Link, PayButton, Picture, Price, Source, View
from funnelgen.pages.views.copy import Entry, Section
from funnelgen.pages.views.offers import (
    Bump,
    Closed,
    CrossSell,
    Deliverable,
    DeliverableGroup,
    Demo,
    Form,
    Item,
    OfferCard,
    Progress,
    Row,
    Status,
    Summary,
    Total,
)
from funnelgen.pages.views.page import Head, Journey, Page, SiteView
from funnelgen.pages.views.reading import Difference, FreeOffer, Letter, Term

__all__ = [
    "Amount",
    "Bump",
    "Closed",
    "CrossSell",
    "Deliverable",
    "DeliverableGroup",
    "Demo",
    "Difference",
    "Entry",
    "Form",
    "FreeOffer",
    "Head",
    "Item",
    "Journey",
    "Letter",
    "Link",
    "OfferCard",
    "Page",
    "PayButton",
    "Picture",
    "Price",
    "Progress",
    "Row",
    "Section",
    "SiteView",
    "Source",
    "Status",
    "Summary",
    "Term",
    "Total",
    "View",
]
