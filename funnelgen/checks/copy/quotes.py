"""Testimonials: may they be shown to buyers?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text, options_of
from funnelgen.diagnostics import Span
from funnelgen.site.writing import Block, Copy


def sample_quote(subject: Subject) -> Iterator[Finding]:
    """A sample quote would go live.

    A quote that is marked `sample: true` shows how the page will look, and the page says that of it. Nobody said it, so
    it persuades nobody, and on a page that sells it has no place: US and EU law forbid reviews by people who do not
    exist (16 CFR 465, Directive 2005/29/EC as amended by 2019/2161). funnelgen gives no legal advice.

    Fires (live):

    ```markdown copy/sales.md
    /// testimonial | A physiotherapist
        sample: true

    Five weeks after module one I was teaching it.
    ///
    ```

    Mended:

    ```markdown copy/sales.md
    What the course is.
    ```
    """
    for copy, block in _quotes(subject):
        if block.options.get("sample") == "true":
            help = "put what a buyer said in its place, or take the quote out"
            place = _option(subject, copy, block)
            yield found("a sample quote in a live build", place, help, copy.front, only_live=True)


def unrecorded_quote(subject: Subject) -> Iterator[Finding]:
    """A quote has no note of where it comes from.

    Whoever shows what a customer said may be asked to show that the customer exists and agreed: by the customer, by a
    payment provider, or by an authority (the FTC's rules on endorsements in the USA, Directive 2019/2161 in the EU).
    `source:` says where the words are kept, `consent:` when somebody agreed; neither is shown. funnelgen gives no legal
    advice.

    Fires (live):

    ```markdown copy/sales.md
    /// testimonial | Dana R., course creator
    Five weeks after module one I was teaching it.
    ///
    ```

    Mended:

    ```markdown copy/sales.md
    /// testimonial | Dana R., course creator
        source: email of 3 March
        consent: by email, 5 March

    Five weeks after module one I was teaching it.
    ///
    ```
    """
    for copy, block in _quotes(subject):
        kept = block.options.get("source") or block.options.get("consent")
        if not kept and block.options.get("sample") != "true":
            help = "add `source:` or `consent:` below the block's first line; neither is shown"
            yield found("a quote without a note of its source", block.span, help, copy.front, only_live=True)


def _quotes(subject: Subject) -> Iterator[tuple[Copy, Block]]:
    for copy in (*subject.site.copy.values(), *subject.site.pages.values()):
        for block in copy.blocks:
            if block.name == "testimonial":
                yield copy, block


def _option(subject: Subject, copy: Copy, block: Block) -> Span | None:
    """The place of the line that calls a quote a sample."""
    text = Text("sample:", options_of(copy, block), copy.stack, subject.sources, role="sample", about=copy.front)
    return text.at(0, len(text.text))
