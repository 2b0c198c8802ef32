"""A generation: one state of a site, whose pages are made when they are asked for.

It is a snapshot: what a save changes meanwhile belongs to the next generation. A page that was made before is kept as
long as everything that it was made from is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from funnelgen.checks import unreadable
from funnelgen.funnel import Funnel
from funnelgen.funnel.manifest import Manifest, ManifestPage, Mode, make_manifest
from funnelgen.pages import Job, jobs_of
from funnelgen.pages.fonts.fit import Fitted, fit
from funnelgen.pages.pictures import Variant
from funnelgen.pages.press import listed
from funnelgen.pages.render import Drawn, Renderer
from funnelgen.pages.strings import ThemeError
from funnelgen.pipeline import Failed, edition_of, theme_failed
from funnelgen.preview.reads import Log, Reads, still_hold, watched
from funnelgen.site.models import File, Site
from funnelgen.site.pictures import NoPicture
from funnelgen.site.writing import Copy, Term

SINK = "/_funnel/journeys"
"""Where the pages of a preview send their events."""

_NAMED = re.compile(rb"/(?:assets|files)/[\w.%~/-]+")


class Basis(Struct, frozen=True, kw_only=True):
    """What every page is made from: all but the words of the Markdown files and what stands in the others."""

    settings: tuple[Any, ...]
    names: tuple[Any, ...]
    renderer: Renderer

    @classmethod
    def of(cls, site: Site, mode: Mode, renderer: Renderer) -> Basis:
        """The basis of a site's pages."""
        terms = tuple((slug, term.front.term, term.front.also) for slug, term in site.glossary.items())
        return cls(
            settings=(mode, site.config, site.stacks, site.links),
            names=(tuple(site.copy), tuple(site.pages), terms),
            renderer=renderer,
        )


class Made(Struct, frozen=True, kw_only=True):
    """A page as it was made, with the ready-made fonts, and all that it was made from."""

    page: ManifestPage
    html: bytes
    drawn: Drawn
    names: frozenset[str]  # addresses of files that it refers to
    framed: frozenset[tuple[str, str]]  # pictures of the site's own, and the frames that they were put into
    basis: Basis
    own: tuple[Copy | Term | None, ...]
    reads: Reads


class Unreadable(Failed):
    """A picture that was found broken when it was asked for."""

    def __init__(self, generation: Generation, path: str, why: NoPicture) -> None:
        """`path` is the picture's in the site."""
        super().__init__(unreadable(generation.site, generation.funnel, path, why, sources=generation.sources))
        self.file = generation.site.files[path]
        self.why = why


class Shelf:
    """The files that pages refer to, by address. An address has its content's hash in it, so they never collide."""

    def __init__(self) -> None:
        self.published: dict[str, File] = {}
        self.variants: dict[str, Variant] = {}

    def prune(self, named: frozenset[str]) -> None:
        """Forget what no page names any more."""
        self.published = {address: file for address, file in self.published.items() if address in named}
        self.variants = {address: it for address, it in self.variants.items() if unquote(address) in named}


class Generation:
    """One state of a site that can be shown."""

    def __init__(
        self,
        site: Site,
        funnel: Funnel,
        mode: Mode,
        renderer: Renderer,
        *,
        sources: Mapping[str, str],
        sink: str | None,
        before: Generation | None = None,
    ) -> None:
        """`sources` are the texts of the site's files, `sink` takes the pages' events, if any; `before` came before."""
        self.site = site
        self.funnel = funnel
        self.mode = mode
        self.renderer = renderer
        self.sources = sources
        basis = Basis.of(site, mode, renderer)
        self.basis: Basis = before.basis if before and _same(before.basis, basis) else basis
        same_theme = before is not None and before.renderer is renderer
        self.fitted: Fitted = before.fitted if before and same_theme else Fitted()
        self.shelf: Shelf = before.shelf if before else Shelf()
        self._log = Log()
        self.edition = edition_of(watched(site, self._log), funnel, mode, renderer, sink=sink)
        self.jobs: Mapping[str, Job] = {job.address: job for job in jobs_of(self.edition)}
        self.lock = RLock()
        self.players: set[str] = set()  # hosts of video players on the pages made so far
        self._styles: dict[str, None] = {}
        self._made: dict[str, Made] = {}
        self._fitted_to: tuple[frozenset[str], frozenset[str]] | None = None
        if before and same_theme:
            self._fitted_to = before._fitted_to
        self.finished = False
        made = before.known() if before else {}
        self._old = {address: it for address, it in made.items() if address in self.jobs}
        # To tell what differs: all pages as they were when that was last told, or could have been.
        self._known: dict[str, Made] = made if before is None or before.finished else before._known

    @property
    def comparable(self) -> bool:
        """Whether an earlier generation had all its pages made, so that it can be told which are others now."""
        return bool(self._known)

    def theme_files(self) -> dict[str, bytes]:
        """The theme's fonts and scripts that pages refer to, by path, after the fonts were fitted."""
        files = self.renderer.files()
        fitted = self.fitted
        return {**{path: data for path, data in files.items() if path not in fitted.moved}, **fitted.files}

    def known(self) -> dict[str, Made]:
        """Every page that is made, and those of earlier generations that nobody has asked for since."""
        with self.lock:
            return {**self._old, **self._made}

    def page(self, address: str) -> Made | None:
        """The page of an address, made now if it has to be. Raises Failed where its template is at fault."""
        with self.lock:
            if address in self._made:
                return self._made[address]
            job = self.jobs.get(address)
            if job is None:
                return None
            old = self._old.pop(address, None)
            made = old if old and self._holds(old, job) else self._make(job)
            self._made[address] = made
            self._styles.update(dict.fromkeys(made.drawn.styles))
            self.players |= made.drawn.frame_hosts
            return made

    def html(self, made: Made) -> bytes:
        """A page as visitors get it: with the fonts that were fitted to the site."""
        return self.fitted.readdressed(made.html)

    def styles(self) -> list[str]:
        """The style elements of the pages made so far, as visitors get them."""
        with self.lock:
            return [self.fitted.readdressed(style.encode()).decode() for style in self._styles]

    def left(self) -> list[str]:
        """The addresses of pages that nobody has asked for yet."""
        with self.lock:
            return [address for address in self.jobs if address not in self._made]

    def pages(self) -> Iterator[Made]:
        """Every page, in the order of the site; those that are not made yet are."""
        for address in self.jobs:
            made = self.page(address)
            assert made is not None
            yield made

    def manifest(self) -> Manifest:
        """The manifest, as a build would write it. Makes the pages that are not made yet."""
        pages = tuple(made.page for made in self.pages())
        return make_manifest(self.site, self.funnel, mode=self.mode, links=dict(self.edition.links), pages=pages)

    def finish(self) -> tuple[str, ...]:
        """The addresses of pages that are others than when this was last told; all pages are made by now."""
        with self.lock:
            self.finished = True
            gone = [address for address in self._known if address not in self.jobs]
            pairs = ((address, made, self._known.get(address)) for address, made in self._made.items())
            new = [address for address, made, old in pairs if old is None or old.html != made.html]
            return tuple(new + gone) if self.comparable else ()

    def fit_fonts(self, cache: Path | None) -> None:
        """Fit the fonts to the letters of all pages, which are made by now.

        Raises Failed for a file that is no font.
        """
        pages = list(self.pages())
        letters = frozenset[str]().union(*(made.drawn.letters for made in pages))
        styles = frozenset(style for made in pages for style in made.drawn.styles)
        if self._fitted_to == (letters, styles):
            return
        try:
            fitted = fit(self.renderer.theme, letters, styles, self.renderer.files(), cache=cache)
        except ThemeError as error:
            raise theme_failed(self.site, error) from error
        with self.lock:
            self.fitted, self._fitted_to = fitted, (letters, styles)

    def _holds(self, old: Made, job: Job) -> bool:
        own = len(old.own) == len(job.own) and all(a is b for a, b in zip(old.own, job.own, strict=True))
        return own and old.basis is self.basis and still_hold(old.reads, self.site)

    def _make(self, job: Job) -> Made:
        self._log.begin()
        self.edition.pictures.begin_page()
        try:
            page = job.make()
            drawn = self.renderer.draw(page)
        except ThemeError as error:
            raise theme_failed(self.site, error) from error
        finally:
            reads = self._log.end()
        html, offered = drawn.html.encode(), self.edition.pictures.offered
        self.shelf.published.update(self.edition.published)
        self.shelf.variants.update(offered.variants)
        return Made(
            page=listed(page, job.node),
            html=html,
            drawn=drawn,
            names=frozenset(unquote(name.decode()) for name in _NAMED.findall(html)),
            framed=offered.framed,
            basis=self.basis,
            own=job.own,
            reads=reads,
        )


def _same(one: Basis, two: Basis) -> bool:
    return one.renderer is two.renderer and one.names == two.names and one.settings == two.settings
