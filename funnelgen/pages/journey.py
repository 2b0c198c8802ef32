"""What the script of a journey must know of a page: which buttons it has, and which payments come back to it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from funnelgen.funnel.graph import Button, Edge, Node
from funnelgen.pages.edition import Edition
from funnelgen.pages.themes import Theme, ThemeError
from funnelgen.pages.views import Journey


def journey_of(edition: Edition, node: Node) -> Journey | None:
    """What the page of a step tells the script, or None where nobody takes its events."""
    if not edition.sink:
        return None
    funnel = edition.funnel
    buttons = funnel.buttons.values()
    onwards = next((edge for edge in funnel.leaving(node.id) if not edge.buttons and edge.target), None)
    return Journey(
        to=edition.sink,
        step=node.id,
        kind=node.kind,
        currency=funnel.currency,
        sells=_amounts(button for button in buttons if button.node == node.id),
        paid=_amounts(button for button in buttons if button.returns_to == node.id),
        bumps=" ".join(bump.id for bump in node.bumps),
        way=onwards.name if onwards else "",
        next=_address(edition, onwards),
        consent=edition.asks_consent,
    )


def require_script(edition: Edition, theme: Theme, files: Iterable[str]) -> None:
    """Raise ThemeError where events are asked for, and no page loads the script that sends them."""
    if edition.sink and not any(name.startswith("assets/journey.") for name in files):
        raise ThemeError(
            "layout.html lost the script that sends events",
            help='write `{{ script("journey", page.journey) }}` where themes/base/templates/layout.html has it',
            path=theme.find("templates/layout.html"),
        )


def _address(edition: Edition, edge: Edge | None) -> str:
    """Where a link that takes an edge leads; a form's way has no link."""
    node = edition.funnel.nodes.get(edge.target or "") if edge and edge.name != "submit" else None
    return node.address if node else ""


def _amounts(buttons: Iterable[Button]) -> str:
    """Buttons with what each charges today, in the form that a browser takes apart by itself."""
    return "&".join(f"{quote(button.id)}={button.charge.today.amount}" for button in buttons)
