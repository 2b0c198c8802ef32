"""FG3, copy: do words, links, files and terms refer to something that is there?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Text, options_of
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.site.models import Term

_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,2000}|/)?|!--.{0,500}?--|!\w[^<>]{0,2000})>", re.S)


def unknown_word(subject: Subject) -> Iterator[Finding]:
    """`{{ … }}` with a name that nothing has. It would be an error or an empty space on the page."""
    for text in (*subject.bodies, *subject.texts):
        for mistake in subject.words[text.stack].mistakes(text.text):
            yield found(mistake.message, text.at(mistake.start, len(mistake.text)), mistake.remedy)


def broken_link(subject: Subject) -> Iterator[Finding]:
    """A link to a page, step, term or file that does not exist."""
    for text, start, link, target in subject.links:
        if target.wrong and not target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def unsafe_link(subject: Subject) -> Iterator[Finding]:
    """A link that could run code or leave the site's control (`javascript:`, `data:`): it is dropped."""
    for text, start, link, target in subject.links:
        if target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def raw_html(subject: Subject) -> Iterator[Finding]:
    """HTML in copy. It stays text unless the site asks for it: a stray tag can break a page or track a visitor."""
    if subject.site.config.html:
        return
    for text in subject.bodies:
        opened = set()
        for tag in _TAG.finditer(text.prose):
            slash, name = tag[0][1] == "/", tag[0].strip("</>").split()[0].lower()
            if slash and name in opened:
                continue
            opened.add(name)
            help = "use Markdown or a block, or set `html: true` in site.yaml"
            yield found(f"HTML in copy: `{tag[0][:40]}`", text.at(tag.start(), len(tag[0])), help)


def missing_file(subject: Subject) -> Iterator[Finding]:
    """An image or something to deliver is named, and no such file is in the site."""
    files = subject.site.files
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            for number, thing in enumerate(offer.deliver):
                if thing.file and f"downloads/{thing.file}" not in files:
                    known = [f.removeprefix("downloads/") for f in files if f.startswith("downloads/")]
                    span = offer.places.at(f"deliver.{number}")
                    help = did_you_mean(thing.file, known, otherwise="put it there")
                    yield found(f"there is no file downloads/{thing.file}", span, help)
            yield from _image(subject, offer.image, offer.places.at("image"))
    for copy in (*subject.site.copy.values(), *subject.site.pages.values()):
        yield from _image(subject, copy.front.image, copy.front.places.at("image"))
        for block in copy.blocks:
            for option in ("image", "poster"):
                path = block.options.get(option, "")
                text = Text(path, options_of(copy, block), "", subject.sources)
                yield from _image(subject, path, text.at(0, len(path)))


def _image(subject: Subject, path: str | None, span: Span | None) -> Iterator[Finding]:
    if path and path not in subject.site.files:
        known = [f for f in subject.site.files if f.startswith("assets/")]
        help = did_you_mean(path, known, otherwise="put it into assets/, and write the path from the site's folder")
        yield found(f"there is no file {path}", span, help)


def unknown_page(subject: Subject) -> Iterator[Finding]:
    """`legal:` or `menu:` in site.yaml names a page that does not exist."""
    config, pages = subject.site.config, subject.site.pages
    for key in ("terms", "privacy", "refunds", "imprint", "contact"):
        name = getattr(config.legal, key)
        if name and name not in pages:
            help = did_you_mean(name, pages, otherwise=f"write pages/{name}.md")
            yield found(f"there is no page `{name}`", config.legal.places.at(key), help)
    known = [*pages, *(n.step.id for n in subject.funnel.nodes.values()), "glossary"]
    for number, name in enumerate(config.menu):
        if name not in known:
            yield found(f"there is no page `{name}`", config.places.at(f"menu.{number}"), did_you_mean(name, known))


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
