"""What a stack refers to: offers, steps, and the ids by which both are named."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, misspelt, note
from funnelgen.diagnostics import Span
from funnelgen.site.models import Stack, Step
from funnelgen.site.steps import in_order


def unknown_offer(subject: Subject) -> Iterator[Finding]:
    """A step, a bump or a cross-sell names an offer that the catalogue does not have.

    The page would have nothing to show and its button nothing to charge. What can be sold stands under `offers:` of
    the same stack, by its id; an offer of another stack is for another audience, and is not known here.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      template: {name: The Template, price: 27}
    steps:
      - checkout: course
        bump: tempalte
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     bump: tempalte
    +     bump: template
    ```
    """
    for stack in subject.site.stacks:
        for offer, span in offers_named(stack):
            if offer not in stack.offers:
                help, fix = misspelt(offer, stack.offers, span)
                yield found(f"no offer is called `{offer}`", span, help, fix=fix)


def unknown_step(subject: Subject) -> Iterator[Finding]:
    """A way out of a page (`accept:`, `decline:`, `continue:`, `submit:`) names a step that the stack does not have.

    Whoever takes that way would land nowhere: after `accept:` a buyer who has just paid. A step is named by its id:
    what its `id:` says, else its kind (`oto`, and `oto-2` for the second one).

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
    steps:
      - checkout: course
      - oto: calls
        decline: thankyou
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     decline: thankyou
    +     decline: thank-you
    ```
    """
    for stack in subject.site.stacks:
        ids = dict.fromkeys(step.id for step in in_order(stack))
        for step in in_order(stack):
            for edge, to in step.go.items():
                if to not in ids:
                    message = f"`{edge}` leads to `{to}`, and no step is called that"
                    help, fix = misspelt(to, ids, step.places.at(edge))
                    yield found(message, step.places.at(edge), help, fix=fix)


def duplicate_id(subject: Subject) -> Iterator[Finding]:
    """Two steps of a stack have one id, or an offer stands twice in one checkout.

    A step's id is its address, the name of its copy file and the key of its payment link, so two steps with one id
    would share all three, and one of them would never be seen. A bump that is ordered already would charge twice.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
    steps:
      - checkout: course
      - oto: calls
        id: checkout
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     id: checkout
    +     id: calls
    ```
    """
    for stack in subject.site.stacks:
        first: dict[str, Step] = {}
        for step in in_order(stack):
            other = first.setdefault(step.id, step)
            if other is not step:
                message = f"two steps are called `{step.id}`"
                notes = note(other.places.at("id"), "the first one")
                yield found(message, step.places.at("id"), "give one of them another `id:`", notes=notes)
            sold = [step.offer, *step.bump]
            for number, bump in enumerate(step.bump):
                if bump in sold[: number + 1]:
                    span = step.places.at(f"bump.{number}")
                    yield found(f"`{bump}` is in this checkout already", span, "remove it here")


def no_steps(subject: Subject) -> Iterator[Finding]:
    """A stack has no steps, so that there is no page to build.

    The catalogue says what there is; `steps:` says in which order it is offered. The shortest path is one page that
    sells and one that delivers.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps: []
    ```

    Mended:

    ```diff stack.yaml
    - steps: []
    + steps:
    +   - checkout: course
    +   - thank-you:
    ```
    """
    for stack in subject.site.stacks:
        if not stack.steps and stack.places.has("steps") and not stack.places.has("steps.0"):  # else loading said so
            span = stack.places.key("steps")
            yield found("the stack has no steps", span, "begin with `- lead-magnet:` or `- checkout:`")


def offers_named(stack: Stack) -> Iterator[tuple[str, Span | None]]:
    """Every offer that a step of the stack names, with its place: sold or given, as a bump, as a cross-sell."""
    for step in in_order(stack):
        if step.offer:
            yield step.offer, step.places.at("offer")
        for number, bump in enumerate(step.bump):
            yield bump, step.places.at(f"bump.{number}")
        for number, cross_sell in enumerate(step.cross_sell):
            yield cross_sell, step.places.at(f"cross-sell.{number}")
