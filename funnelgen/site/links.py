"""The models of links.yaml: where each button leads, and what opens within the pages."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import field

from funnelgen.site.base import Model, says
from funnelgen.site.kinds import Line

LinkMode = Literal["test", "live"]


class Embedded(Model, frozen=True, kw_only=True):
    """Checkouts within the pages of one mode. The links stay, for visitors for whom they do not open."""

    key: Annotated[Line | None, says("The provider's public key: Stripe's `pk_…`, Paddle's token.", "pk_live_…")] = None
    buttons: Annotated[dict[str, Line], says("What opens in the page, by button.", "buy_btn_…")] = field(
        default_factory=dict
    )


class Links(Model, frozen=True, kw_only=True):
    """links.yaml: one payment link per button and mode."""

    live: Annotated[dict[str, Line], says("The links that charge money, by button.")] = field(default_factory=dict)
    test: Annotated[dict[str, Line], says("The provider's test links, by button.")] = field(default_factory=dict)
    embed_live: Annotated[
        Embedded, says("Checkouts that open within live pages; their provider's script comes from elsewhere.")
    ] = field(default_factory=Embedded)
    embed_test: Annotated[Embedded, says("The same within test pages.")] = field(default_factory=Embedded)

    def of(self, mode: LinkMode) -> dict[str, str]:
        """The links of a mode, by button."""
        return self.live if mode == "live" else self.test

    def embedded(self, mode: LinkMode) -> Embedded:
        """The checkouts within the pages of a mode."""
        return self.embed_live if mode == "live" else self.embed_test
