"""Checkouts of the provider's within pages: what their script must know, and what the policy must then allow."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from funnelgen.funnel.graph import SESSION, Button, Node
from funnelgen.pages.edition import Edition
from funnelgen.pages.views import Embedding
from funnelgen.payments import Provider, provider_of
from funnelgen.payments.embeds import things_in


def embedding_of(edition: Edition, node: Node) -> Embedding | None:
    """What the page of a step tells the script, or None where its buttons only lead to the provider's own page."""
    own = [edition.funnel.buttons[id] for edge in edition.funnel.leaving(node.id) for id in edge.buttons]
    known = [button for button in own if button.id in edition.embedded.buttons]
    provider = _provider(edition, known[0].id) if known else None
    if provider is None or provider.EMBED is None:
        return None
    buttons = {button.id: _opened(edition, button) for button in known if _provider(edition, button.id) is provider}
    return Embedding(
        provider=provider.NAME,
        script=provider.EMBED.script,
        key=edition.embedded.key or "",
        sandbox=edition.mode == "test",
        buttons=msgspec.json.encode(buttons).decode(),
    )


def embed_origins(edition: Edition) -> Mapping[str, set[str]]:
    """The origins that pages with such checkouts load from, by the policy's directive."""
    found: dict[str, set[str]] = {}
    for id in edition.embedded.buttons:
        provider = _provider(edition, id)
        for directive, origins in (provider.EMBED.policy if provider and provider.EMBED else {}).items():
            found.setdefault(directive, set()).update(origins)
    return found


def _provider(edition: Edition, button: str) -> Provider | None:
    return provider_of(edition.links.get(button, ""))


def _opened(edition: Edition, button: Button) -> Mapping[str, object]:
    """What opens for a button, and where the buyer comes back to, for a checkout that is told; empty for nowhere.

    From the site's root: a test is also paid on a copy of the site at another address.
    """
    back = edition.funnel.return_address(button) or ""
    return {
        "things": things_in(edition.embedded.buttons[button.id]),
        "returns": back.removesuffix(f"&session_id={SESSION}"),
    }
