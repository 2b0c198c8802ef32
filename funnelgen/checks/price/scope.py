"""Does each further offer give what its place promises: a downsell less, an upsell more of the same?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.price.ranges import after_checkout
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Note
from funnelgen.site.models import Offer


def downsell_scope(subject: Subject) -> Iterator[Finding]:
    """A downsell gives all that the declined upsell gave.

    The same thing for less, a minute later, says that the first price was inflated, and teaches buyers to say no. A
    downsell cuts what is given as well as the price: fewer calls or modules, recordings in place of private time,
    shorter access, one payment in place of a subscription.

    What is compared is what the stack says: `includes`, `shape`, `access`, `support` and the way of billing. Two offers
    of which it says too little are not judged, and neither is a page that tells what goes (`/// compare`).

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 100, includes: [Three calls, Written notes]}
      less: {name: Calls for Less, price: 60, includes: [Three calls, Written notes]}
    steps:
      - checkout: course
      - oto: calls
        downsell: less
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   less: {name: Calls for Less, price: 60, includes: [Three calls, Written notes]}
    +   less: {name: One Call, price: 60, includes: [One call, Written notes]}
    ```
    """
    for node in subject.funnel.nodes.values():
        above = subject.funnel.nodes.get(node.parent or "")
        if node.kind != "downsell" or node.offer is None or above is None or above.offer is None:
            continue
        copy = subject.site.copy.get((node.stack, node.step.id))
        told = copy is not None and any(block.name == "compare" for block in copy.blocks)
        same = _same_scope(above.offer, node.offer)
        if same and not told:
            about = (node.step, node.offer, *((copy.front,) if copy else ()))
            message = f"`{node.offer.id}` has {same} `{above.offer.id}` has"
            help = "let it give less: a part, recordings in place of calls, shorter access"
            notes = note(above.offer.places.span, "the upsell is described here")
            yield found(message, node.step.places.at("offer"), help, *about, notes=notes)


def upsell_category(subject: Subject) -> Iterator[Finding]:
    """An upsell is of another category than what was bought at the checkout.

    More of the same result is an upsell: a bigger or faster version, for somebody who has just said yes to it. A
    different kind of thing that helps with the same goal is a cross-sell, and sells better once the first is in use: on
    the thank-you page, or in an email some days later. The distinction is that of published guides to offer funnels.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, category: course, price: 97}
      circle: {name: The Circle, category: membership, price: 49, every: month}
    steps:
      - checkout: course
      - oto: circle
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - oto: circle
    -   - thank-you:
    +   - thank-you:
    +     cross-sell: circle
    ```
    """
    for node, core in after_checkout(subject, "oto"):
        if node.offer and core.offer and _differ(node.offer, core.offer):
            one, other = node.offer, core.offer
            message = f"`{one.id}` is of the category {one.category}, `{other.id}` of {other.category}"
            help = "another kind of thing is a cross-sell: offer it on the thank-you page, as its `cross-sell:`"
            yield found(message, node.step.places.at("offer"), help, node.step, one, notes=_of(one))


def cross_sell_category(subject: Subject) -> Iterator[Finding]:
    """A cross-sell is of the same category as what was bought at the checkout.

    A cross-sell solves the next problem with a different kind of thing. More of the same is an upsell, and is decided
    more easily right after the first yes than on the page where the buyer has come to begin. The distinction is that of
    published guides to offer funnels.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, category: course, price: 97}
      second: {name: The Second Course, category: course, price: 97}
    steps:
      - checkout: course
      - thank-you:
        cross-sell: second
    ```

    Mended:

    ```diff stack.yaml
    -   - thank-you:
    -     cross-sell: second
    +   - oto: second
    +   - thank-you:
    ```
    """
    for node, core in after_checkout(subject, "thank-you"):
        if node.cross_sell and core.offer and node.cross_sell.category and not _differ(node.cross_sell, core.offer):
            if core.offer.category is None:
                continue
            message = f"`{node.cross_sell.id}` is of the category {node.cross_sell.category}, as is `{core.offer.id}`"
            help = "more of the same result is an upsell: offer it in an `oto:` step"
            place = node.step.places.at("cross-sell.0" if node.step.places.has("cross-sell.0") else "cross-sell")
            yield found(message, place, help, node.step, node.cross_sell, notes=_of(node.cross_sell))


def _same_scope(upsell: Offer, downsell: Offer) -> str:
    """In which words the downsell gives as much; empty where something is less, or nothing is said."""
    if upsell.id == downsell.id:
        return "all that"
    terms = ((upsell.every, downsell.every), (upsell.access, downsell.access), (upsell.support, downsell.support))
    if any(_folded(one) != _folded(two) for one, two in terms):
        return ""
    shapes = upsell.shape, downsell.shape
    if upsell.includes and downsell.includes:
        kept = {_folded(thing) for thing in upsell.includes} <= {_folded(thing) for thing in downsell.includes}
        return "all that" if kept and (not all(shapes) or _folded(shapes[0]) == _folded(shapes[1])) else ""
    return "the shape that" if all(shapes) and _folded(shapes[0]) == _folded(shapes[1]) else ""


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().strip(" .").split())


def _differ(one: Offer, other: Offer) -> bool:
    """Whether both have a category, and not the same."""
    return bool(one.category and other.category and _folded(one.category) != _folded(other.category))


def _of(offer: Offer) -> tuple[Note, ...]:
    return note(offer.places.at("category"), "the category is set here")
