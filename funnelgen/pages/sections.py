"""Blocks of copy as sections of a page: worded, rendered, linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from funnelgen.pages.edition import Edition
from funnelgen.pages.glossary import Linker
from funnelgen.pages.prose import emphasis
from funnelgen.pages.videos import file_type, player_of
from funnelgen.pages.views import Entry, Section
from funnelgen.site.models import Offer
from funnelgen.site.writing import Block

LISTS = {"recognise", "includes"}


class Sections(Struct, frozen=True, kw_only=True):
    """A page's copy, sorted: what keeps its order, and what has a place of its own."""

    flow: tuple[Section, ...] = ()
    quotes: tuple[Section, ...] = ()
    faq: Section | None = None
    guarantee: Section | None = None


def sections_of(
    edition: Edition, blocks: Iterable[Block], stack: str, linker: Linker | None, offer: Offer | None = None
) -> Sections:
    """Render the blocks of a copy file in the order of the file, so that the first use of a term is the one linked."""
    flow, quotes = [], []
    faq = guarantee = None
    for number, block in enumerate(blocks, 1):
        section = _section(edition, block, f"s{number}", stack, linker, offer)
        if block.name == "testimonial":
            quotes.append(section)
        elif block.name == "faq":
            faq = section
        elif block.name == "guarantee":
            guarantee = section
        else:
            flow.append(section)
    return Sections(flow=tuple(flow), quotes=tuple(quotes), faq=faq, guarantee=guarantee)


def _section(
    edition: Edition, block: Block, id: str, stack: str, linker: Linker | None, offer: Offer | None
) -> Section:
    title = edition.say(block.title, stack)
    options = block.options
    return Section(
        kind=block.name,
        id=id,
        title=title,
        html=Markup("") if block.items or block.name in LISTS else edition.markdown(block.body, stack, linker),
        entries=tuple(
            Entry(
                title=edition.say(item.title, stack),
                label=edition.say(item.label, stack),
                html=edition.markdown(item.body, stack, linker),
            )
            for item in block.items
        ),
        items=_items(edition, block, stack, linker, offer),
        sample=options.get("sample") == "true",
        image=edition.pictures.view(
            options.get("image") or options.get("poster"),
            options.get("alt", ""),
            "still" if block.name == "video" else "portrait",
        ),
        art=options.get("art", "portrait" if block.name == "person" else ""),
        **_video(edition, options, stack),
    )


def _video(edition: Edition, options: Mapping[str, str], stack: str) -> dict[str, Any]:
    """Where a block's video is, and how it plays."""
    src, captions = (edition.href(options.get(name, ""), stack) for name in ("src", "captions"))
    own, player = file_type(src) if src.startswith("/assets/") else "", player_of(src)
    return {
        "src": src,
        "type": own,
        "player": player.address if player else "",
        "host": player.name if player else "",
        "captions": captions,
        "track": bool(own) and captions.startswith("/assets/") and captions.endswith(".vtt"),
    }


def _items(
    edition: Edition, block: Block, stack: str, linker: Linker | None, offer: Offer | None
) -> tuple[Markup, ...]:
    if block.name not in LISTS:
        return ()
    if block.body or offer is None:
        return edition.prose.items(edition.say(block.body, stack), stack=stack, linker=linker)
    return tuple(emphasis(edition.say(thing, stack)) for thing in offer.includes)
