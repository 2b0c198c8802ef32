"""The models of what is written in Markdown: copy, free pages and glossary, with their front matter and blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from funnelgen.diagnostics import Span
from funnelgen.site.base import Allowed, Model, says
from funnelgen.site.kinds import Date, Id, Line, Path, Prose


class Item(Struct, frozen=True, kw_only=True):
    """An item of a block: a `###` heading, an optional label after ` | `, the Markdown below."""

    title: str
    label: str = ""
    body: str = ""
    line: int = 1


class Block(Struct, frozen=True, kw_only=True):
    """A stretch of copy: plain prose (`name == "prose"`) or a `/// name | title` block."""

    name: str
    span: Span
    title: str = ""
    body: str = ""
    body_line: int = 1  # the file's line on which the body begins
    options: Mapping[str, str] = {}
    items: tuple[Item, ...] = ()


class FrontMatter(Model, frozen=True, kw_only=True):
    """The keys at the top of a copy file; each has a default from the offer."""

    headline: Annotated[Prose | None, says("The page's first line; `*stress*` is allowed.")] = None
    subhead: Annotated[Prose | None, says("The sentence below it.")] = None
    eyebrow: Annotated[Line | None, says("A few words above it, cut at ` · `.", "Free audio · 5 minutes")] = None
    title: Annotated[Line | None, says("The title in the browser's tab and in search results.")] = None
    description: Annotated[Prose | None, says("The page in one sentence, for search results.")] = None
    image: Annotated[Path | None, says("A picture in assets/.", "assets/hero.jpg")] = None
    alt: Annotated[Line | None, says("What the picture shows.")] = None
    art: Annotated[Id | None, says("Another of the theme's drawings, where there is no picture.", "calls")] = None
    accept: Annotated[Line | None, says("The button's words, without the amount.", "Get the course")] = None
    decline: Annotated[Line | None, says("The decline link's words.", "No thanks, continue without the calls")] = None
    note: Annotated[Prose | None, says("Under the opt-in form: what happens to the address.")] = None
    consent: Annotated[
        Prose | None, says("Beside a box that comes unticked: what a visitor agrees to beyond the free thing.")
    ] = None
    updated: Annotated[Date | None, says("When a legal page was last changed.", "2026-11-21")] = None
    allow: Allowed = {}


class Copy(Struct, frozen=True, kw_only=True):
    """A copy file or free page: front matter and blocks. `name` is the step's id or the page's name."""

    name: str
    stack: str = ""
    file: str
    front: FrontMatter
    blocks: tuple[Block, ...] = ()


class Difference(Model, frozen=True, kw_only=True):
    """How a term differs from a neighbour."""

    term: Annotated[Line, says("The other term's name or its file's name.", "upsell")]
    how: Annotated[Prose, says("In what it differs.")]


class TermFront(Model, frozen=True, kw_only=True):
    """The keys at the top of a glossary file."""

    term: Annotated[Line, says("The term.", "Order bump")]
    definition: Annotated[Prose | None, says("The definition in one sentence.")] = None
    also: Annotated[tuple[Line, ...], says("Other names that link here as well.", "checkout add-on")] = ()
    kind: Annotated[Line | None, says("Part of speech, where it is no noun.", "verb")] = None
    differs: Annotated[tuple[Difference, ...], says("How it differs from its neighbours.")] = ()
    part_of: Annotated[Line | None, says("The topic it belongs to: `page:NAME` or a term's file name.")] = None
    related: Annotated[tuple[Id, ...], says("Related terms, by file name.", "tripwire")] = ()
    reviewed: Annotated[Date | None, says("When somebody last read it with care.", "2026-11-21")] = None
    title: Annotated[Line | None, says("The title in the browser's tab and in search results.")] = None
    description: Annotated[Prose | None, says("The page in one sentence, for search results.")] = None
    allow: Allowed = {}


class Term(Struct, frozen=True, kw_only=True):
    """A glossary file."""

    slug: str
    file: str
    front: TermFront
    blocks: tuple[Block, ...] = ()
