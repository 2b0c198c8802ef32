"""Where in the site's own files a fault belongs: at the step that says what must hold, or in the page's own words."""

from __future__ import annotations

from funnelgen.diagnostics import Span
from funnelgen.funnel import Funnel
from funnelgen.funnel.addresses import page_address, term_address
from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.outcome import Fault
from funnelgen.site import Site

OF_THE_HOST = frozenset({"deployed", "headers"})
"""What these checks find stands in none of the site's files."""
OF_THE_STACK = frozenset("amounts price buttons summary bumps simulated data decline onwards ways".split())
"""What these checks compare a page with stands in the stack."""


def place_of(fault: Fault, manifest: Manifest, site: Site, funnel: Funnel) -> Span | None:
    """The place of a fault; None for what no file of the site is about: the 404 page, the host."""
    if fault.check in OF_THE_HOST:
        return None
    simulated = next((button.node for button in manifest.buttons if button.link == fault.address), None)
    steps = (n for n in funnel.nodes.values() if n.id == simulated or n.address == fault.address)
    node = next(steps, None)
    if node is None:
        return _beside_the_funnel(fault.address, site)
    copy = site.copy.get((node.stack, node.step.id))
    if copy is None or fault.check in OF_THE_STACK:
        return node.step.places.span
    return Span(copy.file)


def _beside_the_funnel(address: str, site: Site) -> Span | None:
    files = {page_address(name): page.file for name, page in site.pages.items()}
    files |= {term_address(slug): term.file for slug, term in site.glossary.items()}
    return Span(files[address]) if address in files else None
