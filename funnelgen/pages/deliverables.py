"""What buyers receive, as a thank-you page lists it."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.funnel.graph import Node
from funnelgen.money import babel_locale
from funnelgen.pages.edition import Edition
from funnelgen.pages.views import Deliverable as View
from funnelgen.pages.views import DeliverableGroup
from funnelgen.site.models import Deliverable, Offer

ICONS = {"pdf": "doc", "zip": "box", "mp3": "play", "m4a": "play", "mp4": "play", "mov": "play"}


def groups_of(edition: Edition, node: Node) -> tuple[DeliverableGroup, ...]:
    """What was given or bought on the way to a page: first what everyone who comes here has, then each extra apart."""
    always, sometimes = edition.bought_before.get(node.id, (frozenset(), frozenset()))
    offers = next(s for s in edition.site.stacks if s.name == node.stack).offers
    had = [offer for id, offer in offers.items() if id in always]
    had.sort(key=lambda offer: offer.price is None and offer.pay is None)  # what was paid for comes first
    core = [view for offer in had for view in views_of(edition, offer)]
    groups = [DeliverableGroup(title="", items=tuple(core))] if core else []
    for id, offer in offers.items():
        items = tuple(views_of(edition, offer)) if id in sometimes else ()
        if items:
            groups.append(DeliverableGroup(title=edition.t("if-added", offer=offer.name), items=items))
    return tuple(groups)


def views_of(edition: Edition, offer: Offer) -> Iterator[View]:
    """Everything that one offer delivers."""
    for thing in offer.deliver:
        yield _file(edition, offer, thing) if thing.file else _place(edition, offer, thing)


def _place(edition: Edition, offer: Offer, thing: Deliverable) -> View:
    # Where there is one place, and it comes first, it is the offer itself, and its label what to do there. Else it goes
    # by its own name, as files do.
    only = offer.deliver[0] is thing and sum(1 for other in offer.deliver if other.url) == 1
    name = offer.name if only else thing.label or offer.name
    return View(
        name=name,
        about=edition.t("opens-in-browser"),
        href=thing.url or "",
        download=False,
        icon="course",
        label=(only and thing.label) or edition.t("open"),
        whole=thing.label if only and thing.label else edition.t("open-it", name=name),
    )


def _file(edition: Edition, offer: Offer, thing: Deliverable) -> View:
    name = thing.file or ""
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    only = len(offer.deliver) == 1
    file = edition.site.files.get(f"downloads/{name}")
    shown = thing.label or (offer.name if only else stem.replace("-", " ").capitalize())
    return View(
        name=shown,
        about=edition.t("file-about", format=suffix.upper(), size=_size(edition, file.size if file else 0)),
        href=edition.download(name),
        download=True,
        icon=ICONS.get(suffix.lower(), "doc"),
        label=edition.t("download"),
        whole=edition.t("download-it", name=shown),
    )


def _size(edition: Edition, size: int) -> str:
    """A file's size as people read it: "6.2 MB", "184 KB"."""
    from babel.numbers import format_decimal

    unit, number = ("mb", size / 1e6) if size >= 950_000 else ("kb", max(1, size / 1e3))
    shown = round(number, 1 if unit == "mb" else 0)
    return edition.t(f"size-{unit}", size=str(format_decimal(shown, locale=babel_locale(edition.lang))))
