"""How often a visitor is asked to pay: one thing at a time, and not too many."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.funnel.graph import MOST_BUMPS
from funnelgen.site.steps import PAYING


def several_cross_sells(subject: Subject) -> Iterator[Finding]:
    """A thank-you page has more than one cross-sell.

    A choice of offers is a choice to leave. Show the one that helps most with what was just bought, and write about the
    others in the emails of the next days.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      cards: {name: The Cards, price: 12}
      circle: {name: The Circle, price: 49, every: month}
    steps:
      - checkout: course
      - thank-you:
        cross-sell: [circle, cards]
    ```

    Mended:

    ```diff stack.yaml
    -     cross-sell: [circle, cards]
    +     cross-sell: circle
    ```
    """
    for node in subject.funnel.nodes.values():
        if len(node.step.cross_sell) > 1:
            span = node.step.places.at("cross-sell.1")
            yield found("more than one cross-sell on a page", span, "keep the one that helps most; mail the others")


def many_bumps(subject: Subject) -> Iterator[Finding]:
    """A checkout has more bumps than can each be charged together with every other.

    Every combination of ticked bumps is a payment link of its own: four bumps are sixteen links, and the most that
    funnelgen makes. One bump is usual; more of them turn a checkout into a catalogue.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      a: {name: A, price: 9}
      b: {name: B, price: 9}
      c: {name: C, price: 9}
      d: {name: D, price: 9}
      e: {name: E, price: 9}
    steps:
      - checkout: course
        bump: [a, b, c, d, e]
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     bump: [a, b, c, d, e]
    +     bump: a
    ```
    """
    for node in subject.funnel.nodes.values():
        if len(node.bumps) > MOST_BUMPS:
            links = 2 ** len(node.bumps)
            message = f"{len(node.bumps)} bumps would need {links} payment links"
            yield found(message, node.step.places.key("bump"), f"keep {MOST_BUMPS} at the most; one converts best")


def many_decisions(subject: Subject) -> Iterator[Finding]:
    """A path asks its visitors to decide about a payment more than three times.

    Each further offer is one more page to build, to measure and to keep honest, and it tires those who have just
    bought. Start with checkout, one bump and one upsell, and add the next when those convert: a rule of thumb, from
    published guides to offer funnels. A downsell is the other side of its upsell, and a cross-sell comes after the
    path, so neither counts.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      template: {name: The Template, price: 27}
      calls: {name: Three Calls, price: 97}
      retreat: {name: The Retreat, price: 120}
    steps:
      - checkout: course
        bump: template
      - oto: calls
      - oto: retreat
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - oto: retreat
    -   - thank-you:
    +   - thank-you:
    +     cross-sell: retreat
    ```
    """
    for stack in subject.site.stacks:
        paid = [s for s in stack.steps if s.kind in PAYING]
        decisions = len(paid) + sum(len(s.bump) for s in stack.steps)
        if decisions > 3:
            message = f"{decisions} paid decisions on one path"
            help = "start with three at the most, and add one when those before it convert"
            yield found(message, paid[-1].places.span, help, paid[-1], stack)
