"""Steps and their copy files: does each have its counterpart?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean, nearest


def stray_copy(subject: Subject) -> Iterator[Finding]:
    """A copy file's name is no step's id, so that nobody would see its words.

    The page that they were written for shows its defaults instead. Copy is called after its step: `copy/oto-2.md` for
    the second `oto`, in a folder with the stack's name where there are several stacks.

    Fires:

    ```markdown copy/chekout.md
    You get the course at once.
    ```

    Mended:

    ```remove copy/chekout.md
    ```

    ```markdown copy/checkout.md
    You get the course at once.
    ```
    """
    stacks = [stack.name for stack in subject.site.stacks]
    steps: dict[str, dict[str, None]] = {}
    for node in subject.funnel.nodes.values():
        steps.setdefault(node.stack, {})[node.step.id] = None
    for (stack, name), copy in subject.site.copy.items():
        known = steps.get(stack, {})
        if name not in known and (known or stack not in stacks):
            help = _whose(name, known, [step for step in known if (stack, step) not in subject.site.copy], copy.file)
            if stack not in stacks and stacks == [""]:
                help = "put it into copy/ itself: only a site with several stacks has folders there"
            elif stack not in stacks:
                help = "copy/ has one folder for each stack; " + did_you_mean(stack, stacks)
            yield found(f"`{copy.file}` belongs to no step", Span(copy.file), help, copy.front)


def _whose(name: str, known: Iterable[str], without: Sequence[str], file: str) -> str:
    """The help for a copy file that belongs to no step, where some of the known steps are without copy."""
    near = nearest(name, known)
    if near is None and len(without) == 1:
        return f"if it is the copy of `{without[0]}`, rename it to {file.replace(f'{name}.md', f'{without[0]}.md')}"
    rename = f" rename it to {file.replace(f'{name}.md', f'{near}.md')}" if near in without else ""
    return did_you_mean(name, known) + rename


def missing_copy(subject: Subject) -> Iterator[Finding]:
    """A step has no copy file.

    The page works, from the offer's own words, but says no more than those: no reason to take it, no answer to a doubt.
    A thank-you page needs none, since what it hands out is its message.

    Fires:

    ```remove copy/sales.md
    ```

    Mended:

    ```markdown copy/sales.md
    Six weeks, one module a week, and a workbook that you fill in as you go.
    ```
    """
    for node in subject.funnel.nodes.values():
        if (node.stack, node.step.id) not in subject.site.copy and node.kind != "thank-you":
            file = f"copy/{node.stack}/{node.step.id}.md" if node.stack else f"copy/{node.step.id}.md"
            if file not in subject.site.unreadable:
                message = f"the step `{node.step.id}` has no copy"
                yield found(message, node.step.places.span, f"write {file}", node.step)
