"""Where the ways through a funnel lead: nobody goes round in circles, nobody ends nowhere, every buyer is served."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.funnel.graph import Edge, Funnel
from funnelgen.funnel.paths import closing_edges, is_free, reachable


def unreachable_step(subject: Subject) -> Iterator[Finding]:
    """No visitor ever sees a step: no way leads to it from the first one.

    Its words and its offer are written, and nobody reads them. A step is reached from the one before it, or from one
    that names it; an `accept:` or `decline:` that jumps ahead leaves out what stands between.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
    steps:
      - checkout: course
        accept: thank-you
      - oto: calls
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     accept: thank-you
    +     accept: oto
    ```
    """
    closing = set(closing_edges(subject.funnel))
    for entry in subject.funnel.entries:
        seen = reachable(subject.funnel, entry)
        edges = [edge for id in seen for edge in subject.funnel.leaving(id)]
        if any(edge in closing or _is_misnamed(subject, edge) for edge in edges):
            continue  # once that is mended, they may be reached
        stack = subject.funnel.nodes[entry].stack
        for node in subject.funnel.nodes.values():
            if node.stack == stack and node.id not in seen:
                help = "lead to it with `accept:` or `decline:` of another step, or remove it"
                yield found(f"no visitor reaches the step `{node.step.id}`", node.step.places.span, help)


def cycle(subject: Subject) -> Iterator[Finding]:
    """A way leads back to a page before it, so that a visitor could go round for ever, or pay twice.

    Every yes and every no leads onwards. A visitor who wants to see a page again has the browser's own way back; a
    buyer who is led back to a checkout takes it for an error of the first payment, and may pay again.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 97}
    steps:
      - sales: course
      - checkout: course
      - oto: calls
        decline: sales
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -     decline: sales
    +     decline: thank-you
    ```
    """
    for edge in closing_edges(subject.funnel):
        source, target = subject.funnel.nodes[edge.source], subject.funnel.nodes[str(edge.target)]
        message = f"`{edge.name}` of `{source.step.id}` leads back to `{target.step.id}`"
        yield found(message, source.step.places.at(edge.name), "lead onwards, to a later step")


def dead_end(subject: Subject) -> Iterator[Finding]:
    """A path ends before a thank-you page: the visitor acts and lands nowhere.

    After a payment, the provider has to send the buyer somewhere, and after a form or a no there has to be a next
    page. The page that may end a path is `thank-you`, since it hands out what was given or bought.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - sales: course
      - checkout: course
    ```

    Mended:

    ```diff stack.yaml
    -   - checkout: course
    +   - checkout: course
    +   - thank-you:
    ```
    """
    for node in subject.funnel.nodes.values():
        edges = subject.funnel.leaving(node.id)
        names = [f"`{e.name}`" for e in edges if e.target is None and not _is_misnamed(subject, e)]
        if names:
            lead = "leads" if len(names) == 1 else "lead"
            message = f"nothing follows `{node.step.id}`: {' and '.join(names)} {lead} nowhere"
            yield found(message, node.step.places.span, "end the path with a `- thank-you:` step")


def undelivered(subject: Subject) -> Iterator[Finding]:
    """After a payment no thank-you page is reached without paying again, so a buyer may never get what was bought.

    An upsell never gates what was paid for: whether it is taken or declined, the buyer arrives where the purchase is
    handed out. A small first purchase needs a thank-you page of its own, from which the buyer may go on.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide}
      journal: {name: The Journal, price: 19}
      course: {name: The Course, price: 97}
    steps:
      - lead-magnet: guide
      - tripwire: journal
      - sales: course
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - tripwire: journal
    +   - tripwire: journal
    +     decline: sales
    +   - thank-you:
    +     id: journal
    ```
    """
    funnel = subject.funnel
    seen = frozenset().union(*(reachable(funnel, entry) for entry in funnel.entries))
    served = _served(funnel)
    if closing_edges(funnel):
        return  # whoever goes round in circles arrives nowhere, and that is said already
    for edge in funnel.edges:
        if edge.buttons and edge.target and edge.target not in served and edge.source in seen:
            step = funnel.nodes[edge.source].step
            message = f"whoever pays at `{step.id}` reaches no thank-you page without paying again"
            notes = note(funnel.nodes[edge.target].step.places.span, f"`{edge.name}` leads here")
            help = "put a `- thank-you:` step after the payment; it may `continue:` to a further offer"
            yield found(message, step.places.span, help, notes=notes)


def other_checkout(subject: Subject) -> Iterator[Finding]:
    """A sales page leads to a checkout that sells another offer.

    The visitor has read about one thing and is asked to pay for another. Mostly it is a line that was copied; where it
    is meant, such as a deposit on what the page is about, allow it with that reason.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
      calls: {name: Three Calls, price: 400}
    steps:
      - sales: course
      - checkout: calls
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   - checkout: calls
    +   - checkout: course
    ```
    """
    for node in subject.funnel.nodes.values():
        onwards = subject.funnel.edge(node.id, "continue") if node.kind == "sales" else None
        target = subject.funnel.nodes.get(onwards.target or "") if onwards else None
        if not target or target.kind != "checkout" or not node.offer or not target.offer:
            continue
        sold = {target.offer.id, *(bump.id for bump in target.bumps)}
        if node.offer.id not in sold:
            message = f"the page is about `{node.offer.id}`, and its checkout sells `{target.offer.id}`"
            notes = note(target.step.places.at("offer"), "it is sold here")
            help = "name one offer in both, or lead to its own checkout with `continue:`"
            about = (node.step, target.step, node.offer, target.offer)
            yield found(message, node.step.places.at("offer"), help, *about, notes=notes)


def _served(funnel: Funnel) -> set[str]:
    """The pages from which a thank-you page is reached without paying, and those that lead nowhere, which is said."""
    before: dict[str, list[str]] = {}
    for edge in funnel.edges:
        if is_free(edge) and edge.target:
            before.setdefault(edge.target, []).append(edge.source)
    waiting = [node.id for node in funnel.nodes.values() if node.kind == "thank-you"]
    waiting += [edge.source for edge in funnel.edges if edge.target is None]
    served = set(waiting)
    while waiting:
        new = [source for source in before.get(waiting.pop(), ()) if source not in served]
        served.update(new)
        waiting += new
    return served


def _is_misnamed(subject: Subject, edge: Edge) -> bool:
    """Whether the edge names a step that is not there."""
    return edge.target is None and edge.name in subject.funnel.nodes[edge.source].step.go
