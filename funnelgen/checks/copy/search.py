"""What search engines and shared links show of a page: is it there, and is it short enough?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Span
from funnelgen.funnel.paths import behind_payment
from funnelgen.funnel.words import WordError
from funnelgen.site.steps import UNLISTED
from funnelgen.site.writing import FrontMatter, TermFront

LONGEST_TITLE = 70
LONGEST_DESCRIPTION = 170


def missing_description(subject: Subject) -> Iterator[Finding]:
    """A page that search engines list has no description of its own.

    They and whoever shares the link then choose some words of the page, often the menu or half a sentence. A funnel
    page falls back to its offer's promise, the hub to the site's description, a term to its definition. Legal pages are
    not judged.

    A site in demo mode may still be a draft, so this is said once there are payment links.

    Fires (test):

    ```markdown pages/index.md
    ---
    headline: Small courses
    ---
    Welcome.
    ```

    Mended:

    ```markdown pages/index.md
    ---
    headline: Small courses
    description: A studio for people who teach one to one, with a free guide to begin with.
    ---
    Welcome.
    ```
    """
    for page in _listed(subject):
        if not page.description and not page.fallback:
            help = "add `description:` with the page in one sentence"
            yield found(f"{page.what} has no description", Span(page.file), help, page.front, not_demo=True)


def long_title(subject: Subject) -> Iterator[Finding]:
    """The title of a page that search engines list has more than 70 characters.

    They cut it by its width, and the end is lost. Published guides put the limit at about 60 characters, an estimate;
    this rule leaves some room above it. Where a page has no `title:`, its headline is the title.

    Fires:

    ```markdown copy/sales.md
    ---
    title: The Course in which you turn a folder of notes into a small course that is ready to teach
    ---
    What the course is.
    ```

    Mended:

    ```markdown copy/sales.md
    ---
    title: The Course, from notes to ready in six weeks
    ---
    What the course is.
    ```
    """
    for page in _listed(subject):
        key = "title" if page.front.title else "headline"
        length = len(_filled(subject, page, getattr(page.front, key, None) or "").replace("*", ""))
        if length > LONGEST_TITLE:
            help = "put what matters first, and the rest on the page"
            help = help if key == "title" else "add a shorter `title:` for search results"
            message = f"a title of {length} characters, about 60 are shown"
            yield found(message, page.front.places.at(key), help, page.front)


def long_description(subject: Subject) -> Iterator[Finding]:
    """The description of a page that search engines list has more than 170 characters.

    They show its beginning and cut the rest. Published guides put the limit at about 155 to 160 characters, an
    estimate; this rule leaves some room above it.

    Fires:

    ```markdown copy/sales.md
    ---
    description: >-
      Six weeks of evenings in which you turn a folder of notes into a small course with a promise, an outline,
      a price, a date and ten people to invite, and in which nothing is left for the launch week but to send.
    ---
    What the course is.
    ```

    Mended:

    ```markdown copy/sales.md
    ---
    description: Six weeks of evenings in which a folder of notes becomes a small course that is ready to teach.
    ---
    What the course is.
    ```
    """
    for page in _listed(subject):
        length = len(_filled(subject, page, page.description))
        if length > LONGEST_DESCRIPTION:
            message = f"a description of {length} characters, about 160 are shown"
            help = "say in one sentence what the page is for"
            yield found(message, page.front.places.at("description"), help, page.front)


class _Page(Struct, frozen=True, kw_only=True):
    """A page that search engines list. `fallback` is what stands in for its description."""

    what: str
    file: str
    front: FrontMatter | TermFront
    stack: str
    fallback: str = ""

    @property
    def description(self) -> str:
        return self.front.description or ""


def _listed(subject: Subject) -> Iterator[_Page]:
    """Every page with a file of its own that people may find by a search engine."""
    site, first = subject.site, subject.site.main_stack.name
    paid = behind_payment(subject.funnel)
    for node in subject.funnel.nodes.values():
        copy = site.copy.get((node.stack, node.step.id))
        if copy and node.id not in paid and node.kind not in UNLISTED:
            promise = (node.offer.promise or "") if node.offer else ""
            what = f"the page `{node.step.id}`"
            yield _Page(what=what, file=copy.file, front=copy.front, stack=node.stack, fallback=promise)
    legal = {getattr(site.config.legal, key) for key in site.config.legal.__struct_fields__ if key != "places"}
    for page in site.pages.values():
        called = page.name.rpartition("/")[2]
        if called in legal:
            continue  # nobody looks for it in a search engine
        about = (site.config.description or "") if called == "index" else ""
        what = "the hub" if page.name == "index" else f"the page `{page.name}`"
        yield _Page(what=what, file=page.file, front=page.front, stack=first, fallback=about)
    for term in site.glossary.values():
        yield _Page(what=f"the term `{term.slug}`", file=term.file, front=term.front, stack=first, fallback=" ")


def _filled(subject: Subject, page: _Page, text: str) -> str:
    """The text as the page has it; nothing where a word in it is wrong, which is said elsewhere."""
    try:
        return subject.words[page.stack].fill(text)
    except WordError:
        return ""
