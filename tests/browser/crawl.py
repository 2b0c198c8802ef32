"""Visits every page of a site once, on the narrowest phone, and keeps what the tests ask about all pages."""

from __future__ import annotations

from msgspec import Struct
from playwright.sync_api import Browser

from .asking import ask
from .sites import Served
from .watch import NARROWEST, Visits


class Links(Struct, frozen=True):
    """What a page refers to, and what others may refer to on it."""

    targets: list[str]
    ids: list[str]
    icons: int
    wordless: list[str]


class Outline(Struct, frozen=True):
    """The structure of a page."""

    levels: list[int]
    lang: str
    title: str
    mains: int
    nameless: list[str]


class TermLink(Struct, frozen=True):
    """A link that the glossary put into prose. `inside` is a heading, button or the like, where none may be."""

    href: str
    text: str
    inside: str
    named_before: bool


class Visited(Struct, frozen=True):
    """What was found on one page."""

    links: Links
    outline: Outline
    terms: list[TermLink]
    too_wide: list[str]


class Crawl(Struct, frozen=True):
    """A site, its pages by address, and what went wrong on the way."""

    served: Served
    pages: dict[str, Visited]
    problems: list[str]

    def __repr__(self) -> str:
        """Short, since pytest prints it with every failure."""
        return f"<{len(self.pages)} pages of {self.served!r}>"


def crawl_site(browser: Browser, served: Served) -> Crawl:
    """Visit every page of a site."""
    visits = Visits(browser)
    page, pages = visits.open(device=NARROWEST), {}
    for listed in served.manifest.pages:
        page.goto(served.url(listed.address))
        pages[listed.address] = Visited(
            links=ask(page, "links", Links),
            outline=ask(page, "outline", Outline),
            terms=ask(page, "terms", list[TermLink]),
            too_wide=ask(page, "too-wide", list[str]),
        )
    problems = visits.verdict()
    visits.close()
    return Crawl(served, pages, problems)
