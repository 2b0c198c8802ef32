"""The glossary: does every term stand for one thing, and say which?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.site.models import Term


def unknown_term(subject: Subject) -> Iterator[Finding]:
    """`related:` or `part_of:` names a term or page that does not exist."""
    terms, pages = subject.site.glossary, subject.site.pages
    for term in terms.values():
        for number, slug in enumerate(term.front.related):
            if slug not in terms:
                span = term.front.places.at(f"related.{number}")
                yield found(f"no term is called `{slug}`", span, did_you_mean(slug, terms))
        part = term.front.part_of
        if part:
            page = part.removeprefix("page:")
            if page not in (pages if part.startswith("page:") else terms):
                known = [*terms, *(f"page:{p}" for p in pages)]
                yield found(
                    f"no term or page is called `{part}`", term.front.places.at("part_of"), did_you_mean(part, known)
                )


def undefined_term(subject: Subject) -> Iterator[Finding]:
    """A glossary term without its definition, the one sentence that the page is for."""
    for term in subject.site.glossary.values():
        if term.front.term and not term.front.definition:  # without a term it could not be read
            help = "add `definition:` with one sentence"
            yield found(f"`{term.front.term}` has no definition", Span(term.file), help)


def shared_term(subject: Subject) -> Iterator[Finding]:
    """Two glossary pages claim one name, so that a link could not tell where to go."""
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
