"""Links: is there something where they lead, and is it safe?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, misspelt
from funnelgen.diagnostics import Edit

_APART = re.compile(r"\[[^\[\]]{1,300}(\] {1,3}\((?:step|page|term|mailto):[^\s()]{1,100}\))")


def broken_link(subject: Subject) -> Iterator[Finding]:
    """A link leads to a page, step, term or file that does not exist.

    The visitor would land on an error page, and whoever was about to buy is gone. Pages of the site are named, so that
    a link holds when an address changes: `step:checkout`, `page:terms`, `term:order-bump`, `assets/cover.jpg`. Other
    sites are linked with their whole `https://` address.

    Fires:

    ```markdown copy/sales.md
    When you are ready, [order the course](step:chekout).
    ```

    Mended:

    ```diff copy/sales.md
    - When you are ready, [order the course](step:chekout).
    + When you are ready, [order the course](step:checkout).
    ```
    """
    for text, start, link, target in subject.links:
        if target.wrong and not target.unsafe and not _is_unreadable(subject, link):
            span = text.at(start, len(link)) if link else text.at(start - 1, 1)
            fix = (Edit(span, link, target.meant),) if span and target.meant else ()
            yield found(target.wrong, span, target.remedy, fix=fix)
    for text in subject.bodies:
        for apart in _APART.finditer(text.prose) if "] (" in text.prose else ():
            span = text.at(apart.start(1), len(apart[1]))
            help = f"write `{apart[1].replace(' ', '')}`, without the space"
            fix = (Edit(span, apart[1], apart[1].replace(" ", "")),) if span else ()
            yield found("a space keeps this from being a link", span, help, fix=fix)


def unsafe_link(subject: Subject) -> Iterator[Finding]:
    """A link could run code or hide where it leads (`javascript:`, `data:`, `//host`).

    Such a link runs with everything that the page may do, or shows a page inside the address that the visitor trusts.
    No offer needs one; it comes in with text that was copied from elsewhere. The page would leave it out.

    Fires:

    ```markdown copy/sales.md
    See [the calendar](javascript:openCalendar()).
    ```

    Mended:

    ```diff copy/sales.md
    - See [the calendar](javascript:openCalendar()).
    + See [the calendar](https://calendar.studio.internal/).
    ```
    """
    for text, start, link, target in subject.links:
        if target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def unknown_page(subject: Subject) -> Iterator[Finding]:
    """The `legal:` or `menu:` of site.yaml names a page that does not exist.

    Its link stands on every page. Terms, refunds and privacy are what a careful buyer opens first, and what the law
    wants to be reachable; a link to nowhere is as bad as none.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    legal: {terms: trems}
    ```

    ```markdown pages/terms.md
    You buy a course for yourself.
    ```

    Mended:

    ```diff site.yaml
    - legal: {terms: trems}
    + legal: {terms: terms}
    ```
    """
    config, pages = subject.site.config, subject.site.pages
    for key in ("terms", "privacy", "refunds", "imprint", "contact", "withdrawal"):
        name = getattr(config.legal, key)
        if name and name not in pages and not _is_unreadable(subject, f"page:{name}"):
            span = config.legal.places.at(key)
            help, fix = misspelt(name, pages, span, f"write pages/{name}.md")
            yield found(f"there is no page `{name}`", span, help, fix=fix)
    known = dict.fromkeys([*pages, *(n.step.id for n in subject.funnel.nodes.values()), "glossary"])
    for number, name in enumerate(config.menu):
        if name not in known and not _is_unreadable(subject, f"page:{name}"):
            span = config.places.at(f"menu.{number}")
            help, fix = misspelt(name, known, span)
            yield found(f"there is no page `{name}`", span, help, fix=fix)


def _is_unreadable(subject: Subject, link: str) -> bool:
    """Whether the link leads to a page or term whose file is there, and could not be read."""
    kind, _, name = link.partition("#")[0].partition(":")
    folder = {"page": "pages", "term": "glossary"}.get(kind)
    return f"{folder}/{name}.md" in subject.site.unreadable
