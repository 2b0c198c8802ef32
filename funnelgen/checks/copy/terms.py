"""The glossary: does every term stand for one thing, and say which?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, misspelt, note
from funnelgen.diagnostics import Span
from funnelgen.site.writing import Term


def unknown_term(subject: Subject) -> Iterator[Finding]:
    """The `related:` or `part_of:` of a glossary term names a term or page that does not exist.

    A glossary is read by going from term to term, and up to the topic that they belong to; a neighbour that is not
    there ends the visit. Terms are named by their files, a page as `page:NAME`.

    Fires:

    ```markdown glossary/upsell.md
    ---
    term: Upsell
    definition: More of the same, after the first yes.
    related: [order-bumb]
    ---
    ```

    ```markdown glossary/order-bump.md
    ---
    term: Order bump
    definition: A small extra at the checkout.
    ---
    ```

    Mended:

    ```diff glossary/upsell.md
    - related: [order-bumb]
    + related: [order-bump]
    ```
    """
    terms, pages = subject.site.glossary, subject.site.pages
    for term in terms.values():
        for number, slug in enumerate(term.front.related):
            if slug not in terms and f"glossary/{slug}.md" not in subject.site.unreadable:
                span = term.front.places.at(f"related.{number}")
                help, fix = misspelt(slug, terms, span)
                yield found(f"no term is called `{slug}`", span, help, fix=fix)
        part = term.front.part_of
        if part:
            page = part.removeprefix("page:")
            file = f"pages/{page}.md" if part.startswith("page:") else f"glossary/{page}.md"
            if page not in (pages if part.startswith("page:") else terms) and file not in subject.site.unreadable:
                span = term.front.places.at("part_of")
                help, fix = misspelt(part, [*terms, *(f"page:{p}" for p in pages)], span)
                yield found(f"no term or page is called `{part}`", span, help, fix=fix)


def undefined_term(subject: Subject) -> Iterator[Finding]:
    """A glossary term has no definition, the one sentence that the page is for.

    It stands at the top of the page, in the list of terms, and where search engines quote it. What follows explains it;
    nothing can take its place.

    Fires:

    ```markdown glossary/upsell.md
    ---
    term: Upsell
    ---
    You have said yes once, and are shown more of the same.
    ```

    Mended:

    ```diff glossary/upsell.md
    - term: Upsell
    + term: Upsell
    + definition: An offer of more of the same, right after the first yes.
    ```
    """
    for term in subject.site.glossary.values():
        if term.front.term and not term.front.definition:  # without a term it could not be read
            help = "add `definition:` with one sentence"
            yield found(f"`{term.front.term}` has no definition", Span(term.file), help)


def shared_term(subject: Subject) -> Iterator[Finding]:
    """Two glossary pages claim one name, so that a link could not tell where to go.

    The first use of a term on a page becomes a link by itself, under each of its names (`term:` and `also:`). A name
    belongs to one page; the other may mention it in its text.

    Fires:

    ```markdown glossary/upsell.md
    ---
    term: Upsell
    definition: More of the same, after the first yes.
    also: [one-time offer]
    ---
    ```

    ```markdown glossary/oto.md
    ---
    term: One-time offer
    definition: An upsell that is shown once.
    ---
    ```

    Mended:

    ```diff glossary/upsell.md
    - also: [one-time offer]
    + also: [upgrade]
    ```
    """
    first: dict[str, tuple[Term, Span | None]] = {}
    for term in subject.site.glossary.values():
        front = term.front
        names = [(front.term, front.places.at("term"))]
        names += [(a, front.places.at(f"also.{i}")) for i, a in enumerate(front.also)]
        for name, span in names:
            other, where = first.setdefault(name.casefold(), (term, span))
            if other is not term or where != span:
                notes = note(where, "claimed here first")
                yield found(f"`{name}` belongs to `{other.slug}` already", span, "keep it on one page", notes=notes)
