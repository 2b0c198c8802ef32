"""What the manifest says of one page, looked up once for all checks."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from funnelgen.funnel.graph import SESSION
from funnelgen.funnel.manifest import (
    Amount,
    Manifest,
    ManifestButton,
    ManifestEdge,
    ManifestLine,
    ManifestNode,
    ManifestPage,
)

DEMO_SESSION = "demo"


class Device(Struct, frozen=True, kw_only=True):
    """A screen that pages are looked at on, in CSS pixels."""

    name: str
    width: int
    height: int
    touch: bool = False


PHONE = Device(name="phone", width=390, height=844, touch=True)
DESKTOP = Device(name="desktop", width=1440, height=900)
DEVICES = {device.name: device for device in (PHONE, DESKTOP)}


class Facts(Struct, frozen=True, kw_only=True, dict=True):
    """What must be true of a page, with so many bumps ticked, on a device."""

    manifest: Manifest
    page: ManifestPage
    device: Device
    bumps: tuple[str, ...] = ()

    @cached_property
    def node(self) -> ManifestNode | None:
        """The step that the page is, if it is one."""
        return next((n for n in self.manifest.nodes if n.address == self.page.address), None)

    @cached_property
    def charges(self) -> tuple[ManifestButton, ...]:
        """The buttons that must be there while these bumps are ticked."""
        return tuple(b for b in self.all_charges if b.bumps == self.bumps)

    @cached_property
    def all_charges(self) -> tuple[ManifestButton, ...]:
        """The buttons of the page, whatever is ticked."""
        return tuple(b for b in self.manifest.buttons if self.node and b.node == self.node.id)

    @cached_property
    def simulates(self) -> ManifestButton | None:
        """The button whose payment the page simulates, if that is what it does."""
        return next(
            (b for b in self.manifest.buttons if self.page.kind == "demo" and b.link == self.page.address), None
        )

    @cached_property
    def edges(self) -> tuple[ManifestEdge, ...]:
        """The ways that lead on from the page."""
        return tuple(e for e in self.manifest.edges if self.node and e.source == self.node.id and e.target)

    @cached_property
    def offer(self) -> ManifestLine | None:
        """The one offer that the page presents for sale; the main one on a checkout."""
        if self.all_charges:
            return self.all_charges[0].lines[0]
        if self.node is None or self.node.kind != "sales":
            return None
        stack = {n.id for n in self.manifest.nodes if n.stack == self.node.stack}
        lines = (line for b in self.manifest.buttons if b.node in stack for line in b.lines)
        return next((line for line in lines if line.offer == self.node.offer), None)

    @property
    def knows_no_price(self) -> bool:
        """Whether the page presents an offer that no button of its stack sells: the manifest has no price for it."""
        sells = self.node is not None and (self.node.kind == "sales" or self.node.closed is not None)
        return sells and self.offer is None

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """All amounts that the page may show."""
        charges = [self.simulates] if self.simulates else self.all_charges
        lines = [line for b in charges for line in b.lines] + ([self.offer] if self.offer else [])
        shown = (a for line in lines for a in (line.price, line.today, line.off, line.before) if a)
        return (*(b.today for b in charges), *shown)

    def address(self, edge: ManifestEdge) -> str:
        """Where a way leads."""
        return next(n.address for n in self.manifest.nodes if n.id == edge.target)


def headline_price(line: ManifestLine) -> Amount:
    """The amount that stands as an offer's price: one instalment, or what it costs after a code took something off."""
    return line.today if line.instalments or line.off else line.price


def return_address(button: ManifestButton, session: str = DEMO_SESSION) -> str:
    """Where the provider must send the buyer after the payment, from the site's root."""
    return (button.returns_to or "").replace(SESSION, session)
