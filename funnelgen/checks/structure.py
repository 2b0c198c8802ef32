"""FG1, structure: does every visitor arrive, and does every buyer get what was paid for?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.funnel.graph import MOST_BUMPS, Edge, in_order
from funnelgen.funnel.paths import behind_payment, closing_edges, is_free, reachable
from funnelgen.site.models import Stack, Step
from funnelgen.site.steps import PAYING

RESERVED = {
    "/glossary/": "the glossary",
    "/demo/": "the simulated checkout",
    "/assets/": "assets",
    "/files/": "downloads",
}
"""Addresses that are made, not written."""


def unknown_offer(subject: Subject) -> Iterator[Finding]:
    """A step, a bump or a cross-sell names an offer that the catalogue does not have."""
    for stack in subject.site.stacks:
        for step in in_order(stack):
            named = [(step.offer, step.places.at("offer"))] if step.offer else []
            named += [(b, step.places.at(f"bump.{i}")) for i, b in enumerate(step.bump)]
            named += [(c, step.places.at(f"cross-sell.{i}")) for i, c in enumerate(step.cross_sell)]
            for offer, span in named:
                if offer not in stack.offers:
                    help = did_you_mean(offer, stack.offers)
                    yield found(f"no offer is called `{offer}`", span, help)


def unknown_step(subject: Subject) -> Iterator[Finding]:
    """`accept:`, `decline:`, `continue:` or `submit:` names a step that the stack does not have."""
    for stack in subject.site.stacks:
        ids = {step.id for step in in_order(stack)}
        for step in in_order(stack):
            for edge, to in step.go.items():
                if to not in ids:
                    message = f"`{edge}` leads to `{to}`, and no step is called that"
                    yield found(message, step.places.at(edge), did_you_mean(to, ids))


def duplicate_id(subject: Subject) -> Iterator[Finding]:
    """Two steps of a stack have one id, or an offer stands twice in one checkout."""
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


def duplicate_address(subject: Subject) -> Iterator[Finding]:
    """Two pages have one address, so that one would overwrite the other."""
    first: dict[str, tuple[str, Span | None]] = {}
    for address, what, span in _addresses(subject):
        reserved = next((RESERVED[r] for r in RESERVED if address.startswith(r)), None)
        if reserved and not what.startswith("the term"):
            help = (
                "choose another address with `path:`" if what.startswith("the step") else "give the file another name"
            )
            yield found(f"`{address}` belongs to {reserved}", span, help)
            continue
        other, where = first.setdefault(address, (what, span))
        if other != what:
            message = f"{what} and {other} both have the address `{address}`"
            yield found(message, span, "give one of them another name or `path:`", notes=note(where, f"{other}"))


def _addresses(subject: Subject) -> Iterator[tuple[str, str, Span | None]]:
    for stack in subject.site.stacks:
        seen = set()
        for step in in_order(stack):
            node = subject.funnel.step(stack.name, step.id)
            if node is not None and node.id not in seen:
                seen.add(node.id)
                yield node.address, f"the step `{node.id}`", step.places.at("path")
    for name, page in subject.site.pages.items():
        yield ("/" if name == "index" else f"/{name}/"), f"the page `{name}`", Span(page.file)
    for slug, term in subject.site.glossary.items():
        yield f"/glossary/{slug}/", f"the term `{slug}`", Span(term.file)


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


def _is_misnamed(subject: Subject, edge: Edge) -> bool:
    """Whether the edge names a step that is not there."""
    return edge.target is None and edge.name in subject.funnel.nodes[edge.source].step.go


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


def stray_downsell(subject: Subject) -> Iterator[Finding]:
    """A downsell stands by itself. It belongs under its upsell, and is shown only after that was declined."""
    for stack in subject.site.stacks:
        for step in stack.steps:
            if step.kind == "downsell":
                help = "write it under its oto: `downsell: my-offer`"
                yield found("a downsell without its upsell", step.places.span, help)


def downsell_after_downsell(subject: Subject) -> Iterator[Finding]:
    """A declined downsell leads to another downsell: two in a row are haggling, not an offer."""
    for node in subject.funnel.nodes.values():
        edge = subject.funnel.edge(node.id, "decline")
        target = subject.funnel.nodes.get(edge.target or "") if edge else None
        if node.kind == "downsell" and target and target.kind == "downsell":
            message = f"`{node.step.id}` declined leads to another downsell"
            yield found(message, node.step.places.at("decline"), "lead to the thank-you page")


def early_cross_sell(subject: Subject) -> Iterator[Finding]:
    """A cross-sell before any payment competes with the core offer; it comes after."""
    paid = behind_payment(subject.funnel)
    for node in subject.funnel.nodes.values():
        if node.step.cross_sell and node.id not in paid:
            span = node.step.places.key("cross-sell")
            yield found("a cross-sell before the payment", span, "put it on the thank-you page after the checkout")


def several_cross_sells(subject: Subject) -> Iterator[Finding]:
    """A thank-you page has one cross-sell at the most: a choice of offers is a choice to leave."""
    for node in subject.funnel.nodes.values():
        if len(node.step.cross_sell) > 1:
            span = node.step.places.at("cross-sell.1")
            yield found("more than one cross-sell on a page", span, "keep the one that helps most; mail the others")


def many_bumps(subject: Subject) -> Iterator[Finding]:
    """Every combination of bumps is a payment link of its own: four bumps are sixteen links, and enough."""
    for node in subject.funnel.nodes.values():
        if len(node.bumps) > MOST_BUMPS:
            links = 2 ** len(node.bumps)
            message = f"{len(node.bumps)} bumps would need {links} payment links"
            yield found(message, node.step.places.key("bump"), f"keep {MOST_BUMPS} at the most; one converts best")


def many_decisions(subject: Subject) -> Iterator[Finding]:
    """More than three paid decisions (checkout, bump, one upsell). Start with three, add when they convert.

    A downsell is the other side of its upsell and a cross-sell comes after the path, so neither counts.
    """
    for stack in subject.site.stacks:
        paid = [s for s in stack.steps if s.kind in PAYING]
        decisions = len(paid) + sum(len(s.bump) for s in stack.steps)
        if decisions > 3:
            message = f"{decisions} paid decisions on one path"
            help = "start with three at the most, and add one when those before it convert"
            yield found(message, paid[-1].places.span, help, paid[-1], stack)


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


def no_audience(subject: Subject) -> Iterator[Finding]:
    """A stack that does not say whom it is for. One audience per stack: an offer for others belongs in another."""
    for stack in subject.site.stacks:
        if not stack.audience:
            help = "add `audience:`, one group of people in a few words"
            yield found("the stack names no audience", _top(stack), help, stack)


def no_steps(subject: Subject) -> Iterator[Finding]:
    """A stack without a step has no page to build."""
    for stack in subject.site.stacks:
        if not stack.steps and stack.places.has("steps"):  # else loading said so
            yield found(
                "the stack has no steps", stack.places.key("steps"), "begin with `- lead-magnet:` or `- checkout:`"
            )


def nowhere_to_start(subject: Subject) -> Iterator[Finding]:
    """Several stacks and no hub page: nothing would stand at the site's own address."""
    site = subject.site
    taken = {n.address for n in subject.funnel.nodes.values()}
    if "index" not in site.pages and "/" not in taken and any(s.steps for s in site.stacks):
        help = "write pages/index.md, or give one step `path: /`"
        yield found("nothing stands at the address `/`", Span("site.yaml"), help, site.config)


def _top(stack: Stack) -> Span:
    return Span(stack.file)
