"""Pages to read: the hub, free and legal pages, the glossary, and the page that is not there."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup
from msgspec import structs

from funnelgen.funnel.addresses import GLOSSARY, page_address, term_address
from funnelgen.money import babel_locale
from funnelgen.pages import structured_data
from funnelgen.pages.edition import Edition
from funnelgen.pages.journey import journey_before
from funnelgen.pages.prose import emphasis, plain
from funnelgen.pages.sections import sections_of
from funnelgen.pages.views import Difference, FreeOffer, Head, Letter, Link, Page, Section, Term
from funnelgen.site.writing import Copy
from funnelgen.site.writing import Term as TermFile

NOT_FOUND = "/404.html"
"""Where the page for unknown addresses stands; hosts show it under any."""

_HEADING = re.compile(r"<h2>(.*?)</h2>")


def free_page(edition: Edition, copy: Copy) -> Page:
    """A page of pages/: the hub, a legal page, or another free one."""
    stack = copy.stack or edition.site.main_stack.name
    front, address, called = copy.front, page_address(copy.name), copy.name.rpartition("/")[2]
    kind = "hub" if called == "index" else "legal" if called in _legal_names(edition) else "free"
    sections = sections_of(edition, copy.blocks, stack, edition.linker(address) if kind != "legal" else None)
    flow, contents = _with_contents(sections.flow) if kind == "legal" else (sections.flow, ())
    name = edition.site.config.name
    headline = edition.say(front.headline, stack) or (name if kind == "hub" else called.replace("-", " ").capitalize())
    title = edition.say(front.title, stack) or plain(headline)
    description = edition.say(front.description or (edition.site.config.description if kind == "hub" else None), stack)
    data = [structured_data.faq(sections.faq)] if sections.faq else []
    return Page(
        kind=kind,
        address=address,
        lang=edition.lang,
        dir=edition.dir,
        head=_head(edition, address, title, description, data, image=front.image),
        site=edition.site_view(menu=True, current=address),
        journey=journey_before(edition),
        versions=edition.alternates.get(address, {}),
        headline=emphasis(headline),
        lede=edition.prose.inline(edition.say(front.subhead, stack), stack=stack),
        eyebrow=tuple(filter(None, edition.say(front.eyebrow, stack).split(" · "))),
        art=front.art or ("reset" if kind == "hub" else ""),
        image=edition.pictures.view(front.image, front.alt, "hero", at="main"),
        sections=flow,
        quotes=sections.quotes,
        faq=sections.faq,
        guarantee=sections.guarantee,
        contents=contents,
        updated=_date(edition, front.updated),
        free_offer=_free_offer(edition) if kind == "free" else None,
    )


def glossary_index(edition: Edition) -> Page:
    """All terms by letter, each with its one-sentence definition."""
    letters: dict[str, list[tuple[Link, str]]] = {}
    for term in _alphabetical(edition):
        link = Link(href=term_address(term.slug), label=term.front.term)
        letters.setdefault(_letter(term.front.term), []).append((link, edition.say(term.front.definition)))
    plain_letters = [chr(c) for c in range(ord("A"), ord("Z") + 1)]
    every = sorted({*letters, *(plain_letters if all(l_ in plain_letters for l_ in letters) else ())})
    title = edition.t("glossary-title", site=edition.site.config.name)
    description = edition.t("glossary-about")
    return Page(
        kind="glossary",
        address=GLOSSARY,
        lang=edition.lang,
        dir=edition.dir,
        head=_head(edition, GLOSSARY, title, description, []),
        site=edition.site_view(menu=True, current=GLOSSARY),
        headline=Markup.escape(edition.t("glossary")),
        lede=Markup.escape(description),
        letters=tuple(Letter(letter=letter, terms=tuple(letters.get(letter, ()))) for letter in every),
        free_offer=_free_offer(edition),
    )


def neighbours(edition: Edition) -> Iterator[tuple[TermFile | None, TermFile, TermFile | None]]:
    """Every term in alphabetical order, between the one before it and the one after."""
    terms = _alphabetical(edition)
    yield from zip([None, *terms[:-1]], terms, [*terms[1:], None], strict=True)


def term_page(edition: Edition, term: TermFile, before: TermFile | None, after: TermFile | None) -> Page:
    """A glossary term's page, with links to its neighbours."""
    front, address = term.front, term_address(term.slug)
    stack = edition.site.main_stack.name
    sections = sections_of(edition, term.blocks, stack, edition.linker(address))
    definition = edition.say(front.definition)
    title = edition.say(front.title) or edition.t("term-title", term=front.term)
    crumbs = (Link(href=GLOSSARY, label=edition.t("glossary")), Link(href=address, label=front.term, current=True))
    url, site = edition.absolute(address), edition.site.config
    data = [
        structured_data.defined_term(front.term, definition, url, edition.t("glossary"), edition.absolute(GLOSSARY))
    ]
    if site.url:
        data.append(structured_data.breadcrumbs(crumbs, site.url))
    return Page(
        kind="term",
        address=address,
        lang=edition.lang,
        dir=edition.dir,
        head=_head(edition, address, title, edition.say(front.description) or definition, data),
        site=edition.site_view(menu=True, current=GLOSSARY),
        headline=Markup.escape(front.term),
        sections=_with_differs(sections.flow, needed=bool(front.differs)),
        faq=sections.faq,
        crumbs=crumbs,
        free_offer=_free_offer(edition),
        term=Term(
            name=front.term,
            kind=front.kind or edition.t("term-kind"),
            also=front.also,
            definition=definition,
            differs=tuple(_difference(edition, d.term, edition.say(d.how)) for d in front.differs),
            part_of=_part_of(edition, front.part_of),
            related=tuple(_term_link(edition, slug) for slug in front.related if slug in edition.site.glossary),
            reviewed=_date(edition, front.reviewed),
            previous=_term_link(edition, before.slug) if before else None,
            following=_term_link(edition, after.slug) if after else None,
        ),
    )


def not_found(edition: Edition) -> Page:
    """The page for addresses that do not exist."""
    head = Head(
        title=edition.t("not-found"),
        description=edition.t("not-found-about"),
        noindex=True,
        favicon=edition.asset("assets/favicon.svg"),
    )
    return Page(
        kind="404",
        address=NOT_FOUND,
        lang=edition.lang,
        dir=edition.dir,
        head=head,
        site=edition.site_view(menu=True),
        headline=Markup.escape(edition.t("not-found")),
        lede=Markup.escape(edition.t("not-found-about")),
        art="mini",
        accept=Link(href=edition.home, label=edition.t("back-to-start")),
        free_offer=_free_offer(edition),
    )


def _head(
    edition: Edition, address: str, title: str, description: str, data: list[Markup], *, image: str | None = None
) -> Head:
    shared = edition.pictures.shared(image)
    return Head(
        title=title,
        description=description,
        canonical=edition.absolute(address),
        og_type="article" if address != "/" else "website",
        og_image=edition.absolute(shared) if shared else "",
        json_ld=tuple(data),
        favicon=edition.asset("assets/favicon.svg"),
        alternates=edition.versions(address),
    )


def _legal_names(edition: Edition) -> set[str]:
    legal = edition.site.config.legal
    return {name for name in (legal.terms, legal.privacy, legal.refunds, legal.imprint, legal.withdrawal) if name}


def _free_offer(edition: Edition) -> FreeOffer | None:
    node = edition.free_offer()
    if node is None or node.offer is None:
        return None
    text = edition.say(node.offer.promise, node.stack)
    copy = edition.site.copy.get((node.stack, node.step.id))
    words = edition.say(copy.front.accept, node.stack) if copy else ""
    link = Link(href=node.address, label=words or edition.t("get", offer=node.offer.name))
    return FreeOffer(title=node.offer.name, text=text, link=link)


def _with_contents(flow: tuple[Section, ...]) -> tuple[tuple[Section, ...], tuple[Link, ...]]:
    """Give the headings of a legal page ids, and a list of links to them."""
    contents: list[Link] = []

    def mark(heading: re.Match[str]) -> str:
        contents.append(Link(href=f"#h{len(contents) + 1}", label=Markup(heading[1]).striptags()))
        return f'<h2 id="h{len(contents)}">{heading[1]}</h2>'

    marked = tuple(structs.replace(s, html=Markup(_HEADING.sub(mark, s.html))) for s in flow)
    return marked, tuple(contents)


def _with_differs(flow: tuple[Section, ...], *, needed: bool) -> tuple[Section, ...]:
    """The table "How it differs" stands where the author put it, else at the end; nowhere if there is nothing in it."""
    if not needed:
        return tuple(s for s in flow if s.kind != "differs")
    return flow if any(s.kind == "differs" for s in flow) else (*flow, Section(kind="differs", id="differs"))


def _difference(edition: Edition, name: str, how: str) -> Difference:
    """One row of the table; `name` is a term's name, another name of it, or its file's."""
    term = edition.site.glossary.get(name.casefold())
    slug = edition.named.get(name.casefold()) or (term.slug if term else None)
    shown = term.front.term if term and name.casefold() not in edition.named else name
    return Difference(term=shown, href=term_address(slug) if slug else "", how=how)


def _part_of(edition: Edition, whole: str | None) -> Link | None:
    if whole is None:
        return None
    if whole.startswith("page:"):
        page = edition.site.pages.get(whole.removeprefix("page:"))
        if page is None:
            return None
        label = plain(edition.say(page.front.headline or page.front.title)) or page.name
        return Link(href=page_address(page.name), label=label)
    return _term_link(edition, whole) if whole in edition.site.glossary else None


def _term_link(edition: Edition, slug: str) -> Link:
    return Link(href=term_address(slug), label=edition.site.glossary[slug].front.term)


def _alphabetical(edition: Edition) -> list[TermFile]:
    return sorted(edition.site.glossary.values(), key=lambda t: (_plain_letters(t.front.term), t.slug))


def _letter(term: str) -> str:
    first = _plain_letters(term)[:1].upper()
    return first if first.isalpha() else "#"


def _plain_letters(term: str) -> str:
    """Sorted as a reader expects, whatever the machine's locale: é beside e, capitals beside small letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", term.casefold()) if not unicodedata.combining(c))


def _date(edition: Edition, date: str | None) -> str:
    from babel.dates import format_date

    if not date:
        return ""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    return str(format_date(day, format="long", locale=babel_locale(edition.lang)))
