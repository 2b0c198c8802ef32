"""FG3, copy: do words, links, files and terms refer to something that is there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.funnel.addresses import Addresses, Target
from funnelgen.site.models import Block, Config, Copy, FrontMatter, Offer, Term, TermFront

_LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]*)|^ {0,3}\[[^\]^]+\]:\s*<?(\S+?)>?\s*$|<([A-Za-z][\w+.-]*:[^\s>]*)>",
    re.M,
)
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1[`~]*\s*$|(`+)(?!`).+?(?<!`)\2(?!`)", re.M | re.S)
_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*|/)?|!--.*?--|!\w[^>]*)>", re.S)


class Text:
    """One text of the site, with its place: enough to point at any part of it."""

    def __init__(self, text: str, span: Span | None, stack: str, sources: dict[str, str] | None) -> None:
        self.text = text
        self.span = span
        self.stack = stack
        self.sources = sources

    @cached_property
    def prose(self) -> str:
        """The text with its code blanked out, at equal length, so that places hold."""
        return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), self.text)

    def at(self, start: int, length: int) -> Span | None:
        """Where a part of the text stands. Found again in the file, since YAML may have folded or quoted it."""
        span = self.span
        if span is None:
            return None
        part = self.text[start : start + length].split("\n")[0]
        lines = (self.sources or {}).get(span.file, "").split("\n")
        ahead = self.text.count(part, 0, start)
        for number in range(span.line, min(max(span.end_line, span.line) + 1, len(lines) + 1)):
            line = lines[number - 1]
            column = line.find(part, span.column - 1 if number == span.line else 0)
            while column >= 0 and part:
                if not ahead:
                    return Span(span.file, number, column + 1, number, column + 1 + len(part))
                ahead -= 1
                column = line.find(part, column + 1)
        return span


def unknown_word(subject: Subject) -> Iterator[Finding]:
    """`{{ … }}` with a name that nothing has. It would be an error or an empty space on the page."""
    for text in _texts(subject):
        for mistake in subject.words[text.stack].mistakes(text.text):
            yield found(mistake.message, text.at(mistake.start, len(mistake.text)), mistake.remedy)


def broken_link(subject: Subject) -> Iterator[Finding]:
    """A link to a page, step, term or file that does not exist."""
    for text, start, link, target in _links(subject):
        if target.wrong and not target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def unsafe_link(subject: Subject) -> Iterator[Finding]:
    """A link that could run code or leave the site's control (`javascript:`, `data:`): it is dropped."""
    for text, start, link, target in _links(subject):
        if target.unsafe:
            yield found(target.wrong, text.at(start, len(link)), target.remedy)


def raw_html(subject: Subject) -> Iterator[Finding]:
    """HTML in copy. It stays text unless the site asks for it, since a stray tag can break a page or track a visitor."""
    if subject.site.config.html:
        return
    for text in _bodies(subject):
        for tag in _TAG.finditer(text.prose):
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
                yield from _image(subject, block.options.get(option), block.span)


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
        if not term.front.definition:
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


def _links(subject: Subject) -> Iterator[tuple[Text, int, str, Target]]:
    addresses = Addresses(subject.site, subject.funnel)
    for text in _bodies(subject):
        for match in _LINK.finditer(text.prose):
            group = next(g for g in (1, 2, 3) if match[g] is not None)
            link = match[group]
            if link and "{{" not in link:
                yield text, match.start(group), link, addresses.resolve(link, text.stack)


def _bodies(subject: Subject) -> Iterator[Text]:
    """The Markdown of every copy file, page and term."""
    for item in _items(subject):
        for block in item.blocks:
            if block.body:
                yield _body(subject, item, block)


def _body(subject: Subject, item: Copy | Term, block: Block) -> Text:
    last = block.body_line + block.body.count("\n")
    span = Span(item.file, block.body_line, 1, last, 10**6)
    return Text(
        block.body, span, item.stack if isinstance(item, Copy) else _first_stack(subject), dict(subject.sources)
    )


def _texts(subject: Subject) -> Iterator[Text]:
    """Every text in which `{{ … }}` may stand: bodies, block titles, front matter, offers."""
    yield from _bodies(subject)
    sources = dict(subject.sources)
    for item in _items(subject):
        stack = item.stack if isinstance(item, Copy) else _first_stack(subject)
        yield from _of_model(item.front, stack, sources)
        for block in item.blocks:
            yield Text(block.title, block.span, stack, sources)
    for stack_model in subject.site.stacks:
        for offer in stack_model.offers.values():
            yield from _of_model(offer, stack_model.name, sources)
    yield from _of_model(subject.site.config, _first_stack(subject), sources)


def _of_model(model: FrontMatter | TermFront | Offer | Config, stack: str, sources: dict[str, str]) -> Iterator[Text]:
    for name in model.__struct_fields__:
        value = getattr(model, name)
        if isinstance(value, str):
            yield Text(value, model.places.at(name), stack, sources)
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                if isinstance(part, str):
                    yield Text(part, model.places.at(f"{name}.{number}"), stack, sources)


def _items(subject: Subject) -> list[Copy | Term]:
    site = subject.site
    return [*site.copy.values(), *site.pages.values(), *site.glossary.values()]


def _first_stack(subject: Subject) -> str:
    return subject.site.stacks[0].name
