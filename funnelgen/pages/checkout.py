"""The checkout's own parts: item, bumps, summary, one pay button for every combination of bumps."""

from __future__ import annotations

from typing import Any

from funnelgen.funnel.graph import Button, Node
from funnelgen.money import format_money
from funnelgen.pages.amounts import amount_view, pay_button, price_view, reduced, rows_of, tax_sentence, tries, until
from funnelgen.pages.edition import Edition
from funnelgen.pages.prose import emphasis
from funnelgen.pages.views import Bump, Item, PayButton, Summary, Total
from funnelgen.payments import provider_of
from funnelgen.site.models import Offer

MOST_TICKS = 3  # on the item; the whole list stood on the sales page


def checkout_parts(edition: Edition, node: Node, label: str, *, art: str) -> dict[str, Any]:
    """Item, bumps, summary and pay buttons of a checkout, as fields of its view; `label` may be empty."""
    offer = node.offer or Offer(id="", name=node.step.id)
    buttons = [b for b in edition.funnel.buttons.values() if b.node == node.id]
    return {
        "item": Item(
            name=offer.name,
            price=price_view(edition, offer, node.stack, tax=False),
            promise=edition.say(offer.promise, node.stack),
            ticks=tuple(edition.say(thing, node.stack) for thing in offer.includes[:MOST_TICKS]),
            art=art,
            image=edition.pictures.view(offer.image, offer.alt, "thumb", at="first"),
        ),
        "bumps": tuple(_bump(edition, node, number, bump) for number, bump in enumerate(node.bumps, 1)),
        "summary": _summary(edition, node, offer, buttons),
        "pay": tuple(_pay(edition, node, button, label) for button in buttons),
    }


def _pay(edition: Edition, node: Node, button: Button, label: str) -> PayButton:
    names = [b.name for b in node.bumps if b.id in button.bumps]
    words = edition.t("with-bumps", names=edition.t("comma").join(names)) if names else ""
    free = not edition.site.config.european and tries(button) and not button.charge.today.amount
    label = label or edition.t("start-trial" if free else "continue-to-payment")
    return pay_button(edition, button, label, when=_when(node, button), without_has=words)


def _when(node: Node, button: Button) -> str:
    """The class that shows what belongs to one combination of bumps: "if-0", "if-1", "if-12"."""
    return "if-" + ("".join(str(n) for n, bump in enumerate(node.bumps, 1) if bump.id in button.bumps) or "0")


def _bump(edition: Edition, node: Node, number: int, bump: Offer) -> Bump:
    locale = edition.lang
    line = edition.funnel.line(node.stack, bump)
    per = f" {edition.t(f'per-{bump.every}')}" if bump.every else ""
    terms = price_view(edition, bump, node.stack, tax=False).terms if bump.every else until(edition, bump)
    notes = [edition.t("bump-optional"), reduced(edition, line, node.stack), terms]
    if len(node.bumps) == 1:
        button = edition.funnel.buttons[f"{node.id}+{bump.id}"]
        notes.append(edition.t("bump-total", total=format_money(button.charge.today, locale, short=True)))
    return Bump(
        number=number,
        label=edition.t("add", offer=bump.name),
        price=f"+ {format_money(line.now, locale, short=True)}{per}",
        pitch=emphasis(edition.say(bump.pitch or bump.promise, node.stack)),
        note=" ".join(filter(None, notes)),
    )


def _summary(edition: Edition, node: Node, offer: Offer, buttons: list[Button]) -> Summary:
    ordered = [(0, offer)] if node.offer else []
    ordered += enumerate(node.bumps, 1)
    lines = [(number, edition.funnel.line(node.stack, item)) for number, item in ordered]
    totals = (Total(when=_when(node, b), amount=amount_view(edition, b.charge.today)) for b in buttons)
    return Summary(
        rows=tuple(row for number, line in lines for row in rows_of(edition, line, node.stack, bump=number)),
        totals=tuple(totals),
        label=edition.t("total-today"),
        tax=tax_sentence(edition),
        safe=_safe(edition, buttons),
    )


def _safe(edition: Edition, buttons: list[Button]) -> str:
    """Where and when the payment happens; names the provider once there is one."""
    provider = provider_of(edition.links[buttons[0].id]) if buttons and edition.mode != "demo" else None
    if provider is None:
        return edition.t("pay-safe")
    return edition.t("pay-safe-at", provider=provider.NAME)
