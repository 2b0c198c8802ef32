"""What a page that sells must say: are all its parts there?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Allowing
from funnelgen.diagnostics import Note
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer
from funnelgen.site.writing import Copy, FrontMatter

_CONTENTS = frozenset({"includes", "modules", "beats", "compare"})
"""Blocks that say what is in an offer."""


def oto_structure(subject: Subject) -> Iterator[Finding]:
    """An upsell's page lacks one of the parts from which a buyer decides.

    The page comes right after a payment, and a buyer gives it a few seconds. Published guides to offer funnels name
    five parts, in this order: the next result in one sentence; what is included that the first purchase did not have;
    price, billing and access; what lowers the risk; one accept and one visible decline. The theme sees to the order,
    the price and the two buttons. The rest comes from the offer or the page's copy: `promise` or a headline, `includes`
    or a block of contents, `access`, and `refund`, `support` or a guarantee.

    A site in demo mode may still be a draft, so this is said once there are payment links.

    Fires (test):

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 100, promise: Three calls beside you., access: Within 90 days.}
    steps:
      - checkout: course
      - oto: calls
      - thank-you:
    ```

    ```markdown copy/oto.md
    Build it with three calls.
    ```

    Mended:

    ```markdown copy/oto.md
    /// includes | What comes with it
    - Three calls of 50 minutes
    ///

    /// guarantee | A refund that fits
    All of it comes back until the first call.
    ///
    ```
    """
    for node in subject.funnel.nodes.values():
        if node.kind != "oto" or node.offer is None:
            continue
        shown = Shown(offer=node.offer, copies=_copies(subject, node))
        missing = [
            (part, key)
            for part, key, there in (
                ("the next result in one sentence", "promise", shown.promise),
                ("what is included", "includes", shown.contents),
                ("how access goes", "access", node.offer.access),
                ("what lowers the risk", "refund", shown.refund or node.offer.support),
            )
            if not there
        ]
        if missing:
            message = f"the page of `{node.offer.id}` does not say {_listed([part for part, _ in missing], 'or')}"
            help = f"add {_listed([f'`{key}:`' for _, key in missing])} to the offer, or say it in the copy"
            if missing == [("how access goes", "access")]:
                help = "add `access:` to the offer"
            about: tuple[Allowing, ...] = (*shown.fronts, node.step, node.offer)
            place, notes = node.step.places.at("offer"), _described(node.offer)
            yield found(message, place, help, *about, notes=notes, not_demo=True)


def thin_offer(subject: Subject) -> Iterator[Finding]:
    """An offer that is sold leaves out its promise, its shape, its access or its refund.

    A core offer has one audience, one promise and one shape: what changes, in which form, of which size. When access
    starts and ends, and whether the money can come back, are what a buyer asks next, and what makes a card's owner
    dispute a charge when nobody said it. Where nothing comes back, say that: `refund: No refund once it is opened.`
    Upsells have a rule of their own (`oto-structure`), a bump needs its pitch alone.

    A site in demo mode may still be a draft, so this is said once there are payment links.

    Fires (test):

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, promise: A course in six weeks., shape: Six modules.}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, promise: A course in six weeks., shape: Six modules.}
    +   course:
    +     name: The Course
    +     price: 97
    +     promise: A course in six weeks.
    +     shape: Six modules.
    +     access: Lifetime access, starts at once.
    +     refund: Full refund within 30 days.
    ```
    """
    for offer, nodes in _sold(subject):
        shown = Shown(offer=offer, copies=[copy for node in nodes for copy in _copies(subject, node)])
        said = {"promise": shown.promise, "shape": shown.contents, "access": offer.access, "refund": shown.refund}
        missing = [key for key, there in said.items() if not there]
        if missing:
            message = f"`{offer.id}` says nothing of its {_listed(missing, 'or')}"
            help = f"add {_listed([f'`{key}:`' for key in missing])} to the offer"
            notes = note(nodes[0].step.places.at("offer"), "it is sold here")
            about: tuple[Allowing, ...] = (offer, *(node.step for node in nodes), *shown.fronts)
            yield found(message, offer.places.at("name"), help, *about, notes=notes, not_demo=True)


class Shown(Struct, frozen=True, kw_only=True):
    """What the pages of an offer say of it, from its keys or from their copy."""

    offer: Offer
    copies: Sequence[Copy]

    @property
    def fronts(self) -> tuple[FrontMatter, ...]:
        """The front matter of the pages."""
        return tuple(copy.front for copy in self.copies)

    @property
    def promise(self) -> bool:
        """Whether the result is said; a checkout's headline is about the order."""
        return bool(self.offer.promise) or any(c.front.headline for c in self.copies if c.name != "checkout")

    @property
    def contents(self) -> bool:
        """Whether it is said what is in it."""
        return bool(self.offer.shape or self.offer.includes) or self._has(_CONTENTS)

    @property
    def refund(self) -> bool:
        """Whether it is said if the money can come back."""
        return bool(self.offer.refund) or self._has({"guarantee"})

    def _has(self, names: frozenset[str] | set[str]) -> bool:
        return any(block.name in names and block.body for copy in self.copies for block in copy.blocks)


def _sold(subject: Subject) -> Iterator[tuple[Offer, list[Node]]]:
    """Every offer that is sold other than as a bump or an upsell, with the pages that show it."""
    nodes = subject.funnel.nodes.values()
    showing: dict[tuple[str, str], list[Node]] = {}
    for node in nodes:
        if node.offer is not None:
            showing.setdefault((node.stack, node.offer.id), []).append(node)
    seen = set()
    for node in nodes:
        offer = node.offer if node.kind in ("checkout", "tripwire", "downsell") else node.cross_sell
        if offer is not None and (node.stack, offer.id) not in seen:
            seen.add((node.stack, offer.id))
            pages = showing.get((node.stack, offer.id), [])
            yield offer, [node, *(page for page in pages if page is not node)]


def _copies(subject: Subject, node: Node) -> list[Copy]:
    copy = subject.site.copy.get((node.stack, node.step.id))
    return [copy] if copy else []


def _described(offer: Offer) -> tuple[Note, ...]:
    return note(offer.places.at("name"), "the offer is described here")


def _listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a", "a and b", "a, b and c"."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
