"""What a page says, in HTML that a host may have rewritten: its words, where its links lead, and what it charges.

Hosts put scripts of their own into pages, take attributes out of forms and write markup another way. A visitor meets
the same page all the same, so that is what a deployed page is compared by.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser

_UNSEEN = frozenset({"script", "style", "template", "iframe", "svg", "noscript"})
_TOLD = {"a": ("href",), "form": ("action", "method")}
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_LONGEST = 70  # characters of a difference that are told


def kind_of(html: str) -> str:
    """The kind of page that funnelgen made, as its body says; empty for a page of somebody else's."""
    found = re.search(r"<body[^>]*\sdata-page=[\"']?([a-z0-9-]+)", html)
    return found[1] if found else ""


def pay_links(html: str) -> dict[str, str]:
    """Where the buttons of a page lead, by the charge that they are for."""
    reader = _Reader()
    reader.feed(html)
    return reader.buttons


def styles_of(html: str) -> list[str]:
    """The texts of a page's style elements."""
    return _STYLE.findall(html)


def difference(deployed: str, built: str) -> str | None:
    """The first thing that a deployed page says other than the built one, in words; None where they say the same."""
    said, due = _said(deployed), _said(built)
    for kind, first, last, start, end in SequenceMatcher(None, said, due, autojunk=False).get_opcodes():
        there, here = " ".join(said[first:last]), " ".join(due[start:end])
        if kind == "replace":
            return f"it says `{_short(there)}`, and the site as it is now `{_short(here)}`"
        if kind == "delete":
            return f"it says `{_short(there)}`, which the site does not say now"
        if kind == "insert":
            return f"it does not say `{_short(here)}`, which the site says now"
    return None


def _said(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.said


class _Reader(HTMLParser):
    """Gathers what a page says, in the order of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.buttons: dict[str, str] = {}
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
            return
        given = {name: value or "" for name, value in attrs}
        if "data-button" in given:
            self.buttons.setdefault(given["data-button"], given.get("href", ""))
        if not self._unseen:
            self.said += [given[name] for name in _TOLD.get(tag, ()) if name in given]

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said += data.split()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
