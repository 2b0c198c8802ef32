"""Which pages are one page in several languages: steps of stacks that are translations, and the pages beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from funnelgen.funnel.addresses import page_address
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.paths import behind_payment
from funnelgen.site.models import Site, Stack
from funnelgen.site.steps import UNLISTED

DEFAULT = "x-default"
"""What search engines call the version for readers of every other language: the one that the others are the same as."""


def original(site: Site, stack: Stack) -> Stack:
    """The stack that a stack is a translation of, in the end; itself where `same_as:` leads nowhere or in a circle."""
    by_name = {s.name: s for s in site.stacks}
    seen, at = {stack.name}, stack
    while at.same_as in by_name:
        at = by_name[at.same_as]
        if at.name in seen:
            return stack
        seen.add(at.name)
    return at


def alternates(site: Site, funnel: Funnel) -> Mapping[str, Mapping[str, str]]:
    """For the address of each page that there is in several languages: all of them, by locale, itself too.

    Only pages that search engines may list are among them. `DEFAULT` is the original, or the first translation of a
    page that the original has not.
    """
    found: dict[str, Mapping[str, str]] = {}
    for versions in (*_steps(site, funnel), *_pages(site)):
        by_locale: dict[str, str] = {}
        for locale, address in versions:
            by_locale.setdefault(locale, address)
        if len(by_locale) > 1:
            whole = by_locale | {DEFAULT: versions[0][1]}
            found |= dict.fromkeys(by_locale.values(), whole)
    return found


def page_in(pages: Iterable[str], name: str, stack: str) -> str:
    """The page of that name which visitors of a stack are led to: the stack's own, else the site's."""
    own = f"{stack}/{name}"
    return own if stack and own in pages else name


def _families(site: Site) -> Iterator[list[Stack]]:
    """Stacks that are translations of one another, the original first."""
    families: dict[str, list[Stack]] = {}
    for stack in site.stacks:
        families.setdefault(original(site, stack).name, []).append(stack)
    for name, family in families.items():
        yield sorted(family, key=lambda stack: stack.name != name)


def _steps(site: Site, funnel: Funnel) -> Iterator[Sequence[tuple[str, str]]]:
    """(locale, address) of each step's versions. The id says which steps are the same one."""
    hidden = behind_payment(funnel)
    for family in _families(site):
        versions: dict[str, list[tuple[str, str]]] = {}
        for stack in family:
            for node in funnel.nodes.values():
                if node.stack == stack.name and node.id not in hidden and node.kind not in UNLISTED:
                    versions.setdefault(node.step.id, []).append((site.locale_of(stack.name), node.address))
        yield from versions.values()


def _pages(site: Site) -> Iterator[Sequence[tuple[str, str]]]:
    """(locale, address) of each free page's versions: the site's own, and those of stacks in other languages."""
    names = dict.fromkeys(name.rpartition("/")[2] for name in site.pages)
    for name in names:
        for family in _families(site) if name not in site.pages else [list(site.stacks)]:
            own = [(site.config.locale, page_address(name))] if name in site.pages else []
            of_stacks = ((site.locale_of(s.name), f"{s.name}/{name}") for s in family if s.name)
            yield [*own, *((locale, page_address(page)) for locale, page in of_stacks if page in site.pages)]
