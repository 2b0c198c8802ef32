"""Where the pages stand: every address belongs to one page, and something stands at the site's own."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.funnel.addresses import page_address
from funnelgen.site.steps import in_order


def duplicate_address(subject: Subject) -> Iterator[Finding]:
    """Two pages have one address, or a page has one that funnelgen makes itself.

    One page would overwrite the other, and visitors would see whichever came last. A step's address is its id unless
    `path:` says otherwise; a file in pages/ has its name for an address. What begins with `/glossary/`, `/assets/`,
    `/files/` or `/demo/` is taken by terms, assets, downloads and the simulated checkout.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - checkout: course
        path: /order/
      - thank-you:
        path: /order/
    ```

    Mended:

    ```diff stack.yaml
    -   - thank-you:
    -     path: /order/
    +   - thank-you:
    +     path: /welcome/
    ```
    """
    first: dict[str, tuple[str, Span | None]] = {}
    for address, what, span in _addresses(subject):
        reserved = next((RESERVED[r] for r in RESERVED if address.startswith(r)), None)
        if reserved and not what.startswith("the term"):
            step = what.startswith("the step")
            help = "choose another address with `path:`" if step else "give the file another name"
            yield found(f"`{address}` belongs to {reserved}", span, help)
            continue
        other, where = first.setdefault(address, (what, span))
        if other != what:
            message = f"{what} and {other} both have the address `{address}`"
            yield found(message, span, "give one of them another name or `path:`", notes=note(where, f"{other}"))


def nowhere_to_start(subject: Subject) -> Iterator[Finding]:
    """Nothing stands at the site's own address.

    Whoever types the address, or cuts a link short, finds an empty place. A site with one stack begins there by itself;
    with several stacks a hub page (pages/index.md) or a step with `path: /` has to stand there.

    Fires:

    ```remove stack.yaml
    ```

    ```remove pages/index.md
    ```

    ```yaml stacks/coaches.yaml
    audience: coaches who test
    offers:
      course: {name: The Course, price: 97}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```remove stack.yaml
    ```

    ```markdown pages/index.md
    Coaches begin [with the course](step:coaches/checkout).
    ```
    """
    site = subject.site
    taken = {n.address for n in subject.funnel.nodes.values()}
    if "index" not in site.pages and "/" not in taken and any(s.steps for s in site.stacks):
        help = "write pages/index.md, or give one step `path: /`"
        yield found("nothing stands at the address `/`", Span("site.yaml"), help, site.config)


def _addresses(subject: Subject) -> Iterator[tuple[str, str, Span | None]]:
    for stack in subject.site.stacks:
        seen = set()
        for step in in_order(stack):
            node = subject.funnel.step(stack.name, step.id)
            if node is not None and node.id not in seen:
                seen.add(node.id)
                yield node.address, f"the step `{node.id}`", step.places.at("path")
    for name, page in subject.site.pages.items():
        yield page_address(name), f"the page `{name}`", Span(page.file)
    for slug, term in subject.site.glossary.items():
        yield f"/glossary/{slug}/", f"the term `{slug}`", Span(term.file)


RESERVED = {
    "/glossary/": "the glossary",
    "/demo/": "the simulated checkout",
    "/assets/": "assets",
    "/files/": "downloads",
}
"""Addresses that are made, not written."""
