"""The frame of the checks: what a rule is, what it is given, what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from funnelgen.diagnostics import Note, Severity, Span
from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.words import Words
from funnelgen.site.models import Config, FrontMatter, Offer, Site, Stack, Step, TermFront

Mode = Literal["demo", "test", "live"]
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
