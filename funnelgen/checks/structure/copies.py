"""Steps and their copy files: does each have its counterpart?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean


def stray_copy(subject: Subject) -> Iterator[Finding]:
    """A copy file whose name is no step's id: nobody would see its words."""
    stacks = [stack.name for stack in subject.site.stacks]
    for (stack, name), copy in subject.site.copy.items():
        steps = [n.step.id for n in subject.funnel.nodes.values() if n.stack == stack]
        if name not in steps and (steps or stack not in stacks):
            help = did_you_mean(name, steps)
            if stack not in stacks and stacks == [""]:
                help = "put it into copy/ itself: only a site with several stacks has folders there"
            elif stack not in stacks:
                help = "copy/ has one folder for each stack; " + did_you_mean(stack, stacks)
            yield found(f"`{copy.file}` belongs to no step", Span(copy.file), help, copy.front)


def missing_copy(subject: Subject) -> Iterator[Finding]:
    """A step without a copy file. The page works, from the offer's own words, but says no more than those."""
    for node in subject.funnel.nodes.values():
        if (node.stack, node.step.id) not in subject.site.copy and node.kind != "thank-you":
            file = f"copy/{node.stack}/{node.step.id}.md" if node.stack else f"copy/{node.step.id}.md"
            yield found(f"the step `{node.step.id}` has no copy", node.step.places.span, f"write {file}", node.step)
