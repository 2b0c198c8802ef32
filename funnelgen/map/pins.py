"""Which page of the map a finding belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from funnelgen.diagnostics import Diagnostic
from funnelgen.funnel import Funnel, Node
from funnelgen.site import Site
from funnelgen.site.models import Stack


def pinned(
    diagnostics: Iterable[Diagnostic], site: Site, funnel: Funnel
) -> tuple[Mapping[str, tuple[Diagnostic, ...]], tuple[Diagnostic, ...]]:
    """Findings by the node that they concern, and those that concern none of them.

    A finding is a page's own where it stands in its copy, in its step, or in an offer that the page sells.
    """
    pins: dict[str, list[Diagnostic]] = {}
    others = []
    copies = {file: node.id for node in funnel.nodes.values() for file in _copy_of(node)}
    anchors = {stack.file: sorted(_anchors(stack, funnel)) for stack in site.stacks}
    for diagnostic in diagnostics:
        nodes = _nodes_of(diagnostic, copies, anchors)
        for node in nodes:
            pins.setdefault(node, []).append(diagnostic)
        if not nodes:
            others.append(diagnostic)
    return {node: tuple(found) for node, found in pins.items()}, tuple(others)


def _copy_of(node: Node) -> Iterator[str]:
    yield f"copy/{node.stack}/{node.step.id}.md" if node.stack else f"copy/{node.step.id}.md"


def _anchors(stack: Stack, funnel: Funnel) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines at which steps and offers begin, with the pages that they are on."""
    nodes = [node for node in funnel.nodes.values() if node.stack == stack.name]
    for node in nodes:
        if node.step.places.span:
            yield node.step.places.span.line, (node.id,)
    for id in stack.offers:
        if (place := stack.places.key(f"offers.{id}")) is not None:
            selling = (n.id for n in nodes if id in {o.id for o in (n.offer, *n.bumps, n.cross_sell) if o})
            yield place.line, tuple(selling)
    for key in ("offers", "steps"):
        if (place := stack.places.key(key)) is not None:
            yield place.line, ()


def _nodes_of(
    diagnostic: Diagnostic, copies: Mapping[str, str], anchors: Mapping[str, list[tuple[int, tuple[str, ...]]]]
) -> tuple[str, ...]:
    span = diagnostic.span
    if span is None:
        return ()
    if span.file in copies:
        return (copies[span.file],)
    before = [nodes for line, nodes in anchors.get(span.file, ()) if line <= span.line]
    return before[-1] if before else ()
