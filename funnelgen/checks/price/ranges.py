"""Is a price in proportion to those around it? The ranges are rules of thumb, so these are warnings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.cart import line_of
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer

LIKE_DOLLARS = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD"})
"""Currencies in which a small price has much the same figure as in dollars."""

TRIPWIRE = Decimal(7), Decimal(47)

_OR_ALLOW = "change the price, or allow it with the reason why it is right here"


def bump_price_range(subject: Subject) -> Iterator[Finding]:
    """An order bump costs less than 5 % or more than 40 % of what is ordered.

    A bump is decided in a moment, beside the pay button. One that costs as much as half of the order needs a page of
    its own, or it makes buyers think the order over again; one that costs next to nothing might as well be included.

    The range is an estimate: published guides to offer funnels give 5 to 25 % and 20 to 40 %, here taken together. In
    dollars, they say, bumps mostly cost from $9 to $97. A good reason to be outside is worth an `allow:`.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      template: {name: The Template, price: 60}
    steps:
      - checkout: course
        bump: template
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   template: {name: The Template, price: 60}
    +   template: {name: The Template, price: 27}
    ```
    """
    for node in subject.funnel.nodes.values():
        for number, bump in enumerate(node.bumps):
            if node.kind == "checkout" and node.offer:
                yield from _range(subject, bump, node.offer, "5", "40", node, f"bump.{number}")


def oto_price_range(subject: Subject) -> Iterator[Finding]:
    """An upsell costs less than 30 % or more than 150 % of what was bought at the checkout.

    An upsell is more of the same result for somebody who has just paid. Far above the first price few take it, and the
    page reads as if the first purchase had been bait; far below it is a bump.

    The range is an estimate from published guides to offer funnels. Private time is often dearer, and that is a good
    reason for an `allow:`. Of a subscription one period is compared, of a plan the whole sum.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 400}
    steps:
      - checkout: course
      - oto: calls
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - oto: calls
    +   - oto: calls
    +     allow: {oto-price-range: "three hours of private time"}
    ```
    """
    for node, core in after_checkout(subject, "oto"):
        if node.offer and core.offer:
            yield from _range(subject, node.offer, core.offer, "30", "150", node, "offer")


def downsell_price_range(subject: Subject) -> Iterator[Finding]:
    """A downsell costs less than 40 % or more than 80 % of the upsell that was declined.

    It is for a buyer who said "not right now". At nearly the same price it asks the same question twice; far below, it
    makes the first price look inflated, unless much less is given.

    The range is an estimate from published guides to offer funnels.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 100}
      library: {name: The Library, price: 90}
    steps:
      - checkout: course
      - oto: calls
        downsell: library
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   library: {name: The Library, price: 90}
    +   library: {name: The Library, price: 60}
    ```
    """
    for node in subject.funnel.nodes.values():
        above = subject.funnel.nodes.get(node.parent or "")
        if node.kind == "downsell" and node.offer and above and above.offer:
            yield from _range(subject, node.offer, above.offer, "40", "80", node, "offer")


def tripwire_price_range(subject: Subject) -> Iterator[Finding]:
    """A tripwire costs less than $7 or more than $47.

    It is a first purchase by somebody who came for something free a minute ago: small enough to need no thought, and
    large enough to cover what a payment costs.

    The range is an estimate from published guides to offer funnels. They count in dollars; the same figures are used
    for currencies in which small prices look alike (EUR, GBP, CHF, CAD, AUD, NZD), and no others are judged.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide}
      journal: {name: The Journal, price: 67}
    steps:
      - lead-magnet: guide
      - tripwire: journal
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   journal: {name: The Journal, price: 67}
    +   journal: {name: The Journal, price: 19}
    ```
    """
    if subject.funnel.currency not in LIKE_DOLLARS:
        return
    least, most = TRIPWIRE
    for node in subject.funnel.nodes.values():
        if node.kind != "tripwire" or node.offer is None:
            continue
        price = line_of(node.offer, subject.funnel.currency).price
        if price.amount and not least <= price.amount <= most:
            message = f"{subject.say(price)} for a tripwire, {least} to {most} is usual"
            notes = note(node.offer.places.at("price"), "the price is set here")
            yield found(message, node.step.places.at("offer"), _OR_ALLOW, node.step, node.offer, notes=notes)


def tripwire_above_core(subject: Subject) -> Iterator[Finding]:
    """A tripwire costs as much as what is sold at the checkout after it, or more.

    The small first purchase makes the larger one easier. Where it is the larger one, a buyer meets the price of the
    main offer with the feeling of having paid too much a page before.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide}
      journal: {name: The Journal, price: 39}
      course: {name: The Course, price: 29}
    steps:
      - lead-magnet: guide
      - tripwire: journal
      - thank-you:
        id: journal
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 29}
    +   course: {name: The Course, price: 129}
    ```
    """
    for node, core in after_checkout(subject, "tripwire"):
        if node.offer is None or core.offer is None:
            continue
        price, later = (line_of(o, subject.funnel.currency).price for o in (node.offer, core.offer))
        if later.amount and not price < later:
            message = f"{subject.say(price)} for a tripwire, {subject.say(later)} for `{core.offer.id}` after it"
            notes = note(core.offer.places.at("price"), "the later price is set here")
            yield found(message, node.step.places.at("offer"), _OR_ALLOW, node.step, node.offer, notes=notes)


def _range(
    subject: Subject, offer: Offer, measure: Offer, least: str, most: str, node: Node, place: str
) -> Iterator[Finding]:
    price, base = (line_of(o, subject.funnel.currency).price for o in (offer, measure))
    share = price.share_of(base)
    if share is None or not price.amount or Decimal(least) <= share * 100 <= Decimal(most):
        return
    percent = round(share * 100)
    near = Decimal(least) <= percent <= Decimal(most)  # "40 % … 5 to 40 % is usual" would be a riddle
    shown = f"{share * 100:.2f}" if near else str(percent)
    if not percent:  # a price is never 0 % of another
        shown = f"{share * 100:.1g}" if share * 100 >= Decimal("0.01") else "less than 0.01"
    message = f"{subject.say(price)} is {shown} % of {subject.say(base)} (`{measure.id}`), {least} to {most} % is usual"
    notes = note(offer.places.at("price"), "the price is set here")
    yield found(message, node.step.places.at(place), _OR_ALLOW, node.step, offer, notes=notes)


def after_checkout(subject: Subject, kind: str) -> Iterator[tuple[Node, Node]]:
    """Nodes of a kind with the checkout of their stack, which they are measured against."""
    cores: dict[str, Node] = {}
    for node in subject.funnel.nodes.values():
        if node.kind == "checkout":
            cores.setdefault(node.stack, node)
    for node in subject.funnel.nodes.values():
        if node.kind == kind and node.stack in cores:
            yield node, cores[node.stack]
