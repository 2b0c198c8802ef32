"""The creator's words: blocks of copy, and runs of prose between them."""

from __future__ import annotations

from markupsafe import Markup

from funnelgen.pages.views.base import Picture, View


class Entry(View, frozen=True, kw_only=True):
    """One item of a section: a heading, an optional label ("28 min", "Today") and its text."""

    title: str
    label: str = ""
    html: Markup = Markup("")


class Section(View, frozen=True, kw_only=True):
    """A block of the copy (`/// faq`) or a run of plain prose between blocks (`kind == "prose"`)."""

    kind: str
    id: str  # unique on the page, for aria-labelledby
    title: str = ""
    html: Markup = Markup("")
    entries: tuple[Entry, ...] = ()
    items: tuple[Markup, ...] = ()  # list items, where the block is one list (recognise, includes)
    sample: bool = False  # a testimonial that says so of itself
    image: Picture | None = None
    art: str = ""  # person: a drawing of the theme's where there is no photo
    src: str = ""  # video: where it is
    type: str = ""  # video: its media type, if it is a file of the site's own
    player: str = ""  # video: the address that plays it in a frame, after a click
    host: str = ""  # video: whose player that is
    captions: str = ""
    track: bool = False  # video: whether the captions are a file that the browser shows with it
