"""What the visitor sees: from the funnel to views, from views through a theme to HTML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from funnelgen.pages.demo import demo_page
from funnelgen.pages.edition import Edition
from funnelgen.pages.press import Job, print_pages
from funnelgen.pages.reading import free_page, glossary_index, neighbours, not_found, term_page
from funnelgen.pages.steps import step_page


def jobs_of(edition: Edition) -> Iterator[Job]:
    """A job for every page of the site."""
    for node in edition.funnel.nodes.values():
        yield partial(step_page, edition.speaking(node.stack), node), node.id
    for copy in edition.site.pages.values():
        yield partial(free_page, edition.speaking(copy.stack) if copy.stack else edition, copy), None
    if edition.site.glossary:
        yield partial(glossary_index, edition), None
        for before, term, after in neighbours(edition):
            yield partial(term_page, edition, term, before, after), None
    yield partial(not_found, edition), None
    if edition.mode == "demo":
        for button in edition.funnel.buttons.values():
            if edition.funnel.return_address(button) is not None:
                yield partial(demo_page, edition, button), None


__all__ = ["Edition", "jobs_of", "print_pages"]
