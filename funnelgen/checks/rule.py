"""The frame of the checks: what a rule is, what it is given, what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from funnelgen.checks.texts import Text, addresses_of, bodies_of, texts_of
from funnelgen.diagnostics import Note, Severity, Span
from funnelgen.funnel.addresses import Addresses, Target
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import Mode
from funnelgen.funnel.words import Words
from funnelgen.site.models import Config, FrontMatter, Offer, Site, Stack, Step, TermFront

Allowing = Config | Stack | Step | Offer | FrontMatter | TermFront
"""The models that have an `allow:` key."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that a rule found. `about` are the models whose `allow:` may silence it."""

    message: str
    span: Span | None
    help: str
    notes: tuple[Note, ...] = ()
    about: tuple[Allowing, ...] = ()


class Subject:
    """What the rules look at: a site, its funnel, and the mode that is to be built."""

    def __init__(self, site: Site, funnel: Funnel, mode: Mode, sources: Mapping[str, str]) -> None:
        self.site = site
        self.funnel = funnel
        self.mode = mode
        self.sources = sources

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
    """A rule. Its `check` is one function whose docstring is the rule's documentation."""

    code: str
    name: str
    severity: Severity
    check: Callable[[Subject], Iterable[Finding]]


def found(message: str, span: Span | None, help: str, *about: Allowing, notes: tuple[Note, ...] = ()) -> Finding:
    """A finding, briefly."""
    return Finding(message=message, span=span, help=help, about=about, notes=notes)


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
