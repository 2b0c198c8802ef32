"""The funnel's own pages: one function per kind of step, from node to view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from funnelgen.funnel.graph import Node
from funnelgen.pages import structured_data
from funnelgen.pages.amounts import amount_view, pay_button, price_view
from funnelgen.pages.art import offer_art, page_art
from funnelgen.pages.checkout import checkout_parts
from funnelgen.pages.closed import closed_parts, waiting_link
from funnelgen.pages.deliverables import groups_of, views_of
from funnelgen.pages.edition import Edition
from funnelgen.pages.embedding import embedding_of
from funnelgen.pages.forms import address_form
from funnelgen.pages.journey import journey_of
from funnelgen.pages.prose import emphasis, plain
from funnelgen.pages.sections import Sections, sections_of
from funnelgen.pages.views import CrossSell, Form, Head, Link, OfferCard, Page, PayButton, Picture, Progress, Status
from funnelgen.site.models import Offer
from funnelgen.site.steps import UNLISTED
from funnelgen.site.writing import Copy, FrontMatter


class Leaf:
    """One step being made into a page: its node, its copy, and the words that both give."""

    def __init__(self, edition: Edition, node: Node) -> None:
        self.edition = edition
        self.node = node
        self.offer = node.offer or Offer(id="", name=node.step.id)
        self.stack = node.stack
        copy: Copy | None = edition.site.copy.get((node.stack, node.step.id))
        self.front = copy.front if copy else FrontMatter()
        linker = edition.linker(node.address)
        self.image = self.front.image or self.offer.image
        # Without links to terms: nothing leads away before the page has said what it is about.
        self.lede = edition.prose.inline(self.say(self.front.subhead), stack=node.stack)
        blocks = copy.blocks if copy else ()
        self.sections: Sections = sections_of(edition, blocks, node.stack, linker, node.offer)

    def say(self, text: str | None) -> str:
        """A text of the creator's, filled in."""
        return self.edition.say(text, self.stack)

    def t(self, key: str, **values: str | int) -> str:
        """Fixed words."""
        return self.edition.t(key, **values)

    def headline(self, otherwise: str) -> Markup:
        """The page's first line: the copy's, else the offer's promise, else the words given."""
        return emphasis(self.say(self.front.headline) or otherwise)

    def target(self, edge: str) -> str:
        """The address that an edge of the node leads to; the page itself where it leads nowhere (a check says so)."""
        found = self.edition.funnel.edge(self.node.id, edge)
        node = self.edition.funnel.nodes.get(found.target or "") if found else None
        return node.address if node else self.node.address

    def accept_label(self, otherwise: str) -> str:
        """The words of the main button: the copy's, else those given."""
        return self.say(self.front.accept) or otherwise

    def button(self, otherwise: str) -> PayButton:
        """The one charge of a page without bumps; `otherwise` is the key of its words."""
        label = self.say(self.front.accept) or self.paying(otherwise, self.offer)
        return pay_button(self.edition, self.edition.funnel.buttons[self.node.id], label)

    def paying(self, otherwise: str, offer: Offer) -> str:
        """The words of a button that charges, where the copy gives none.

        Consumers in Europe must read on the button itself that it costs money, also where that is only later.
        """
        european = self.edition.site.config.european
        if offer.trial:
            return self.t("buy-trial" if european else "start-trial")
        return self.t("buy-now") if european else self.t(otherwise, offer=offer.name)

    def decline(self) -> Link:
        """The way on without buying."""
        words = self.say(self.front.decline) or self.t("decline", offer=self.offer.name)
        return Link(href=self.target("decline"), label=words)


def step_page(edition: Edition, node: Node) -> Page:
    """The view of a funnel page."""
    leaf = Leaf(edition, node)
    parts: dict[str, Any] = {
        "status": _status(leaf),
        "sections": leaf.sections.flow,
        "quotes": leaf.sections.quotes,
        "faq": leaf.sections.faq,
        "guarantee": leaf.sections.guarantee,
        "lede": leaf.lede,
        "headline": leaf.headline(leaf.say(leaf.offer.promise) or leaf.offer.name),
        "art": page_art(node.kind, leaf.front, leaf.offer),
        "category": leaf.offer.category or "",
        "image": _picture(leaf),
        "eyebrow": tuple(filter(None, leaf.say(leaf.front.eyebrow).split(" · "))),
    }
    parts |= _KINDS[node.kind](leaf)
    if node.closing:
        parts |= closed_parts(edition, node, node.closing)
    title = leaf.say(leaf.front.title) or plain(leaf.say(leaf.front.headline)) or leaf.offer.name
    return Page(
        kind=node.kind,
        address=node.address,
        lang=edition.lang,
        dir=edition.dir,
        head=_head(leaf, title, parts),
        site=edition.site_view(current=node.address),
        versions=edition.alternates.get(node.address, {}),
        journey=journey_of(edition, node),
        embed=embedding_of(edition, node),
        **parts,
    )


def _lead_magnet(leaf: Leaf) -> dict[str, Any]:
    return {"form": _form(leaf), "lede": leaf.lede or Markup.escape(leaf.say(leaf.offer.shape))}


def _sales(leaf: Leaf) -> dict[str, Any]:
    if leaf.node.closing:
        waiting = waiting_link(leaf.edition)
        return {"accept": waiting, "offer": _card(leaf, waiting, title=leaf.t("what-you-get"), note="")}
    accept = Link(href=leaf.target("continue"), label=leaf.accept_label(leaf.t("get", offer=leaf.offer.name)))
    return {"accept": accept, "offer": _card(leaf, accept, title=leaf.t("what-you-get"), note=leaf.t("review-next"))}


def _checkout(leaf: Leaf) -> dict[str, Any]:
    words = leaf.t("progress-order"), leaf.t("progress-payment"), leaf.t("progress-access")
    parts = checkout_parts(leaf.edition, leaf.node, leaf.say(leaf.front.accept), art=offer_art(leaf.offer))
    if leaf.node.closing:
        return {"headline": Markup.escape(leaf.t("waiting-list")), "lede": Markup(), "item": parts["item"]}
    return {"headline": leaf.headline(leaf.t("checkout")), "progress": _progress(words, 0), **parts}


def _upgrade(leaf: Leaf) -> dict[str, Any]:
    words = leaf.t("progress-order"), leaf.t("progress-extra"), leaf.t("progress-access")
    return {"offer": _decision(leaf, "add", title=leaf.offer.name), "progress": _progress(words, 1)}


def _tripwire(leaf: Leaf) -> dict[str, Any]:
    return {"offer": _decision(leaf, "get", title=leaf.offer.name)}


def _decision(leaf: Leaf, words: str, *, title: str) -> OfferCard:
    """The card of a page with a yes and a no; `words` are the key of its button's."""
    if leaf.node.closing:
        return _card(leaf, waiting_link(leaf.edition), title=title, note="", decline=leaf.decline())
    return _card(leaf, leaf.button(words), title=title, note=leaf.t("confirm-next"), decline=leaf.decline())


def _thank_you(leaf: Leaf) -> dict[str, Any]:
    edition, node = leaf.edition, leaf.node
    paid = node.id in edition.paid
    statement = edition.site.config.seller.statement
    lede = leaf.lede or Markup.escape(leaf.t("thanks-paid" if paid else "thanks-free"))
    if paid and statement:
        lede += Markup.escape(" " + leaf.t("statement", statement=statement))
    onwards = edition.funnel.edge(node.id, "continue")
    return {
        "headline": leaf.headline(leaf.t("thanks")),
        "lede": lede,
        "deliverables": groups_of(edition, node),
        "cross_sell": _cross_sell(leaf) if node.cross_sell else None,
        "next": Link(href=leaf.target("continue"), label=leaf.accept_label(leaf.t("continue"))) if onwards else None,
    }


_KINDS: Mapping[str, Callable[[Leaf], dict[str, Any]]] = {
    "lead-magnet": _lead_magnet,
    "tripwire": _tripwire,
    "sales": _sales,
    "checkout": _checkout,
    "oto": _upgrade,
    "downsell": _upgrade,
    "thank-you": _thank_you,
}


def _card(leaf: Leaf, accept: PayButton | Link, *, title: str, note: str, decline: Link | None = None) -> OfferCard:
    offer = leaf.offer
    return OfferCard(
        title=title,
        name=offer.name,
        ticks=tuple(leaf.say(thing) for thing in offer.includes),
        price=price_view(leaf.edition, offer, leaf.stack),
        accept=accept,
        decline=decline,
        brief=price_view(leaf.edition, offer, leaf.stack, access=False, refund=True).terms,
        risk=" ".join(filter(None, (leaf.say(offer.refund), leaf.say(offer.support)))),
        note=note,
    )


def _cross_sell(leaf: Leaf) -> CrossSell:
    offer = leaf.node.cross_sell
    assert offer is not None
    words = leaf.say(leaf.front.accept) or leaf.paying("join" if offer.every else "get", offer)
    return CrossSell(
        eyebrow=leaf.t("cross-sell"),
        title=offer.name,
        text=" ".join(filter(None, (leaf.say(offer.promise), leaf.say(offer.shape)))),
        price=price_view(leaf.edition, offer, leaf.stack, refund=True),
        ticks=tuple(leaf.say(thing) for thing in offer.includes),
        accept=pay_button(leaf.edition, leaf.edition.funnel.buttons[leaf.node.id], words),
        note=leaf.t("not-now"),
        art=offer_art(offer),
        image=leaf.edition.pictures.view(offer.image, offer.alt, "aside"),
    )


def _form(leaf: Leaf) -> Form:
    edition = leaf.edition
    action = leaf.target("submit")
    after = edition.funnel.edge(leaf.node.id, "submit")
    if after and after.target and edition.funnel.nodes[after.target].kind not in UNLISTED:
        action += WELCOME
    place = edition.site.config.form
    return address_form(
        edition,
        None if place == "netlify" else place,
        leads_to=action,
        name=leaf.node.id,
        label=leaf.accept_label(leaf.t("send-it")),
        note=leaf.say(leaf.front.note) or leaf.t("form-note"),
        consent=leaf.say(leaf.front.consent),
    )


WELCOME = "#welcome"
"""Where a form leads on the page after it: the confirmation, which a public page shows to no one else."""


def _status(leaf: Leaf) -> Status | None:
    """What the first line under the header confirms, on a page that follows a payment or an opt-in."""
    node = leaf.node
    if node.kind == "thank-you":
        return None  # the headline says it
    if node.id in leaf.edition.paid:
        return Status(title=leaf.t("order-confirmed"), text=leaf.t("optional-extra"))
    before = [e.source for e in leaf.edition.funnel.edges if e.target == node.id and e.name == "submit"]
    magnets = [n.offer for id in before if (n := leaf.edition.funnel.nodes[id]).offer]
    if not magnets or magnets[0] is None:
        return None
    links = tuple(
        Link(href=v.href, label=f"{v.whole} ({v.about})" if v.download else v.whole)
        for o in magnets
        if o
        for v in views_of(leaf.edition, o)
    )
    public = node.kind not in UNLISTED
    title = leaf.t("magnet-ready", offer=magnets[0].name)
    return Status(title=title, text=leaf.t("magnet-keep"), links=links, target=WELCOME[1:] if public else "")


def _progress(names: tuple[str, ...], now: int) -> tuple[Progress, ...]:
    states = ("done" if i < now else "now" if i == now else "next" for i in range(len(names)))
    return tuple(Progress(name=name, state=state) for name, state in zip(names, states, strict=True))


def _picture(leaf: Leaf) -> Picture | None:
    """The page's main picture. On a checkout the item shows it."""
    alt = leaf.front.alt or leaf.offer.alt
    return leaf.edition.pictures.view(leaf.image if leaf.node.kind != "checkout" else None, alt, "hero", at="main")


def _head(leaf: Leaf, title: str, parts: dict[str, Any]) -> Head:
    edition, node = leaf.edition, leaf.node
    noindex = node.id in edition.paid or node.kind in UNLISTED
    description = leaf.say(leaf.front.description) or leaf.say(leaf.offer.promise)
    data = []
    if not noindex and node.kind in ("sales", "checkout") and node.offer:
        price = amount_view(edition, edition.funnel.line(node.stack, node.offer).whole)
        url, seller = edition.absolute(node.address), edition.site.config.name
        state = structured_data.SOLD if node.closing is None else structured_data.NOT_SOLD[node.closing.state]
        data.append(structured_data.product(leaf.offer.name, description, price, url, seller, state))
    if not noindex and parts["faq"]:
        data.append(structured_data.faq(parts["faq"]))
    image = edition.pictures.shared(leaf.image)
    return Head(
        title=title,
        description=description,
        canonical=edition.absolute(node.address),
        noindex=noindex,
        og_type="product" if node.kind in ("sales", "checkout") else "website",
        og_image=edition.absolute(image) if image else "",
        json_ld=tuple(data),
        favicon=edition.asset("assets/favicon.svg"),
        alternates=edition.versions(node.address),
    )
