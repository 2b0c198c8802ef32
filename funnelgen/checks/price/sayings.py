"""Which amounts a stack has, and the words of copy that say each of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from funnelgen.diagnostics import Span
from funnelgen.funnel.cart import total
from funnelgen.funnel.graph import MOST_BUMPS, Funnel, Node
from funnelgen.site.models import Offer, Site, Stack
from funnelgen.site.steps import PAYING


class Place(Struct, frozen=True, kw_only=True):
    """Where an amount stands: in a step's copy, in an offer, or (`free`) on a page to read."""

    node: Node | None = None
    offer: Offer | None = None
    free: bool = False

    @property
    def own(self) -> Offer | None:
        """The offer that the place is about."""
        return self.offer or (self.node.offer if self.node else None)

    @property
    def charges(self) -> bool:
        """Whether the page's main button shows an amount."""
        return self.node is not None and (self.node.kind in PAYING or self.node.cross_sell is not None)

    def distance(self, saying: Saying) -> int:
        """How far from this place a saying is: 0 for the place's own offer, the more the less likely it is meant."""
        node, own = self.node, self.own
        if saying.is_total:
            return 2 if node is not None and saying.owner == node.step.id else 4
        if not saying.words:
            return 5
        if own is not None and saying.owner == own.id:
            return 0
        beside = (*node.bumps, node.cross_sell) if node else ()
        return 1 if any(offer is not None and offer.id == saying.owner for offer in beside) else 3


class Saying(Struct, frozen=True, kw_only=True):
    """One amount of the stack: what it is, whose it is, and the words that say it, if there are any."""

    what: str
    owner: str  # the offer's id, or the step's
    words: str = ""
    is_total: bool = False
    span: Span | None = None


class Prices(Struct, frozen=True, kw_only=True, dict=True):
    """Every amount of one stack."""

    sayings: Mapping[Decimal, Sequence[Saying]]
    names: frozenset[tuple[str, ...]]  # of its offers, as words

    def meant(self, amount: Decimal, place: Place) -> list[Saying]:
        """What an amount can mean at a place: the nearest sayings, all as near as each other."""
        known = [s for s in self.sayings.get(amount, ()) if not place.free or (s.words and not s.is_total)]
        nearest = min((place.distance(saying) for saying in known), default=0)
        return [saying for saying in known if place.distance(saying) == nearest]

    def is_near(self, amount: Decimal) -> bool:
        """Whether it lies between half and double of an amount of the stack."""
        at = bisect_left(self._amounts, amount / 2)
        return at < len(self._amounts) and self._amounts[at] <= amount * 2

    def names_offer(self, words: str) -> bool:
        """Whether an offer of the stack is named."""
        said = _words(words)
        return any(
            tuple(said[at : at + length]) in self.names
            for length in self._lengths
            for at in range(len(said) - length + 1)
        )

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(name) for name in self.names})

    @cached_property
    def _amounts(self) -> list[Decimal]:
        return sorted(self.sayings)


def prices_of(stack: Stack, funnel: Funnel) -> Prices:
    """The amounts of a stack."""
    sayings: dict[Decimal, list[Saying]] = {}
    for amount, saying in (*_of_offers(stack, funnel), *_of_totals(stack, funnel)):
        if amount:
            sayings.setdefault(amount, []).append(saying)
    return Prices(sayings=sayings, names=frozenset(_words(o.name) for o in stack.offers.values()) - {()})


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _of_offers(stack: Stack, funnel: Funnel) -> Iterator[tuple[Decimal, Saying]]:
    for offer in stack.offers.values():
        line = funnel.line(stack.name, offer)
        span = offer.places.at("price" if offer.price else "pay")
        words = f'{{{{ price("{offer.id}") }}}}'
        yield line.now.amount, Saying(what=f"the price of `{offer.id}`", owner=offer.id, words=words, span=span)
        if offer.pay:
            yield offer.pay.each.amount, Saying(what=f"a payment of `{offer.id}`", owner=offer.id, span=span)


def _of_totals(stack: Stack, funnel: Funnel) -> Iterator[tuple[Decimal, Saying]]:
    for node in funnel.nodes.values():
        if node.stack != stack.name or node.offer is None or not node.bumps:
            continue
        bumps = node.bumps[:MOST_BUMPS]
        ticked = [(bumps, "true"), *(((bump,), f'"{bump.id}"') for bump in bumps if len(bumps) > 1)]
        for added, key in ticked:
            words = f'{{{{ total("{node.step.id}", bump={key}) }}}}'
            what = f"the total of `{node.step.id}` with {' and '.join(f'`{bump.id}`' for bump in added)}"
            saying = Saying(what=what, owner=node.step.id, words=words, is_total=True)
            lines = [funnel.line(stack.name, offer) for offer in (node.offer, *added)]
            yield total(lines, funnel.currency).amount, saying


def places_of(site: Site, funnel: Funnel) -> Mapping[int, Place]:
    """The place of every step's copy, by the identity of its front matter."""
    return {id(copy.front): Place(node=funnel.step(copy.stack, copy.name)) for copy in site.copy.values()}
