"""Which of a theme's drawings stands on a page."""

from __future__ import annotations

from funnelgen.site.models import Offer
from funnelgen.site.writing import FrontMatter

_BY_CATEGORY = {
    **dict.fromkeys(("course", "program", "programme", "workshop"), "course"),
    **dict.fromkeys(("membership", "community", "group"), "circle"),
    **dict.fromkeys(("calls", "coaching", "mentoring", "session", "sessions"), "calls"),
    **dict.fromkeys(("audio", "meditation", "recording"), "reset"),
}
"""Every theme has these, and `mini` for the rest."""

_BY_KIND = {"lead-magnet": "reset", "thank-you": "done", "downsell": "", "checkout": ""}


def offer_art(offer: Offer) -> str:
    """The drawing for an offer's category."""
    return _BY_CATEGORY.get(offer.category or "", "mini")


def page_art(kind: str, front: FrontMatter, offer: Offer) -> str:
    """The drawing at the top of a funnel page: the one that the copy asks for, else its kind's, else its offer's."""
    otherwise = _BY_KIND.get(kind, offer_art(offer))
    if kind == "sales" and (otherwise == "course" or not offer.category):
        otherwise = "cover"
    return front.art or otherwise
