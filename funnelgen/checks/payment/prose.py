"""Payments that the copy leads to, past the buttons of the stack."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.payment.links import all_links
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.payments.addresses import begins_as_payment, payment_of


def payment_in_copy(subject: Subject) -> Iterator[Finding]:
    """A link in the copy takes a payment of its own.

    Nobody compares what it charges with what the page says, it is not in the total, and whoever pays there does not
    come back to the funnel. What is sold is an offer of the stack, and the copy leads to its step. A payment that has
    nothing to do with the funnel is a reason for an `allow:`.

    Fires:

    ```markdown copy/sales.md
    In a hurry? [Order here](https://buy.stripe.com/abc).
    ```

    Mended:

    ```diff copy/sales.md
    - In a hurry? [Order here](https://buy.stripe.com/abc).
    + In a hurry? [Order here](step:checkout).
    ```
    """
    buttons = {payment_of(link): id for _, id, link, _ in all_links(subject)}
    nodes = subject.funnel.nodes
    steps = {id: nodes[button.node].step.id for id, button in subject.funnel.buttons.items()}
    for text, start, link, _ in subject.links:
        if not begins_as_payment(link):
            continue
        id = buttons.get(payment_of(link), "")
        if id in steps:
            message = f"this link opens the payment of `{id}`, past its button"
            help = f"lead to the step that has the button: `step:{steps[id]}`"
        else:
            message = "this link takes a payment, and no button of the stack has it"
            help = "sell it as an offer of the stack, and lead to its step"
        yield found(message, text.at(start, len(link)), help, text.about)
