"""`funnelgen test`'s own visitor, at a page that a test has opened."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from funnelgen.funnel.paths import Path
from funnelgen.pathtest import facts
from funnelgen.pathtest.outcome import Job, Setting
from funnelgen.pathtest.visit import Visit
from funnelgen.pathtest.walk import Visitor
from funnelgen.site.models import Deliverable

from .sites import Served


class AtPage(Visitor):
    """A visitor in a window that is there already."""

    def __init__(self, page: Page, served: Served, setting: Setting, origin: str) -> None:
        self._given = page
        browser = page.context.browser
        assert browser
        super().__init__(browser, origin, served.manifest, setting, frozenset())

    def open_window(self) -> None:
        """Take the page that was given."""
        self.sit_down(self._given)


def person(page: Page, served: Served, *, origin: str = "") -> Visit:
    """Somebody at a page: looks at pages as the product does, and keeps what is wrong in `faults`.

    Whether the page runs scripts it says itself: one that runs none would never answer what scripts are asked.
    """
    javascript = bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))
    width = page.viewport_size["width"] if page.viewport_size else 0
    device = facts.PHONE if width == facts.PHONE.width else facts.DESKTOP
    setting = Setting(device=device, javascript=javascript)
    visitor = AtPage(page, served, setting, origin or served.host.origin)
    return Visit(visitor, Job(kind="page", setting=setting, words="in a test"))


def walks(page: Page, served: Served, path: Path) -> None:
    """Walk a path to its end, where all is that was given and bought; nothing is wrong on the way."""
    visit = person(page, served)
    visit.path(path)
    assert not visit.faults
    finds_everything(page, served, path)


def finds_everything(page: Page, served: Served, path: Path) -> None:
    """Find what each thing that was given or bought on a path delivers on the page, openable."""
    stack = served.built.site.stacks[0]
    links = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    hrefs = [link.get_attribute("href") or "" for link in links.all()]
    for thing in (thing for offer in had(served, path) for thing in stack.offers[offer].deliver):
        found = [href for href in hrefs if _delivers(href, thing)]
        assert len(found) == 1, f"{thing.file or thing.url} is {len(found)} times among {hrefs}"
        if thing.file:
            assert page.request.get(served.url(found[0])).ok


def had(served: Served, path: Path) -> Iterable[str]:
    """The offers that were given or bought along a path."""
    for move in path.moves:
        if move.button is not None:
            yield from (line.offer for line in served.button(move.button).lines)
        elif move.edge == "submit":
            yield served.node(move.node).offer or ""


def _delivers(href: str, thing: Deliverable) -> bool:
    return href == thing.url if thing.url else urlsplit(href).path.endswith(f"/{thing.file}")
