"""What the script of a journey must know of a page: its buttons, what their links take, which payments return here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

import msgspec

from funnelgen.funnel.graph import Button, Edge, Node
from funnelgen.pages.edition import Edition
from funnelgen.pages.embedding import embedding_of
from funnelgen.pages.themes import Theme, ThemeError
from funnelgen.pages.views import Journey
from funnelgen.payments.parameters import Taken, origin_of


def journey_of(edition: Edition, node: Node) -> Journey | None:
    """What the page of a step tells the script, or None where it has nothing to do."""
    funnel = edition.funnel
    taking = edition.taking.get(node.stack, {})
    returning = edition.returning.get(node.id, ())
    embeds = node.stack in {
        funnel.nodes[b.node].stack for id in edition.embedded.buttons if (b := funnel.buttons.get(id))
    }
    if not (edition.sink or taking or embeds or (returning and edition.mode != "demo")):
        return None
    own = [funnel.buttons[id] for edge in funnel.leaving(node.id) for id in edge.buttons]
    links = {origin_of(edition.links[button.id]) for button in own}
    onwards = next((edge for edge in funnel.leaving(node.id) if not edge.buttons and edge.target), None)
    return Journey(
        to=edition.sink,
        step=node.id,
        kind=node.kind,
        currency=funnel.currency,
        sells=_amounts(own),
        paid=_amounts(returning),
        bumps=" ".join(bump.id for bump in node.bumps),
        way=onwards.name if onwards else "",
        next=_address(edition, onwards),
        consent=edition.asks_consent,
        takes=_json({origin: parameters for origin, parameters in taking.items() if origin in links}),
        campaign=_campaign([taking]),
        email=node.kind == "lead-magnet" and (embeds or any(p.what == "email" for it in taking.values() for p in it)),
    )


def journey_before(edition: Edition) -> Journey | None:
    """What a page that is no step tells the script: under which names a campaign may bring visitors to it."""
    campaign = _campaign(edition.taking.values())
    return Journey(campaign=campaign, consent=edition.asks_consent) if campaign else None


def require_scripts(edition: Edition, theme: Theme, files: Iterable[str]) -> None:
    """Raise ThemeError where pages have something to tell a script, and none of them loads it."""
    funnel = edition.funnel
    needed = {}
    if edition.sink or (edition.mode != "demo" and funnel.buttons):
        needed["journey"] = "sends events and completes payment links"
    if edition.embedded.buttons and any(embedding_of(edition, node) for node in funnel.nodes.values()):
        needed["embed"] = "opens checkouts within the page"
    loaded = {name.removeprefix("assets/").partition(".")[0] for name in files}
    for name, does in needed.items():
        if name not in loaded:
            raise ThemeError(
                f"layout.html lost the script that {does}",
                help=f'write `{{{{ script("{name}", page.{name}) }}}}` where themes/base/templates/layout.html has it',
                path=theme.find("templates/layout.html"),
            )


def _campaign(takings: Iterable[Mapping[str, Sequence[Taken]]]) -> str:
    names = {p.what for taking in takings for parameters in taking.values() for p in parameters}
    return " ".join(sorted(names - {"email", "reference"}))


def _json(takes: Mapping[str, Sequence[Taken]]) -> str:
    return msgspec.json.encode(takes).decode() if takes else ""


def _address(edition: Edition, edge: Edge | None) -> str:
    """Where a link that takes an edge leads; a form's way has no link."""
    node = edition.funnel.nodes.get(edge.target or "") if edge and edge.name != "submit" else None
    return node.address if node else ""


def _amounts(buttons: Iterable[Button]) -> str:
    """Buttons with what each charges today, in the form that a browser takes apart by itself."""
    return "&".join(f"{quote(button.id)}={button.charge.today.amount}" for button in buttons)
