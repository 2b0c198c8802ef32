"""The frame of the checks: what a rule is, what it is given, what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from inspect import getdoc

from msgspec import Struct

from funnelgen.checks.texts import Allowing, Text, addresses_of, bodies_of, texts_of
from funnelgen.diagnostics import Diagnostic, Edit, Note, Severity, Span
from funnelgen.diagnostics.suggest import certain, did_you_mean
from funnelgen.funnel.addresses import Addresses, Target
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import Manifest, Mode
from funnelgen.funnel.words import Words
from funnelgen.money import Money, format_money
from funnelgen.site.models import Site


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that a rule found. `about` are the models whose `allow:` may silence it."""

    message: str
    span: Span | None
    help: str
    notes: tuple[Note, ...] = ()
    about: tuple[Allowing, ...] = ()
    fix: tuple[Edit, ...] = ()


class Built(Struct, frozen=True, kw_only=True):
    """What a build made, for the rules that judge the pages themselves: every file by path, and the manifest."""

    files: Mapping[str, bytes]
    manifest: Manifest


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
    ) -> None:
        self.site = site
        self.funnel = funnel
        self.mode = mode
        self.sources = sources
        self.rules = rules  # all there are
        self.built = built
        self.ran: dict[str, Rule] = {}  # by name
        self.allowed: set[tuple[int, str]] = set()  # (a model's identity, the rule that its `allow:` silenced)

    def say(self, money: Money) -> str:
        """An amount as visitors of the site read it, without decimals where there are none."""
        return format_money(money, self.site.config.locale, short=True)

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """What `{{ … }}` may say, by stack; shared by the rules, so that nothing is worked out twice."""
        return {stack.name: Words(self.site, self.funnel, stack.name) for stack in self.site.stacks}

    @cached_property
    def bodies(self) -> tuple[Text, ...]:
        """The Markdown of every copy file, page and term."""
        return tuple(bodies_of(self.site, self.sources))

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every other text in which `{{ … }}` may stand."""
        return tuple(texts_of(self.site, self.sources))

    @cached_property
    def links(self) -> tuple[tuple[Text, int, str, Target], ...]:
        """Every link of the copy: its text, where in it the link begins, the link as written, where it leads."""
        addresses = Addresses(self.site, self.funnel)
        in_words = [(text, *link) for text in self.bodies for link in text.links()]
        alone = [(text, 0, text.text) for text in addresses_of(self.site, self.sources)]
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
            if not silencing:
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
) -> Finding:
    """A finding, briefly."""
    return Finding(message=message, span=span, help=help, about=about, notes=notes, fix=fix)


def misspelt(word: str, known: Sequence[str], span: Span | None, otherwise: str = "") -> tuple[str, tuple[Edit, ...]]:
    """The help for an unknown word, and its fix where only one other can be meant."""
    meant = certain(word, known)
    fix = (Edit(span, word, meant),) if meant and span else ()
    return did_you_mean(word, known, otherwise=otherwise), fix


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
