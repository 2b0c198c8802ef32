"""In which order visitors are asked to pay: each offer after what it builds on."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.paths import behind_payment


def stray_downsell(subject: Subject) -> Iterator[Finding]:
    """A downsell stands among the steps by itself, where everyone would see it.

    A downsell is what a buyer is shown who has just declined its upsell, and nobody else: to those who took the upsell
    a smaller and cheaper version of it says that they paid too much. Written under its `oto`, it is reached in that way
    alone.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
      library: {name: The Library, price: 49}
    steps:
      - checkout: course
      - oto: calls
      - downsell: library
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - downsell: library
    +     downsell: library
    ```
    """
    for stack in subject.site.stacks:
        for step in stack.steps:
            if step.kind == "downsell":
                help = "write it under its oto: `downsell: my-offer`"
                yield found("a downsell without its upsell", step.places.span, help)


def downsell_after_downsell(subject: Subject) -> Iterator[Finding]:
    """A declined downsell leads to another downsell.

    Two in a row are haggling: the buyer learns that every no brings a lower price, and waits for the next one. After
    the second no, hand out what was bought.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
      library: {name: The Library, price: 49}
      notes: {name: The Notes, price: 39}
    steps:
      - checkout: course
      - oto: calls
        downsell: {offer: library, decline: smaller}
      - oto: calls
        id: again
        downsell: {offer: notes, id: smaller}
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     downsell: {offer: library, decline: smaller}
    +     downsell: {offer: library, decline: thank-you}
    ```
    """
    for node in subject.funnel.nodes.values():
        edge = subject.funnel.edge(node.id, "decline")
        target = subject.funnel.nodes.get(edge.target or "") if edge else None
        if node.kind == "downsell" and target and target.kind == "downsell":
            message = f"`{node.step.id}` declined leads to another downsell"
            yield found(message, node.step.places.at("decline"), "lead to the thank-you page")


def early_cross_sell(subject: Subject) -> Iterator[Finding]:
    """A cross-sell stands on a page that visitors reach without having paid.

    A cross-sell is another product for the same goal. Before the first payment it competes with the core offer for the
    same yes; after it, it serves a buyer who has begun.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide}
      circle: {name: The Circle, price: 49, every: month}
    steps:
      - lead-magnet: guide
      - thank-you:
        cross-sell: circle
    ```

    Mended:

    ```diff stack.yaml
    -   - thank-you:
    -     cross-sell: circle
    +   - tripwire: circle
    +   - thank-you:
    ```
    """
    paid = behind_payment(subject.funnel)
    for node in subject.funnel.nodes.values():
        if node.step.cross_sell and node.id not in paid:
            span = node.step.places.key("cross-sell")
            yield found("a cross-sell before the payment", span, "put it on the thank-you page after the checkout")


def early_oto(subject: Subject) -> Iterator[Finding]:
    """An upsell stands on a page that visitors reach without having paid.

    Its page speaks to a buyer: it thanks for a purchase and offers more of the same. Whoever has bought nothing yet
    is puzzled by it. The small first purchase after an opt-in is a `tripwire`.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide}
      journal: {name: The Journal, price: 19}
    steps:
      - lead-magnet: guide
      - oto: journal
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - oto: journal
    +   - tripwire: journal
    ```
    """
    paid = behind_payment(subject.funnel)
    reached = {edge.target for edge in subject.funnel.edges}
    for node in subject.funnel.nodes.values():
        if node.kind == "oto" and node.id not in paid and (node.id in reached or node.id in subject.funnel.entries):
            help = "put it after the checkout, or write `tripwire:` where it is the first purchase"
            yield found("an upsell before the first purchase", node.step.places.span, help, node.step)


def early_recurring(subject: Subject) -> Iterator[Finding]:
    """A subscription is offered before, or together with, a first purchase that is paid once.

    A recurring offer follows the core one: after the checkout or on the thank-you page, where its terms have room. As a
    tripwire it asks for a lasting commitment before anything was tried; as a tick at the checkout it hides a renewal
    behind a one-time price. Both bring refunds and disputes: advice, drawn from published guides to offer funnels.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      circle: {name: The Circle, price: 19, every: month}
    steps:
      - checkout: course
        bump: circle
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     bump: circle
    -   - thank-you:
    +   - thank-you:
    +     cross-sell: circle
    ```
    """
    once = {
        node.stack
        for node in subject.funnel.nodes.values()
        if node.kind == "checkout" and node.offer and not node.offer.every
    }
    for node in subject.funnel.nodes.values():
        step, help = node.step, "offer it after the checkout: as an `oto`, or as the `cross-sell` of the thank-you page"
        if node.kind == "tripwire" and node.offer and node.offer.every and node.stack in once:
            notes = note(node.offer.places.at("every"), "it renews")
            message = f"`{node.offer.id}` renews, and is offered before the first purchase"
            yield found(message, step.places.at("offer"), help, step, node.offer, notes=notes)
        for bump in node.bumps:
            if bump.every and node.offer and not node.offer.every:
                notes = note(bump.places.at("every"), "it renews")
                message = f"`{bump.id}` renews, and is ticked beside what is paid once"
                span = step.places.at(f"bump.{step.bump.index(bump.id)}")
                yield found(message, span, help, step, bump, notes=notes)


def early_thanks(subject: Subject) -> Iterator[Finding]:
    """A path begins with its thank-you page, so that everybody is thanked and nobody has bought.

    The first step is the page that visitors come to. What was given or bought is handed out behind it.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - thank-you:
        id: thanks
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - thank-you:
    -     id: thanks
    +   - sales: course
    ```
    """
    for entry in subject.funnel.entries:
        node = subject.funnel.nodes[entry]
        if node.kind == "thank-you":
            help = "begin with `- lead-magnet:`, `- sales:` or `- checkout:`"
            yield found("the path begins with its thank-you page", node.step.places.span, help)
