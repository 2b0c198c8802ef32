"""Asks a page what its scripts in js/ find out, and reads the answers as types."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, convert
from playwright.sync_api import Locator, Page

Answer = TypeVar("Answer")


@cache
def script(name: str) -> str:
    """The text of js/<name>.js."""
    return (Path(__file__).parent / "js" / f"{name}.js").read_text(encoding="utf-8")


def ask(page: Page, name: str, answer: type[Answer]) -> Answer:
    """What js/<name>.js says of a page."""
    return convert(page.evaluate(script(name)), answer)


class Style(Struct, frozen=True):
    """How an element looks."""

    ink: str
    ground: str
    page: str
    shadow: str
    opacity: str
    outline: str
    size: float
    border: str
    border_width: float
    border_ink: str


def style(element: Locator) -> Style:
    """How an element looks now."""
    return convert(element.evaluate(script("style")), Style)


def read_also(page: Page, css: str) -> None:
    """Have a page read a style sheet on top of its own, which its policy would not let it."""
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", css
    )
