"""Reduced prices: the price beside them."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found


def lowest_price(subject: Subject) -> Iterator[Finding]:
    """A reduced price does not stand beside the lowest one of the last 30 days, where consumers in the EU buy.

    Whoever announces a reduction names the lowest price of the 30 days before it (Directive 98/6/EC, article 6a), and
    reckons from that one (Court of Justice, C-330/23). A code that is on the page for everybody is such an
    announcement. funnelgen cannot know what you charged last month: write it as `lowest:` of the offer, also where it
    is the price itself. The page then says it so. A price that is not below the lowest one is no reduction, and this
    says so too. Where the law of a country leaves something out, as for what has been on sale for less than 30 days,
    allow it with that reason. This is no legal advice.

    Wherever you sell, a `lowest:` above `price:` is told of: the page would show as the price before one that is asked
    of nobody today. Where the price itself went down in these days, allow it with that reason.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [EU]
    ```

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    discount: {code: SPRING, amount: 20}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97}
    +   course: {name: The Course, price: 97, lowest: 97}
    ```
    """
    in_eu = "EU" in subject.site.config.sells_to
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            line = subject.funnel.line(stack.name, offer)
            if not line.off or offer.price is None:
                continue
            if line.lowest and offer.price < line.lowest:
                price, lowest = subject.say(offer.price), subject.say(line.lowest)
                help = f"write {price} or less; if the price itself went down in these days, allow it with that reason"
                message = f"`{offer.id}` would be shown as reduced from {lowest}, and costs {price} without the code"
                yield found(message, offer.places.at("lowest"), help, offer)
            elif not in_eu:
                continue
            elif line.lowest is None:
                whole = f"{offer.price.amount}".removesuffix(".00")
                help = f"write `lowest: {whole}`, if it was never less in those days"
                message = f"`{offer.id}` is reduced, and its lowest price of the last 30 days is not said"
                yield found(message, offer.places.at("price"), help, offer)
            elif not line.now < line.lowest:
                price, lowest = subject.say(line.now), subject.say(line.lowest)
                help = "take more off, or leave the code out: it is no reduction"
                message = f"`{offer.id}` costs {price} with the code, and cost {lowest} in the last 30 days"
                yield found(message, offer.places.at("lowest"), help, offer)
