"""Can the payment link charge what the page says?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.payments import another_way, provider_of
from funnelgen.site.links import LinkMode


def link_billing(subject: Subject) -> Iterator[Finding]:
    """An offer is billed in a way that the provider of its payment link cannot express.

    A Stripe payment link charges once or renews until somebody cancels. It has no field for a number of payments, so
    a plan of three goes on with a fourth; and free days belong to a subscription alone, so a single payment after them
    cannot be made. The buyer would be charged something else than the page says.

    From Stripe's documentation of payment links. A plan that you end by other means (a subscription schedule, a
    calendar entry) is a reason for an `allow:`.

    Fires (test):

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, pay: 3 x 33}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```yaml links.yaml
    test: {checkout: "https://buy.stripe.com/test_abc"}
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, pay: 3 x 33}
    +   course: {name: The Course, price: 99}
    ```
    """
    mode: LinkMode = "test" if subject.mode == "test" else "live"
    links = subject.site.links.of(mode)
    told = set()
    for button in subject.funnel.buttons.values():
        link = links.get(button.id, "")
        provider = provider_of(link) if link else None
        if provider is None:
            continue
        node = subject.funnel.nodes[button.node]
        offers = {o.id: o for o in (node.offer, *node.bumps, node.cross_sell) if o}
        for line in button.charge.lines:
            key, what = provider.cannot_charge(line)
            if key and (node.stack, line.offer) not in told:
                told.add((node.stack, line.offer))
                offer = offers[line.offer]
                notes = note(subject.site.links.places.at(f"{mode}.{button.id}"), "the link stands here")
                help = f"sell it {another_way(key)}"
                message = f"a {provider.NAME} payment link cannot {what}"
                yield found(message, offer.places.at(key), help, offer, node.step, notes=notes, not_demo=True)
