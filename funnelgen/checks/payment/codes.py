"""Codes of discounts: does the payment link carry the one that the page's price counts on, and no other?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from funnelgen.checks.payment.links import all_links
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.payments import Provider, generic, provider_at
from funnelgen.payments.parameters import code_in
from funnelgen.site.kinds import wrong_url


def discount_not_carried(subject: Subject) -> Iterator[Finding]:
    """The page shows a price with a code, and the payment link cannot carry the code.

    The buyer would be charged the whole price. Links of Stripe, Lemon Squeezy and Polar take a code as a parameter,
    which funnelgen adds; at Gumroad it is the end of the link itself. Of the others we know of no such parameter. At a
    host of your own (`hosts:`) the link in links.yaml has to hold the code, in whichever parameter your provider takes.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    discount: {code: SPRING, amount: 20}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```yaml links.yaml
    live: {checkout: "https://www.paypal.com/ncp/payment/abc"}
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97}
    - discount: {code: SPRING, amount: 20}
    +   course: {name: The Course, price: 77}
    ```
    """
    for button, link, provider, place in _charged(subject):
        code = subject.funnel.buttons[button].charge.code
        if not code or provider.PARAMETERS.discount or code_in(link, provider):  # of another code the next rule tells
            continue
        if provider is generic and code in dict(parse_qsl(urlsplit(link).query)).values():
            continue
        discount = next(s.discount for s in subject.site.stacks if s.name == _stack(subject, button))
        notes = note(discount.places.at("code") if discount else None, "the code stands here")
        whose = "" if provider is generic else f": it is {provider.NAME}'s"
        message = f"the link of `{button}` does not carry the code `{code}`{whose}"
        yield found(message, place, _carried(link, provider, code), notes=notes)


def foreign_code(subject: Subject) -> Iterator[Finding]:
    """A payment link carries the code of a discount that the stack does not have.

    The page shows the whole price, and the buyer is charged less; or, with a code that has ended, is told on the
    payment page that it does not hold. Written as `discount:` in the stack, the code is on the page as well, with the
    price that it makes.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc?prefilled_promo_code=SPRING
      checkout+template: https://buy.stripe.com/def
    ```

    Mended:

    ```diff links.yaml
    -   checkout: https://buy.stripe.com/abc?prefilled_promo_code=SPRING
    +   checkout: https://buy.stripe.com/abc
    ```
    """
    for button, link, provider, place in _charged(subject):
        code, own = code_in(link, provider), subject.funnel.buttons[button].charge.code
        if code and code != own:
            known = f"the stack's is `{own}`" if own else "the stack has none"
            is_kept = own and provider.PARAMETERS.code_in_path  # its links carry no code but the one that they end in
            mend = "write the stack's in its place" if is_kept else "take it out of the link"
            help = f"{mend}, or write it as `discount:` in the stack"
            yield found(f"the link of `{button}` carries the code `{code}`: {known}", place, help)


def _carried(link: str, provider: Provider, code: str) -> str:
    """What to do so that the code is carried."""
    if provider is generic:
        return f"write the code into the link as your provider takes it, for example with `?code={code}` at its end"
    if provider.PARAMETERS.code_in_path:
        parts = urlsplit(link)
        there = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{code}"))
        return f"write the code at the end of the link: `{there}`"
    return "write the lower price as the price, and leave `discount:` out; or take a provider whose links can"


def _charged(subject: Subject) -> Iterator[tuple[str, str, Provider, Span | None]]:
    """The links of buttons that a provider is known for: button, link, provider, place."""
    for _, button, link, place in all_links(subject):
        provider = provider_at(link, subject.site.config.hosts) if not wrong_url(link) else None
        if provider and button in subject.funnel.buttons:
            yield button, link, provider, place


def _stack(subject: Subject, button: str) -> str:
    return subject.funnel.nodes[subject.funnel.buttons[button].node].stack
