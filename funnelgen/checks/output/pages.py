"""Built pages beside one another: what they are called, and who wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Allowing
from funnelgen.diagnostics import Span
from funnelgen.funnel.addresses import page_address, term_address
from funnelgen.site.writing import FrontMatter, TermFront


def duplicate_title(subject: Subject) -> Iterator[Finding]:
    """Two pages that search engines may list have the same title.

    In a list of results, in bookmarks and between tabs they cannot be told apart, and a search engine may take them
    for one page and show the wrong one. A title falls back to the headline and to the offer's name; where both
    pages only have the name of the same offer, nothing is said.

    Fires:

    ```markdown copy/sales.md
    ---
    title: The Course
    ---
    What the course is.
    ```

    Mended:

    ```diff copy/sales.md
    - title: The Course
    + title: The Course, six weeks of small steps
    ```
    """
    assert subject.built is not None
    written = written_pages(subject)
    first: dict[str, str] = {}
    for page in subject.built.manifest.pages:
        if not page.indexed or page.address not in written:
            continue
        other = first.setdefault(page.title.casefold(), page.address)
        one, two = written[other], written[page.address]
        named = [item for item in (two, one) if _own_title(item.front)]
        if other != page.address and other not in page.alternates.values() and named:
            notes = note(_own_title(one.front) or Span(one.file), f"the title of `{other}`")
            place = _own_title(two.front) or Span(two.file)
            message = f"`{page.address}` has the title of `{other}`: {page.title}"
            yield found(message, place, "give each a `title:` of its own", *two.about, *one.about, notes=notes)


class Written(Struct, frozen=True):
    """The file that a page was written in, its front matter, and the models whose `allow:` is about the page."""

    file: str
    front: FrontMatter | TermFront
    about: tuple[Allowing, ...]


def written_pages(subject: Subject) -> Mapping[str, Written]:
    """Who wrote each page, by its address."""
    site = subject.site
    out = {}
    for node in subject.funnel.nodes.values():
        copy = site.copy.get((node.stack, node.step.id))
        if copy:
            out[node.address] = Written(copy.file, copy.front, (copy.front, node.step))
    for page in site.pages.values():
        out[page_address(page.name)] = Written(page.file, page.front, (page.front,))
    for term in site.glossary.values():
        out[term_address(term.slug)] = Written(term.file, term.front, (term.front,))
    return out


def _own_title(front: FrontMatter | TermFront) -> Span | None:
    """Where a page says what it is called."""
    key = next((key for key in ("title", "headline", "term") if front.places.has(key)), None)
    return front.places.at(key) if key else None
