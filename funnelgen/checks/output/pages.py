"""Built pages by themselves and beside one another: what they weigh, what they are called."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Allowing
from funnelgen.diagnostics import Span
from funnelgen.funnel.addresses import page_address, term_address
from funnelgen.site.writing import FrontMatter, TermFront

HEAVIEST = 16_000  # bytes of a page, compressed by zlib; Brotli, which hosts use, makes about 14,000 of them
_SURELY_LIGHT = 36_000  # bytes before compression: no page of words and style shrinks to less than half of its size
_STYLE = re.compile(rb"<style[^>]*>.*?</style>", re.DOTALL)


def page_weight(subject: Subject) -> Iterator[Finding]:
    """A page weighs more than its budget: 16 KB for its words and its style, compressed.

    That much reaches a phone in the first round trip, before the sender waits for an answer (ten packets, RFC
    6928). Every round trip more is a moment in which a visitor on a slow network sees nothing. The weight is
    measured with zlib; Brotli, which most hosts use, makes it about a seventh smaller, 14 KB. Fonts and pictures
    load beside the page and are not counted. A long sales page may well be worth its wait: then allow it, with the
    reason, in its front matter.

    Fires:

    ```size copy/sales.md
    40000 bytes
    ```

    Mended:

    ```markdown copy/sales.md
    What the course is, in a few words.
    ```
    """
    assert subject.built is not None
    written = _written(subject)
    for page in subject.built.manifest.pages:
        html = subject.built.files[page.file]
        if len(html) < _SURELY_LIGHT or page.address not in written:
            continue  # lists and simulated payments are nobody's to shorten
        weight = len(zlib.compress(html, 9))
        if weight <= HEAVIEST:
            continue
        message = f"`{page.address}` weighs {weight / 1000:.1f} KB as it travels, its budget is {HEAVIEST // 1000} KB"
        if 2 * len(zlib.compress(_STYLE.sub(b"", html), 9)) < weight:
            yield found(message, _style_sheet(subject), "shorten the style sheets in theme/", subject.site.config)
            return  # they are in every page
        item = written[page.address]
        yield found(message, Span(item.file), "shorten it, or move a part to a page of its own", *item.about)


def _style_sheet(subject: Subject) -> Span | None:
    """The site's own style sheet, or where its theme is named."""
    own = next((path for path in subject.site.files if path.startswith("theme/") and path.endswith(".css")), None)
    return Span(own) if own else subject.site.config.places.at("theme")


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
    written = _written(subject)
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


class _Written(Struct, frozen=True):
    """The file that a page was written in, its front matter, and the models whose `allow:` is about the page."""

    file: str
    front: FrontMatter | TermFront
    about: tuple[Allowing, ...]


def _written(subject: Subject) -> Mapping[str, _Written]:
    """Who wrote each page, by its address."""
    site = subject.site
    out = {}
    for node in subject.funnel.nodes.values():
        copy = site.copy.get((node.stack, node.step.id))
        if copy:
            out[node.address] = _Written(copy.file, copy.front, (copy.front, node.step))
    for page in site.pages.values():
        out[page_address(page.name)] = _Written(page.file, page.front, (page.front,))
    for term in site.glossary.values():
        out[term_address(term.slug)] = _Written(term.file, term.front, (term.front,))
    return out


def _own_title(front: FrontMatter | TermFront) -> Span | None:
    """Where a page says what it is called."""
    key = next((key for key in ("title", "headline", "term") if front.places.has(key)), None)
    return front.places.at(key) if key else None
