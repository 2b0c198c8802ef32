"""Is there a price, and do the amounts that say it agree?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer


def missing_price(subject: Subject) -> Iterator[Finding]:
    """An offer is sold and has no price, or a price of nothing.

    Its page would show an amount of zero and its button would charge nothing, or what the payment link happens to
    charge. What is free belongs to a `lead-magnet` step.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, promise: A course in six weeks.}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, promise: A course in six weeks.}
    +   course: {name: The Course, promise: A course in six weeks., price: 97}
    ```
    """
    for offer, node in sold(subject):
        if offer.places.has("price") and offer.price is None:
            continue  # it is written, and was refused already
        if offer.price is None and offer.pay is None:
            notes = note(node.step.places.span, "it is sold here")
            yield found(f"`{offer.id}` is sold and has no price", offer.places.span, "add `price:`", notes=notes)
        elif offer.price is not None and offer.price.amount == 0:
            yield found(f"`{offer.id}` is sold for nothing", offer.places.at("price"), "set a price above zero")


def price_on_free(subject: Subject) -> Iterator[Finding]:
    """A lead magnet has a price.

    Its page asks for an email address and says that no card is needed, so nobody would ever pay it. Either the price is
    a slip, or the offer belongs on a page that charges: a `tripwire` or a `checkout`.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide, price: 5}
      course: {name: The Course, price: 97}
    steps:
      - lead-magnet: guide
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   guide: {name: The Guide, price: 5}
    +   guide: {name: The Guide}
    ```
    """
    for node in subject.funnel.nodes.values():
        if node.kind == "lead-magnet" and node.offer and (node.offer.price or node.offer.pay):
            notes = note(node.step.places.span, "it is given away here")
            key = "price" if node.offer.price else "pay"
            span = node.offer.places.key(key)
            yield found(f"`{node.offer.id}` is free and has a price", span, f"remove `{key}:`", notes=notes)


def plan_total(subject: Subject) -> Iterator[Finding]:
    """A payment plan does not come to the price beside it.

    The page states the plan with its whole sum ("3 payments of $33, $99 in all"), and copy may say the price: a buyer
    who reads both would see two amounts for one thing. `price:` may be left out where there is a plan.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, pay: 3 x 33}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, pay: 3 x 33}
    +   course: {name: The Course, price: 99, pay: 3 x 33}
    ```
    """
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            if offer.pay and offer.price and offer.pay.each * offer.pay.times != offer.price:
                whole = subject.say(offer.pay.each * offer.pay.times)
                message = f"the plan comes to {whole}, the price says {subject.say(offer.price)}"
                notes = note(offer.places.at("price"), "the price is set here")
                yield found(message, offer.places.at("pay"), "make them equal, or leave out `price:`", notes=notes)


def mixed_billing(subject: Subject) -> Iterator[Finding]:
    """A payment plan also renews, or starts with free days.

    A plan ends after its payments, a subscription does not, and free days move every date. The page could state only
    one of them beside the price, and a buyer would agree to less than is charged.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, pay: 3 x 33, every: month}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, pay: 3 x 33, every: month}
    +   course: {name: The Course, pay: 3 x 33}
    ```
    """
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            other = "every" if offer.every else "trial" if offer.trial else None
            if offer.pay and other:
                message = f"`{offer.id}` has `pay:` and `{other}:`"
                notes = note(offer.places.key("pay"), "the plan is set here")
                yield found(message, offer.places.key(other), f"remove `pay:` or `{other}:`", notes=notes)


def sold(subject: Subject) -> Iterator[tuple[Offer, Node]]:
    """Every offer that is sold, with the first page that sells it."""
    seen = set()
    for node in subject.funnel.nodes.values():
        paying = node.kind not in ("lead-magnet", "thank-you")
        for offer in ((node.offer,) if paying else ()) + node.bumps + (node.cross_sell,):
            if offer is not None and (node.stack, offer.id) not in seen:
                seen.add((node.stack, offer.id))
                yield offer, node
