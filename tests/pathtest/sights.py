"""Pages as they should be seen, made from the manifest: what the checks are tried on, one thing broken at a time."""

from __future__ import annotations

import msgspec

from funnelgen.funnel.manifest import Manifest, ManifestPage
from funnelgen.pathtest.facts import PHONE, Device, Facts, headline_price, return_address
from funnelgen.pathtest.sight import Decline, Form, PayLink, Shown, Sight


def page_at(manifest: Manifest, address: str) -> ManifestPage:
    """The page at an address."""
    return next(page for page in manifest.pages if page.address == address)


def facts_of(manifest: Manifest, address: str, *, bumps: tuple[str, ...] = (), device: Device = PHONE) -> Facts:
    """What must be true of a page."""
    return Facts(manifest=manifest, page=page_at(manifest, address), device=device, bumps=bumps)


def as_it_should_be(facts: Facts) -> Sight:
    """The page as a visitor should see it."""
    page, currency = facts.page, facts.manifest.site.currency
    targets = {edge.name: facts.address(edge) for edge in facts.edges}
    kind = facts.node.kind if facts.node else ""
    order = facts.simulates or (facts.charges[0] if kind == "checkout" else None)
    shown = [("price", headline_price(facts.offer), "")] if facts.offer and kind != "checkout" else []
    shown += [("", b.today, b.id) for b in facts.charges]
    amounts = [
        Shown(part=part, value=amount.value, currency=currency, text=amount.short, button=button)
        for part, amount, button in shown
    ]
    if order:
        today = order.today
        amounts.append(Shown(part="total", value=today.value, currency=currency, text=today.text, button=""))
    bumps = {line.offer: line for b in facts.all_charges for line in b.lines if line.offer in b.bumps}
    sold = facts.offer and page.indexed and page.kind in ("sales", "checkout")
    return Sight(
        kind=page.kind,
        lang=page.locale,
        title=page.title,
        noindex=not page.indexed,
        canonical=(facts.manifest.site.url or "") + page.address,
        direction="ltr",
        headings=("A heading",),
        amounts=tuple(amounts),
        buttons=tuple(
            PayLink(id=b.id, href=b.link or "", part="accept", focusable=True, reached=True) for b in facts.charges
        ),
        declines=(
            Decline(
                href=targets["decline"],
                words="No thanks",
                letters=16,
                height=52,
                bottom=1200,
                focusable=True,
                reached=True,
            ),
        )
        if "decline" in targets
        else (),
        rows=tuple((line.name, line.today.text) for line in order.lines) if order else (),
        terms=("One payment.",),
        bumps=tuple(f"Add {line.name} + {line.price.short}" for line in bumps.values()),
        ticked=len(facts.bumps),
        links=(),
        ways=(targets["continue"],) if "continue" in targets else (),
        forms=(Form(action=f"{targets['submit']}#welcome", method="get"),) if "submit" in targets else (),
        pay=(return_address(facts.simulates),) if facts.simulates else (),
        cancel=(facts.simulates.page,) if facts.simulates else (),
        data=(product(facts),) if sold else (),
        insecure=(),
        connects=(),
        base="",
        refresh="",
        width=facts.device.width,
        wide=(),
        moving=(),
    )


def product(facts: Facts, **changes: str) -> str:
    """The structured data of an offer."""
    assert facts.offer
    offer = {"@type": "Offer", "price": facts.offer.price.value, "priceCurrency": facts.manifest.site.currency}
    data = {"@type": "Product", "name": facts.offer.name, "offers": {**offer, **changes}}
    return msgspec.json.encode(data).decode()
