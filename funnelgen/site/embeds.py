"""`embed_live:` and `embed_test:` of links.yaml: which checkouts open within the pages."""

from __future__ import annotations

from typing import Annotated

from msgspec import field

from funnelgen.site.base import Model, says
from funnelgen.site.kinds import Line


class Embedded(Model, frozen=True, kw_only=True):
    """Checkouts within the pages of one mode. The links stay, for visitors for whom they do not open."""

    key: Annotated[Line | None, says("The provider's public key: Stripe's `pk_…`, Paddle's token.", "pk_live_…")] = None
    buttons: Annotated[dict[str, Line], says("What opens in the page, by button.", "buy_btn_…")] = field(
        default_factory=dict
    )
