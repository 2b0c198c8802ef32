"""Order bumps: is there a pitch, and is it short?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.sentences import sentences
from funnelgen.checks.texts import Text
from funnelgen.funnel.graph import Node
from funnelgen.site.models import Offer

MOST_SENTENCES = 3


def bump_pitch(subject: Subject) -> Iterator[Finding]:
    """The pitch of an order bump has more than three sentences.

    It stands beside the pay button, where somebody is about to finish. One line for what the thing is and one for what
    it brings are enough; a small sales page there pulls a buyer away from the order. What needs more words is an upsell
    and has a page of its own. Three sentences is the measure that published guides to offer funnels give.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      template:
        name: The Template
        price: 27
        pitch: A page with blanks. You fill it in. It takes an evening. Most people like it.
    steps:
      - checkout: course
        bump: template
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     pitch: A page with blanks. You fill it in. It takes an evening. Most people like it.
    +     pitch: A page with blanks. Fill it in over one evening.
    ```
    """
    for node, _, bump in _bumps(subject):
        if bump.pitch:
            text = Text(bump.pitch, bump.places.at("pitch"), node.stack, subject.sources, role="pitch", about=bump)
            said = list(sentences(bump.pitch))
            if len(said) > MOST_SENTENCES:
                start, end = said[MOST_SENTENCES][0], said[-1][1]
                message = f"{len(said)} sentences beside a pay button, {MOST_SENTENCES} at the most"
                help = "keep one for what it is and one for what it brings; more belongs on a page, as an `oto:`"
                yield found(message, text.at(start, end - start), help, bump, node.step)


def missing_pitch(subject: Subject) -> Iterator[Finding]:
    """An order bump says nothing of itself: it has neither a pitch nor a promise.

    A checkbox with a name and an amount asks a buyer to pay for a guess. A site in demo mode may still be a draft, so
    this is said once there are payment links.

    Fires (test):

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      template: {name: The Template, price: 27}
    steps:
      - checkout: course
        bump: template
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   template: {name: The Template, price: 27}
    +   template: {name: The Template, price: 27, pitch: A page with blanks to fill in over one evening.}
    ```
    """
    for node, number, bump in _bumps(subject):
        if not bump.pitch and not bump.promise:
            help = "add `pitch:`, one sentence for what it is and one for what it brings"
            place = node.step.places.at(f"bump.{number}")
            yield found(f"the bump `{bump.id}` has no pitch", place, help, bump, node.step, not_demo=True)


def _bumps(subject: Subject) -> Iterator[tuple[Node, int, Offer]]:
    """Every offer that is a bump, with the first checkout that has it and its number there."""
    seen = set()
    for node in subject.funnel.nodes.values():
        for number, bump in enumerate(node.bumps):
            if (node.stack, bump.id) not in seen:
                seen.add((node.stack, bump.id))
                yield node, number, bump
