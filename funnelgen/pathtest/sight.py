"""What a page looks like to a visitor: the types that js/look.js fills."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct


class Shown(Struct, frozen=True, kw_only=True):
    """An amount. `part` is what it is ("price", "total", "row"), `button` the charge on whose button it stands."""

    part: str
    value: str
    currency: str
    text: str
    button: str


class PayLink(Struct, frozen=True, kw_only=True):
    """A button that pays. `reached` is whether a press on its middle gets to it."""

    id: str
    href: str
    part: str
    focusable: bool
    reached: bool


class Decline(Struct, frozen=True, kw_only=True):
    """The way past an offer. `bottom` is measured from the top of the page; all sizes are in CSS pixels."""

    href: str
    height: float
    bottom: float
    words: str
    letters: float
    """How high its letters are."""
    focusable: bool
    reached: bool


class Form(Struct, frozen=True, kw_only=True):
    """A form in the page's main part. `tells` are the names of the fields to write into, as far as they have one."""

    action: str
    method: str
    tells: tuple[str, ...] = ()


class Sight(Struct, frozen=True, kw_only=True):
    """A page as it is seen: nothing that is hidden, but for what machines read."""

    kind: str
    lang: str
    direction: str
    title: str
    noindex: bool
    canonical: str
    headings: tuple[str, ...]
    """The words of the main headings, of which there should be one."""
    amounts: tuple[Shown, ...]
    buttons: tuple[PayLink, ...]
    declines: tuple[Decline, ...]
    rows: tuple[tuple[str, ...], ...]
    """The lines of the order summary: name and amount."""
    terms: tuple[str, ...]
    bumps: tuple[str, ...]
    ticked: int
    links: tuple[str, ...]
    ways: tuple[str, ...]
    """The links in the main part."""
    forms: tuple[Form, ...]
    pay: tuple[str, ...]
    cancel: tuple[str, ...]
    """Where the buttons of a simulated checkout lead."""
    data: tuple[str, ...]
    """The structured data, as JSON."""
    insecure: tuple[str, ...]
    connects: tuple[str, ...]
    """Hosts that the browser is told to connect to beforehand."""
    base: str
    """Where its links start from, if not from the page."""
    refresh: str
    """When and where it goes by itself."""
    width: int
    """For a screen of which width it is laid out."""
    wide: tuple[str, ...]
    """What is wider than the screen, in words."""
    moving: tuple[str, ...]
    """What moves without an end, though the visitor asked for less motion."""


class Glance(Struct, frozen=True, kw_only=True):
    """What tells one page from another at once, and the whole sight unless a page with this mark was seen before."""

    mark: str
    """The same for two pages that are the same, tag by tag and tick by tick."""
    ticked: int
    url: str
    referrer: str
    cookies: bool
    """Whether the page has some that scripts can read."""
    kept: dict[str, dict[str, str]]
    """What the browser kept for the page when it was opened: its storages, by name."""
    settled: bool = True
    """Whether presses reach the page: none does while it fades in."""
    kinds: tuple[str, ...] = ()
    """The kinds of elements that are shown, as a style sheet tells them apart. Empty without a sight."""
    sight: Sight | None


@cache
def look_script() -> str:
    """The script that looks at a page. It takes the marks of those that were seen before, and answers with a Glance."""
    return _script("look.js")


@cache
def keep_script() -> str:
    """The script that runs before any other on a page: gives the browser what the visitor kept until now."""
    return _script("keep.js")


def _script(name: str) -> str:
    return (Path(__file__).parent / "js" / name).read_text(encoding="utf-8")
