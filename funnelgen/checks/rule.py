"""The frame of the checks: what a rule is, what it is given, what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from funnelgen.checks.texts import Allowing, KeptTexts, Text, Written, texts_of, written_of
from funnelgen.diagnostics import Diagnostic, Edit, Note, Severity, Span
from funnelgen.diagnostics.suggest import misspelt as misspelt  # rules find it here
from funnelgen.funnel.addresses import Addresses, Target
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import Manifest, Mode
from funnelgen.funnel.words import Words
from funnelgen.money import Money, format_money
from funnelgen.site.models import Site
from funnelgen.site.pictures import NoPicture, PictureFile, look


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that a rule found. `about` are the models whose `allow:` may silence it.

    What is `only_live` is said of a site that goes live, what is `not_demo` of one that has payment links; a draft
    keeps its `allow:` for either, which is not idle.
    """

    message: str
    span: Span | None
    help: str
    notes: tuple[Note, ...] = ()
    about: tuple[Allowing, ...] = ()
    fix: tuple[Edit, ...] = ()
    only_live: bool = False
    not_demo: bool = False

    def is_said(self, mode: Mode) -> bool:
        """Whether it matters in that mode."""
        return mode == "live" or (not self.only_live and (mode == "test" or not self.not_demo))


class Contrast(Struct, frozen=True, kw_only=True):
    """Two colours of the theme that are too near to each other, by name and as they are, with WCAG's ratio."""

    scheme: str
    text: str
    ground: str
    colours: tuple[str, str]
    ratio: float
    wanted: float
    nearest: str  # the nearest colour for `text` that would do


class Framed(Struct, frozen=True, kw_only=True):
    """A picture in a frame of the theme. `shown(width, height)` is how wide one of that size stands in it at most."""

    path: str
    shown: Callable[[int, int], int]


class Built(Struct, frozen=True, kw_only=True):
    """What a build made, for the rules that judge the pages themselves: every file by path, and the manifest."""

    files: Mapping[str, bytes]
    manifest: Manifest
    low_contrasts: tuple[Contrast, ...] = ()
    untranslated: Mapping[str, tuple[str, ...]] = {}  # keys of fixed words that are English in another locale
    framed: tuple[Framed, ...] = ()
    drawings: tuple[str, ...] = ()  # those of the theme, by name
    lacking: Mapping[str, str] = {}  # letters of the pages that a font of the theme does not have, by its family


class Subject:
    """What the rules look at: a site, its funnel, the mode that is to be built, and, once it is, what was built."""

    def __init__(
        self,
        site: Site,
        funnel: Funnel,
        *,
        mode: Mode,
        sources: Mapping[str, str],
        rules: Sequence[Rule],
        built: Built | None = None,
        kept: KeptTexts | None = None,
    ) -> None:
        """`kept` has the texts of earlier checks of the same site."""
        self.site = site
        self.funnel = funnel
        self.mode = mode
        self.sources = sources
        self.rules = rules  # all there are
        self.built = built
        self.ran: dict[str, Rule] = {}  # by name
        self.allowed: set[tuple[int, str]] = set()  # (a model's identity, the rule that its `allow:` silenced)
        self._pictures: dict[str, PictureFile | NoPicture] = {}
        self._kept = kept or KeptTexts()
        self.broken = False  # whether there is an error, so that other rules may have found nothing to look at

    def say(self, money: Money) -> str:
        """An amount as visitors of the site read it, without decimals where there are none."""
        return format_money(money, self.site.config.locale, short=True)

    def locale_at(self, text: Text) -> str:
        """The locale of the page on which a text stands: its stack's, or the site's."""
        return self.site.config.locale if id(text.about) in self._of_site else self.site.locale_of(text.stack)

    @cached_property
    def _of_site(self) -> frozenset[int]:
        """What belongs to no stack, by identity: site.yaml, the glossary, and the site's own pages."""
        pages = [page.front for page in self.site.pages.values() if not page.stack]
        terms = [term.front for term in self.site.glossary.values()]
        return frozenset(map(id, (self.site.config, *pages, *terms)))

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The locales that pages of the site are in, its own first."""
        return tuple(dict.fromkeys((self.site.config.locale, *(self.site.locale_of(s.name) for s in self.site.stacks))))

    def picture(self, path: str) -> PictureFile | NoPicture:
        """What a file of the site is that is shown as a picture; looked at once."""
        if path not in self._pictures:
            self._pictures[path] = look(self.site.files[path])
        return self._pictures[path]

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """What `{{ … }}` may say, by stack; shared by the rules, so that nothing is worked out twice."""
        return {stack.name: Words(self.site, self.funnel, stack.name) for stack in self.site.stacks}

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """The Markdown files with their texts."""
        self._kept.begin()
        return tuple(written_of(self.site, self.sources, self._kept))

    @cached_property
    def bodies(self) -> tuple[Text, ...]:
        """The Markdown of every copy file, page and term."""
        return tuple(text for written in self.written for text in written.bodies)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every other text in which `{{ … }}` may stand."""
        in_files = (text for written in self.written for text in written.texts)
        return (*in_files, *texts_of(self.site, self.sources))

    @cached_property
    def links(self) -> tuple[tuple[Text, int, str, Target], ...]:
        """Every link of the copy: its text, where in it the link begins, the link as written, where it leads."""
        addresses = Addresses(self.site, self.funnel)
        in_words = [(text, *link) for text in self.bodies for link in text.links]
        alone = [(text, 0, text.text) for written in self.written for text in written.addresses]
        return tuple((t, start, link, addresses.resolve(link, t.stack)) for t, start, link in (*in_words, *alone))


class Rule(Struct, frozen=True):
    """A rule. Its `check` is one function whose docstring is the rule's documentation.

    A rule `of_output` judges built pages: it runs when there are some, and finds `subject.built` filled.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[Subject], Iterable[Finding]]
    of_output: bool = False

    @property
    def doc(self) -> str:
        """What is to be known about the rule, as `funnelgen.explain` reads it."""
        from inspect import getdoc  # only who asks pays for the import

        return getdoc(self.check) or ""

    @property
    def can_be_allowed(self) -> bool:
        """Whether an `allow:` with a reason silences it. An error is never right."""
        return self.severity is not Severity.ERROR

    def run(self, subject: Subject) -> Iterator[Diagnostic]:
        """What it finds, but for what an `allow:` silences."""
        subject.ran[self.name] = self
        for finding in self.check(subject):
            silencing = [model for model in finding.about if self.name in model.allow] if self.can_be_allowed else []
            subject.allowed.update((id(model), self.name) for model in silencing)
            if not silencing and finding.is_said(subject.mode):
                subject.broken |= self.severity is Severity.ERROR
                yield Diagnostic(
                    code=self.code,
                    name=self.name,
                    severity=self.severity,
                    message=finding.message,
                    span=finding.span,
                    help=finding.help,
                    notes=finding.notes,
                    fix=finding.fix,
                )


def found(
    message: str,
    span: Span | None,
    help: str,
    *about: Allowing,
    notes: tuple[Note, ...] = (),
    fix: tuple[Edit, ...] = (),
    only_live: bool = False,
    not_demo: bool = False,
) -> Finding:
    """A finding, briefly."""
    return Finding(
        message=message,
        span=span,
        help=help,
        about=about,
        notes=notes,
        fix=fix,
        only_live=only_live,
        not_demo=not_demo,
    )


def note(span: Span | None, text: str) -> tuple[Note, ...]:
    """A second place, if it is known."""
    return (Note(span, text),) if span else ()


def allowing(site: Site) -> Iterator[Allowing]:
    """Every model of the site that can have an `allow:`."""
    yield site.config
    for stack in site.stacks:
        yield stack
        yield from stack.offers.values()
        for step in stack.steps:
            yield step
            if step.downsell:
                yield step.downsell
    for copy in (*site.copy.values(), *site.pages.values()):
        yield copy.front
    for term in site.glossary.values():
        yield term.front
