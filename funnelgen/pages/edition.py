"""An edition: one site in one mode with one theme, and what every page of it is made with."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Self
from urllib.parse import quote

from markupsafe import Markup

from funnelgen.funnel.addresses import GLOSSARY, Addresses, page_address, term_address
from funnelgen.funnel.graph import Button, Funnel, Node
from funnelgen.funnel.manifest import Mode
from funnelgen.funnel.paths import behind_payment, bought_before
from funnelgen.funnel.translations import DEFAULT, alternates, page_in
from funnelgen.funnel.words import Words
from funnelgen.pages.frames import Frame
from funnelgen.pages.glossary import Linker, TermIndex
from funnelgen.pages.pictures import Pictures
from funnelgen.pages.prose import Prose, escaped
from funnelgen.pages.strings import is_rtl, isolated, language_of, tongue_names
from funnelgen.pages.views import Link, Picture, SiteView
from funnelgen.payments import provider_at
from funnelgen.payments.parameters import Taken, taken_by, with_parameters
from funnelgen.site.links import Embedded
from funnelgen.site.models import File, Site

DEMO = "/demo/"
"""Where the simulated checkout's pages stand."""


class Edition:
    """What pages are made from. Everything is worked out once per build and then only looked up."""

    def __init__(
        self,
        site: Site,
        funnel: Funnel,
        *,
        mode: Mode,
        strings: Callable[..., str],
        frames: Mapping[str, Frame],
        draw: Callable[[Picture], str],
        tongues: Mapping[str, Callable[..., str]] = {},
        sink: str | None = None,
    ) -> None:
        """`frames` are the theme's places for pictures, `draw` writes a picture of the copy as its template has it.

        `strings` are the fixed words in the site's own language, `tongues` those of stacks in others, by locale.
        `sink` takes the events in place of the site's own address, and of the visitor's consent: the preview's.
        """
        self.site = site
        self.funnel = funnel.open  # what can be bought now
        self._whole = funnel  # what copy may speak of
        self.mode = mode
        own = site.config.tracking.beacon if mode == "live" else None  # what is tried out is no visitor's doing
        self.sink = sink or own or ""
        self.asks_consent = sink is None and site.config.european
        self.t = strings
        self.addresses = Addresses(site, funnel)
        self.alternates = alternates(site, funnel)
        self.paid = behind_payment(funnel)
        self.bought_before = bought_before(funnel)
        self.pictures = Pictures(site.files, frames, keep=self.asset)
        self.prose = Prose(href=self.href, picture=self._in_copy, html=site.config.html)
        self.terms = TermIndex((name, term_address(slug)) for name, slug in _names(site))
        self.links: Mapping[str, str] = {id: self._link(button) for id, button in self.funnel.buttons.items()}
        self.codes = {stack.name: stack.discount.code for stack in site.stacks if stack.discount}
        self.taking = self._taking()  # by stack and payment link's origin
        self.returning = _returning(funnel)
        self.embedded = _embedded(site, mode)
        self.named = {name.casefold(): slug for name, slug in _names(site)}  # a term's names → its slug
        self._draw = draw
        self.published: dict[str, File] = {}  # path in the output → file, filled as pages refer to them
        self._hrefs: dict[str, str] = {}  # path in the site → address, of what is published
        self._tongues = tongues
        self._said: dict[tuple[str, str], Words] = {}  # by stack and locale
        self._speaking: dict[str, Self] = {}  # by stack
        self.stack = ""  # whose pages are made; empty for the site's own
        self.lang = site.config.locale
        self.dir = "rtl" if is_rtl(self.lang) else "ltr"

    def speaking(self, stack: str) -> Self:
        """This edition for the pages of one stack: in its language, with its formats, leading to its own pages."""
        if stack not in self._speaking:
            own = copy.copy(self)  # what pages refer to is still gathered in one place for all
            own.stack, own.lang = stack, self.site.locale_of(stack)
            own.t = self._tongues.get(own.lang, self.t)
            own.dir = "rtl" if is_rtl(own.lang) else "ltr"
            self._speaking[stack] = own
        return self._speaking[stack]

    @property
    def is_foreign(self) -> bool:
        """Whether the pages are in another language than the site's own, which the glossary is written in."""
        return language_of(self.lang) != language_of(self.site.config.locale)

    def say(self, text: str | None, stack: str = "") -> str:
        """A text of the creator's with its `{{ … }}` filled in; empty for None."""
        return self._words(stack).fill(text) if text else ""

    def markdown(self, text: str, stack: str, linker: Linker | None) -> Markup:
        """Markdown of the creator's, filled in and rendered; a name with `*` or `<` in it is only a name."""
        return self.prose.render(self._words(stack).fill(text, escaped), stack=stack, linker=linker)

    def linker(self, *own: str) -> Linker:
        """Links for the terms of one page; `own` are addresses that it does not link.

        No page in another language leads into the glossary unasked.
        """
        return Linker(TermIndex(()) if self.is_foreign else self.terms, own)

    def absolute(self, address: str) -> str:
        """The full web address of a page, or nothing while the site has no `url:`."""
        url = self.site.config.url
        return url.rstrip("/") + address if url else ""

    def versions(self, address: str) -> tuple[tuple[str, str], ...]:
        """(locale, full address) of a page in all its languages; none where the site has no `url:`."""
        found = self.alternates.get(address, {}) if self.site.config.url else {}
        return tuple((locale, self.absolute(at)) for locale, at in found.items())

    def href(self, link: str, stack: str = "") -> str:
        """Where a link of the creator's leads, as pages write it; empty where that is nowhere, or unsafe."""
        href = self.addresses.resolve(link, stack).href if link else ""
        return self.asset(href.removeprefix("/")) if href.startswith("/assets/") else href

    def asset(self, path: str) -> str:
        """The published address of a file in assets/, with its content's hash in it, to be cached for ever."""
        file = self.site.files.get(path)
        return self._publish(file, "/assets/", digits=8) if file else ""

    def download(self, name: str) -> str:
        """The published address of a file in downloads/: a name that nobody can guess without having the file."""
        file = self.site.files.get(f"downloads/{name}")
        return self._publish(file, "/files/", digits=24) if file else ""

    def site_view(self, menu: bool = False, current: str = "") -> SiteView:
        """What a page says about the site; `menu` on free pages and the glossary alone."""
        config = self.site.config
        return SiteView(
            name=config.name,
            home=self.home,
            email=config.seller.email or "",
            menu=tuple(self._menu(current)) if menu else (),
            legal=tuple(self.legal()),
            embeds=bool(self.embedded.buttons),
            tongues=tuple(self._other_tongues(current)),
            statement=config.seller.statement or "",
            seller=self._seller(),
        )

    @property
    def home(self) -> str:
        """Where the mark in the header leads: the hub, or the first step; on a translation to its own."""
        known, entries = self.addresses.known, self.funnel.entries
        hub = page_address(page_in(self.site.pages, "index", self.stack))
        if self.is_foreign and hub == "/":
            return next((n.address for e in entries if (n := self.funnel.nodes[e]).stack == self.stack), hub)
        return hub if hub in known or not entries else self.funnel.nodes[entries[0]].address

    def legal(self) -> list[Link]:
        """Links to the legal pages, for the footer."""
        keys = ("terms", "privacy", "refunds", "imprint", "contact", "withdrawal")
        return [link for key in keys if (link := self.legal_link(key))]

    def legal_link(self, key: str) -> Link | None:
        """The link to a legal page ("privacy"): the stack's own, else the site's, and then it says in which language
        that one is if it is another."""
        name = page_in(self.site.pages, getattr(self.site.config.legal, key) or "", self.stack)
        if name not in self.site.pages:
            return None
        label, locale = self.t(f"legal-{key}"), self.site.config.locale
        if self.site.pages[name].stack or not self.is_foreign:
            return Link(href=page_address(name), label=label)
        words = self.t("in-language", words=label, language=tongue_names([locale])[locale])
        return Link(href=page_address(name), label=words, lang=locale)

    def free_offer(self) -> Node | None:
        """The first lead magnet in the page's language, for the places that point at one free thing."""
        nodes = (node for node in self.funnel.nodes.values() if node.kind == "lead-magnet" and node.offer)
        spoken = [n for n in nodes if language_of(self.site.locale_of(n.stack)) == language_of(self.lang)]
        return min(spoken, key=lambda node: node.stack != self.stack, default=None)

    def _seller(self) -> str:
        """Who sells, in a line, as the law of most markets wants it named; empty where only an email is known."""
        seller = self.site.config.seller
        address = [line.strip(" ,") for line in (seller.address or "").split("\n")]
        who = [*filter(None, (seller.name, *address))]
        if not who:
            return ""
        vat = self.t("seller-vat", number=seller.vat) if seller.vat else ""
        parts = [*filter(None, (*who, seller.phone, vat))]
        return self.t("seller", who=self.t("comma").join(map(isolated, parts) if self.dir == "rtl" else parts))

    def _menu(self, current: str) -> list[Link]:
        found = []
        for name in self.site.config.menu:
            node = self.funnel.step(self.stack or self.site.main_stack.name, name)
            page = self.site.pages.get(page_in(self.site.pages, name, self.stack))
            if name == "glossary" and self.site.glossary and not self.is_foreign:
                href, label = GLOSSARY, self.t("glossary")
            elif page and (page.stack or not self.is_foreign):
                href, label = page_address(page.name), page.front.title or name.replace("-", " ").capitalize()
                label = name.replace("-", " ").capitalize() if len(label) > 20 else label
            elif node is not None:
                href, label = node.address, node.offer.name if node.offer else name
            else:
                continue
            found.append(Link(href=href, label=label, current=current.startswith(href) and href != "/"))
        return found

    def _in_copy(self, link: str, alt: str, title: str, stack: str) -> str:
        """A picture between the words of copy as HTML; empty where the link leads to none of the site's own."""
        href = self.addresses.resolve(link, stack).href
        path = href.removeprefix("/") if href.startswith("/assets/") else ""
        view = self.pictures.view(path, alt, "prose", title=title)
        return self._draw(view) if view else ""

    def _other_tongues(self, current: str) -> Iterator[Link]:
        """Links to the same page in other languages, each by the name that its readers know it by."""
        versions = {locale: at for locale, at in self.alternates.get(current, {}).items() if locale != DEFAULT}
        names = tongue_names(versions)
        for locale, address in versions.items():
            if locale != self.lang:
                yield Link(href=address, label=names[locale], lang=locale)

    def _words(self, stack: str) -> Words:
        key = stack, self.lang
        if key not in self._said:
            self._said[key] = Words(self.site, self._whole, stack, self.lang)
        return self._said[key]

    def _link(self, button: Button) -> str:
        """Where a charge is made, with the code that the page's price counts on."""
        if self.mode == "demo":
            return DEMO + button.id.replace("+", "/") + "/"
        link, code = self.site.links.of(self.mode).get(button.id, ""), button.charge.code
        provider = provider_at(link, self.site.config.hosts) if code else None
        return with_parameters(link, provider, discount=code) if provider else link

    def _taking(self) -> dict[str, dict[str, tuple[Taken, ...]]]:
        """What the payment links of each stack take of what a browser knows; a demonstration has none."""
        links: dict[str, list[str]] = {}
        for button in self.funnel.buttons.values() if self.mode != "demo" else ():
            links.setdefault(self.funnel.nodes[button.node].stack, []).append(self.links[button.id])
        # A campaign's name may be a condition, which belongs into no address where that is sensitive.
        known = {stack: taken_by(of, campaign=not self.site.config.sensitive) for stack, of in links.items()}
        return {stack: taking for stack, taking in known.items() if taking}

    def _publish(self, file: File, folder: str, *, digits: int) -> str:
        if file.path in self._hrefs:
            return self._hrefs[file.path]
        digest = hashlib.sha256(file.read()).hexdigest()[:digits]
        own = PurePosixPath(file.path)
        name = f"{digest}/{own.name}" if folder == "/files/" else f"{own.stem}.{digest}{own.suffix}"
        self.published[folder + name] = file
        self._hrefs[file.path] = quote(folder + name)  # a file may be called `Part #1.pdf`
        return self._hrefs[file.path]


def _embedded(site: Site, mode: Mode) -> Embedded:
    """The checkouts that open within the pages."""
    return Embedded() if mode == "demo" else site.links.embedded(mode)


def _returning(funnel: Funnel) -> dict[str, list[Button]]:
    """The buttons whose payments come back to a node, by its id."""
    found: dict[str, list[Button]] = {}
    for button in funnel.buttons.values():
        if button.returns_to is not None:
            found.setdefault(button.returns_to, []).append(button)
    return found


def _names(site: Site) -> list[tuple[str, str]]:
    """(name, slug) of every term, other names included."""
    terms = site.glossary.items()
    return [(name, slug) for slug, term in terms for name in (term.front.term, *term.front.also)]
