"""What must hold on every page, whatever it sells: that it is the right one, and that it fits."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.pages.strings import is_rtl
from funnelgen.pathtest.facts import Facts
from funnelgen.pathtest.sight import Sight


def identity(sight: Sight, facts: Facts) -> Iterator[str]:
    """It is the page that should be there, with its title, one main heading, its language, listed or not."""
    page = facts.page
    if sight.kind != page.kind:
        this = f"this is a page of kind `{sight.kind}`" if sight.kind else "this is no page that funnelgen made"
        yield f"{this}, and should be one of kind `{page.kind}`"
    if sight.title != page.title:
        this = f"the title is `{sight.title}`" if sight.title else "there is no title"
        yield f"{this}, and should be `{page.title}`"
    if len(sight.headings) != 1 or not sight.headings[0]:
        yield f"it has {len(sight.headings)} main headings that can be read, and should have one"
    if page.locale and sight.lang != page.locale:
        this = f"its language is said to be `{sight.lang}`" if sight.lang else "it says no language"
        yield f"{this}, and is in `{page.locale}`"
    turned = "rtl" if is_rtl(page.locale) else "ltr"
    if page.locale and sight.direction != turned:
        ways = {"rtl": "from right to left", "ltr": "from left to right"}
        yield f"it reads {ways[sight.direction]}, and `{page.locale}` {ways[turned]}"
    here = (facts.manifest.site.url or "").rstrip("/") + page.address
    if facts.manifest.site.url and sight.canonical not in ("", here):
        yield f"search engines are told that it is `{sight.canonical}`, and it is `{here}`"
    if sight.noindex == page.indexed:
        yield "search engines may list it, and must not" if page.indexed is False else "search engines are told to pass"


def layout(sight: Sight, facts: Facts) -> Iterator[str]:
    """It is laid out for the screen, nothing is wider, and nothing moves on and on before who asked for less motion."""
    if sight.width > facts.device.width:
        yield f"the page is laid out for a screen of {sight.width} px, and this one has {facts.device.width}"
    yield from sight.wide
    yield from (f"{it} moves without an end, though the visitor asked for less motion" for it in sight.moving)


def secure(sight: Sight, facts: Facts) -> Iterator[str]:
    """Nothing is loaded from, or sent to, an address without encryption."""
    yield from (f"{address} is not encrypted (mixed content)" for address in sight.insecure)
