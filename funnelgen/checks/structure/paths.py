"""Where the ways through a funnel lead: nobody goes round in circles, nobody ends nowhere, every buyer is served."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.funnel.graph import Edge
from funnelgen.funnel.paths import behind_payment, closing_edges, is_free, reachable


def unreachable_step(subject: Subject) -> Iterator[Finding]:
    """No visitor ever sees this step: no edge leads to it from the first one."""
    for entry in subject.funnel.entries:
        seen = reachable(subject.funnel, entry)
        if any(_is_misnamed(subject, edge) for id in seen for edge in subject.funnel.leaving(id)):
            continue  # once that is mended, they may be reached
        stack = subject.funnel.nodes[entry].stack
        for node in subject.funnel.nodes.values():
            if node.stack == stack and node.id not in seen:
                help = "lead to it with `accept:` or `decline:` of another step, or remove it"
                yield found(f"no visitor reaches the step `{node.step.id}`", node.step.places.span, help)


def cycle(subject: Subject) -> Iterator[Finding]:
    """An edge leads back to a page before it, so that a visitor could go round for ever, or pay twice."""
    for edge in closing_edges(subject.funnel):
        source, target = subject.funnel.nodes[edge.source], subject.funnel.nodes[str(edge.target)]
        message = f"`{edge.name}` of `{source.step.id}` leads back to `{target.step.id}`"
        yield found(message, source.step.places.at(edge.name), "lead onwards, to a later step")


def dead_end(subject: Subject) -> Iterator[Finding]:
    """A path ends before a thank-you page: the visitor acts and lands nowhere."""
    for node in subject.funnel.nodes.values():
        edges = subject.funnel.leaving(node.id)
        names = [f"`{e.name}`" for e in edges if e.target is None and not _is_misnamed(subject, e)]
        if names:
            lead = "leads" if len(names) == 1 else "lead"
            message = f"nothing follows `{node.step.id}`: {' and '.join(names)} {lead} nowhere"
            yield found(message, node.step.places.span, "end the path with a `- thank-you:` step")


def undelivered(subject: Subject) -> Iterator[Finding]:
    """From a page behind a payment no thank-you page is reached without paying again, so a buyer may never get it."""
    for id in sorted(behind_payment(subject.funnel)):
        node = subject.funnel.nodes[id]
        onwards = reachable(subject.funnel, id, is_free)
        ends = [subject.funnel.nodes[n] for n in onwards]
        loose = [e for n in onwards for e in subject.funnel.leaving(n) if e.target is None]
        if not any(n.kind == "thank-you" for n in ends) and not loose:
            message = f"after `{node.step.id}` no thank-you page is reached without paying again"
            help = "put a `- thank-you:` step after the payment; it may `continue:` to a further offer"
            yield found(message, node.step.places.span, help)


def _is_misnamed(subject: Subject, edge: Edge) -> bool:
    """Whether the edge names a step that is not there."""
    return edge.target is None and edge.name in subject.funnel.nodes[edge.source].step.go
