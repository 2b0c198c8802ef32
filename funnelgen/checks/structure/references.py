"""What a stack refers to, and what its pages are called: offers, steps, ids, addresses."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.funnel.graph import in_order
from funnelgen.site.models import Step


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


RESERVED = {
    "/glossary/": "the glossary",
    "/demo/": "the simulated checkout",
    "/assets/": "assets",
    "/files/": "downloads",
}
"""Addresses that are made, not written."""
