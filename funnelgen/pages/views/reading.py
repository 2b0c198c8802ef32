"""The parts of pages to read: glossary terms and their index."""

from __future__ import annotations

from funnelgen.pages.views.base import Link, View


class Difference(View, frozen=True, kw_only=True):
    """One row of "How it differs"."""

    term: str
    href: str
    how: str


class Term(View, frozen=True, kw_only=True):
    """A glossary term's own parts; its prose is in the page's sections."""

    name: str
    kind: str
    also: tuple[str, ...]
    definition: str
    differs: tuple[Difference, ...]
    part_of: Link | None
    related: tuple[Link, ...]
    reviewed: str  # a date in the words of the locale, or empty
    previous: Link | None = None
    following: Link | None = None


class Letter(View, frozen=True, kw_only=True):
    """One letter of the glossary index; `terms` is empty where no term begins with it."""

    letter: str
    terms: tuple[tuple[Link, str], ...]  # (link, one-sentence definition)


class FreeOffer(View, frozen=True, kw_only=True):
    """The one free thing a glossary page or the 404 points at."""

    title: str
    text: str
    link: Link
