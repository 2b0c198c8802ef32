"""Links: is there something where they lead, and is it safe?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics.suggest import did_you_mean


def broken_link(subject: Subject) -> Iterator[Finding]:
    """A link to a page, step, term or file that does not exist."""
    for text, start, link, target in subject.links:
        if target.wrong and not target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def unsafe_link(subject: Subject) -> Iterator[Finding]:
    """A link that could run code or leave the site's control (`javascript:`, `data:`): it is dropped."""
    for text, start, link, target in subject.links:
        if target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def unknown_page(subject: Subject) -> Iterator[Finding]:
    """`legal:` or `menu:` in site.yaml names a page that does not exist."""
    config, pages = subject.site.config, subject.site.pages
    for key in ("terms", "privacy", "refunds", "imprint", "contact"):
        name = getattr(config.legal, key)
        if name and name not in pages:
            help = did_you_mean(name, pages, otherwise=f"write pages/{name}.md")
            yield found(f"there is no page `{name}`", config.legal.places.at(key), help)
    known = [*pages, *(n.step.id for n in subject.funnel.nodes.values()), "glossary"]
    for number, name in enumerate(config.menu):
        if name not in known:
            yield found(f"there is no page `{name}`", config.places.at(f"menu.{number}"), did_you_mean(name, known))
