"""Blocks: does the page show them, and is there anything in them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Text, items_of
from funnelgen.diagnostics import Span
from funnelgen.site.models import Offer
from funnelgen.site.writing import Block, Copy, Term

_NEEDS_BODY = {
    "testimonial": "write what was said",
    "guarantee": "write what comes back, and until when",
    "person": "write who is behind it",
    "note": "write the note",
    "example": "write the example",
    "recognise": "write a list: `- …`",
}
_ONCE = frozenset({"faq", "guarantee"})
_OWN_PLACE = frozenset({"faq", "guarantee", "testimonial"})
"""Blocks for which a page has a place of its own, if it has one."""

_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)])[ \t]")


def empty_block(subject: Subject) -> Iterator[Finding]:
    """A block stands on the page with nothing in it.

    A frame without a quote, a question without its answer or a play button that plays nothing looks like a page that is
    broken, and on a page that asks for money that is enough to leave.

    Fires:

    ```markdown copy/sales.md
    /// faq | Before you decide
    ### When can I start?
    ### How long does it take?
    Six weeks.
    ///
    ```

    Mended:

    ```markdown copy/sales.md
    /// faq | Before you decide
    ### When can I start?
    At once.
    ### How long does it take?
    Six weeks.
    ///
    ```
    """
    for item in items_of(subject.site):
        offer = _offer_of(subject, item)
        for block in item.blocks:
            for message, help, span in _empty(item, block, offer):
                yield found(message, span, help, item.front)


def lost_block(subject: Subject) -> Iterator[Finding]:
    """A page leaves out something that its copy has.

    Questions, the guarantee and quotes have a place of their own on a page, and some pages have none: a legal page, a
    glossary term. There is room for one FAQ and one guarantee, so of two the last is shown. A list block shows its list
    alone. What is left out nobody misses on the page, least of all its author.

    Fires:

    ```markdown copy/sales.md
    /// faq | Before you decide
    ### When can I start?
    At once.
    ///

    /// faq | About payment
    ### Is it safe?
    You pay on the provider's page.
    ///
    ```

    Mended:

    ```markdown copy/sales.md
    /// faq | Before you decide
    ### When can I start?
    At once.
    ### Is it safe?
    You pay on the provider's page.
    ///
    ```
    """
    for item in items_of(subject.site):
        bare = _without_places(subject, item)
        last = {block.name: block for block in item.blocks if block.name in _ONCE}
        for block in item.blocks:
            shown = last.get(block.name, block)
            if bare and block.name in _OWN_PLACE:
                message = f"{bare} does not show the block `{block.name}`"
                yield found(message, block.span, "write it as plain text: `## …`", item.front)
            elif shown is not block:
                message, notes = (
                    f"only the last `{block.name}` of a page is shown",
                    note(shown.span, "this one is shown"),
                )
                yield found(message, block.span, "put the two into one", item.front, notes=notes)
            elif block.name == "differs":
                yield from _idle_table(item, block)
            elif block.name in ("recognise", "includes"):
                yield from _beside_list(subject, item, block)


def _empty(item: Copy | Term, block: Block, offer: Offer | None) -> Iterator[tuple[str, str, Span]]:
    """(message, help, place) of what is missing in a block."""
    if block.name in _NEEDS_BODY and not block.body:
        yield f"the block `{block.name}` is empty", _NEEDS_BODY[block.name], block.span
    if block.name == "testimonial" and block.body and not block.title:
        yield "a quote that nobody said", "add who: `/// testimonial | Dana R., course creator`", block.span
    if block.name == "includes" and not block.body and not (offer and offer.includes):
        yield "the block `includes` is empty", "write a list, or give the offer its `includes:`", block.span
    if block.name == "video" and not block.options.get("src"):
        yield "a video that cannot be played", "add `src:` with its file in assets/ or its address", block.span
    if block.name == "faq":
        for part in block.items:
            if part.title and not part.body.strip():
                place = Span(item.file, part.line, 1, part.line, len(f"### {part.title}") + 1)
                yield f"the question `{part.title[:60]}` has no answer", "write it below the question", place


def _without_places(subject: Subject, item: Copy | Term) -> str:
    """What kind of page shows no questions, guarantee or quotes; empty for every other."""
    if isinstance(item, Term):
        return "a glossary term"
    legal = subject.site.config.legal
    bare = (legal.terms, legal.privacy, legal.refunds, legal.imprint, legal.withdrawal)
    return "a legal page" if _is_page(subject, item) and item.name in bare else ""


def _idle_table(item: Copy | Term, block: Block) -> Iterator[Finding]:
    """A table of differences where there are none."""
    message = "there is nothing to differ from: the block is not shown"
    if not isinstance(item, Term):
        yield found(message, block.span, "it belongs on a glossary term", item.front)
    elif not item.front.differs:
        yield found(message, block.span, "add `differs:` to the term's front matter", item.front)


def _beside_list(subject: Subject, item: Copy | Term, block: Block) -> Iterator[Finding]:
    """What stands in a list block before its first list item."""
    place = Span(item.file, block.body_line, 1, block.body_line + block.body.count("\n"), 10**6)
    text = Text(block.body, place, "", subject.sources, role=block.name, about=item.front)
    for line in block.body.split("\n"):
        if _LIST_ITEM.match(line):
            return
        if line.strip():
            help = "put it before the block, or make it the first item of the list"
            yield found(f"`{block.name}` shows its list alone", text.at(0, len(line)), help, item.front)
            return


def _is_page(subject: Subject, item: Copy | Term) -> bool:
    return isinstance(item, Copy) and subject.site.pages.get(item.name) is item


def _offer_of(subject: Subject, item: Copy | Term) -> Offer | None:
    """The offer of a step's copy, whose list a block may show."""
    if not isinstance(item, Copy) or _is_page(subject, item):
        return None
    node = subject.funnel.step(item.stack, item.name)
    return node.offer if node else None
