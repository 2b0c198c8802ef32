"""What a stack says it sells, and to whom: is each offer for somebody, sold somewhere, and handed out?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.structure.references import offers_named
from funnelgen.diagnostics import Span
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer, Stack


def no_audience(subject: Subject) -> Iterator[Finding]:
    """A stack does not say whom it is for.

    One audience per stack: whoever writes to everybody is heard by nobody, and an offer for others belongs in a stack
    of its own (stacks/NAME.yaml). The line is on no page; it is what every headline, price and offer is measured by.

    Fires:

    ```yaml stack.yaml
    offers:
      course: {name: The Course, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    - offers:
    + audience: course creators with an outline and no launch date
    + offers:
    ```
    """
    for stack in subject.site.stacks:
        if not stack.audience:
            span = stack.places.key("audience") if stack.places.has("audience") else Span(stack.file)
            help = "add `audience:`, one group of people in a few words"
            yield found("the stack names no audience", span, help, stack)
        elif stack.audience.casefold() in _EVERYBODY:
            help = "name one group of people, and what they have or want"
            yield found(f"`{stack.audience}` is no audience", stack.places.at("audience"), help, stack)


_EVERYBODY = {"all", "anybody", "anyone", "customers", "everybody", "everyone", "people"}


def unused_offer(subject: Subject) -> Iterator[Finding]:
    """An offer of the catalogue is used by no step, bump, cross-sell or downsell, so nobody can buy it.

    It may be kept for later, and then a reason in `allow:` says so to whoever reads the file next. Otherwise a step was
    left out, or the offer is a remnant whose price somebody will keep up to date for nothing.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - thank-you:
    +   - oto: calls
    +   - thank-you:
    ```
    """
    if subject.broken:
        return  # a step that is misspelt, or cannot be read, may be the one that sells it
    in_copy: Mapping[str, set[str]] | None = None
    for stack in subject.site.stacks:
        used = {offer for offer, _ in offers_named(stack)}
        unused = [offer for offer in stack.offers.values() if offer.id not in used]
        if not unused:
            continue
        in_copy = _named_in_copy(subject) if in_copy is None else in_copy
        named = _named_in_comments(subject, stack) | in_copy.get(stack.name, set())
        for offer in unused:
            if offer.id not in named:
                help = "sell it in a step, or remove it; `allow:` keeps it for later"
                span = stack.places.key(f"offers.{offer.id}")
                yield found(f"no step uses the offer `{offer.id}`", span, help, offer, stack)


def undeliverable(subject: Subject) -> Iterator[Finding]:
    """An offer is given or sold, and nothing says how its buyers get it.

    The thank-you page lists what `deliver:` names: files of downloads/, or addresses such as a members' area or a
    calendar for calls. An offer without it leaves a buyer who has paid in front of an empty page. In a demo nobody
    pays, so the rule waits until there are links. What is sent by hand may be allowed, with that reason.

    Fires (live):

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```yaml links.yaml
    live: {checkout: "https://buy.stripe.com/abc"}
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97}
    +   course: {name: The Course, price: 97, deliver: course.pdf}
    ```
    """
    stacks = {stack.name: stack for stack in subject.site.stacks}
    said = set()
    for node in subject.funnel.nodes.values():
        if node.kind == "lead-magnet" and subject.site.config.form != "netlify":
            continue  # the newsletter service mails it
        for offer, where in _handed_out(node):
            key = (node.stack, offer.id)
            if not offer.deliver and not offer.places.has("deliver.0") and key not in said:
                said.add(key)
                how = "given" if node.kind == "lead-magnet" else "sold"
                help = "add `deliver:` with a file of downloads/, or `{url: https://…, label: Open the course}`"
                notes = note(where, f"it is {how} here")
                span = stacks[node.stack].places.key(f"offers.{offer.id}")
                message = f"`{offer.id}` is {how} and delivers nothing"
                yield found(message, span, help, offer, node.step, notes=notes, not_demo=True)


def _handed_out(node: Node) -> Iterator[tuple[Offer, Span | None]]:
    """The offers that a page gives or sells, with where its step names them."""
    places = node.step.places
    if node.offer and node.kind != "sales":
        yield node.offer, places.at("offer")
    for bump in node.bumps:
        yield bump, places.at(f"bump.{node.step.bump.index(bump.id)}")
    if node.cross_sell:
        yield node.cross_sell, places.at("cross-sell.0")


def _named_in_comments(subject: Subject, stack: Stack) -> set[str]:
    """What may be an offer's id in a step that is commented out."""
    comments = "\n".join(_COMMENT.findall(subject.sources.get(stack.file, "")))
    return set(_VALUE.findall(comments))


def _named_in_copy(subject: Subject) -> Mapping[str, set[str]]:
    """What may be an offer's id in the copy's `{{ … }}`, by stack."""
    named: dict[str, set[str]] = {}
    for text in (*subject.bodies, *subject.texts):
        if "{{" in text.text:
            ids = (id for slot in _SLOT.findall(text.text) for id in _QUOTED.findall(slot))
            named.setdefault(text.stack, set()).update(ids)
    return named


_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)
_VALUE = re.compile(r"[:,\[-][ \t]*[\"']?([a-z0-9-]{1,60})[\"']?[ \t]*(?=$|[,\]}#])", re.MULTILINE)
_SLOT = re.compile(r"\{\{.{0,200}?\}\}", re.DOTALL)
_QUOTED = re.compile(r"[\"']([a-z0-9-]{1,60})[\"']")
