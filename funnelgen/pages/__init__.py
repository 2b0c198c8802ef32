"""What the visitor sees: from the funnel to views, from views through a theme to HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from funnelgen.funnel.addresses import GLOSSARY, page_address, term_address
from funnelgen.pages.demo import demo_page
from funnelgen.pages.edition import Edition
from funnelgen.pages.press import Job, print_pages
from funnelgen.pages.reading import NOT_FOUND, free_page, glossary_index, neighbours, not_found, term_page
from funnelgen.pages.steps import step_page
from funnelgen.pages.views import Page


def jobs_of(edition: Edition) -> Iterator[Job]:
    """A job for every page of the site."""
    for node in edition.funnel.nodes.values():
        make: Callable[[], Page] = partial(step_page, edition.speaking(node.stack), node)
        yield Job(address=node.address, make=make, node=node.id)
    for copy in edition.site.pages.values():
        make = partial(free_page, edition.speaking(copy.stack) if copy.stack else edition, copy)
        yield Job(address=page_address(copy.name), make=make, own=(copy,))
    if edition.site.glossary:
        yield Job(address=GLOSSARY, make=partial(glossary_index, edition))
        for before, term, after in neighbours(edition):
            make = partial(term_page, edition, term, before, after)
            yield Job(address=term_address(term.slug), make=make, own=(before, term, after))
    yield Job(address=NOT_FOUND, make=partial(not_found, edition))
    if edition.mode == "demo":
        for button in edition.funnel.buttons.values():
            if edition.funnel.return_address(button) is not None:
                yield Job(address=edition.links[button.id], make=partial(demo_page, edition, button))


__all__ = ["Edition", "Job", "jobs_of", "print_pages"]
