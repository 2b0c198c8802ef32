"""Cut single sections out of a built page, with the elements around them, so that its style sheet reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

from msgspec import Struct

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Marked(Struct, frozen=True, kw_only=True):
    """A page's text with what was found in it: its elements and its marked sections, by where they begin and end."""

    html: str
    style: str
    elements: tuple[tuple[int, int, int, int], ...]  # start tag from, to; end tag from, to
    sections: tuple[tuple[str, int, int], ...]  # name, from, to; in the order in which they begin


def mark(name: str, html: str) -> str:
    """Put a section between two comments: what a build is given as `mark`."""
    return f"<!--{name}-->{html}<!--/{name}-->"


def read_marked(html: str) -> Marked:
    """Find elements and sections in a page that was built with `mark`."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return Marked(
        html=html,
        style=html.partition("<style>")[2].partition("</style>")[0],
        elements=tuple(sorted(reader.elements)),
        sections=tuple(sorted(reader.sections, key=lambda section: (section[1], -section[2]))),
    )


def place_of(page: Marked, name: str, number: int = 0) -> tuple[int, int] | None:
    """Where the section called `name` stands, the first or (number 1) the second; None where there are not so many."""
    found = [(start, end) for section, start, end in page.sections if section == name]
    return found[number] if number < len(found) else None


def cut_out(page: Marked, places: Iterable[tuple[int, int]], *, title: str, style: str, ending: str = "") -> str:
    """Return a document with nothing but `places` and the elements around them, `style` as its style sheet.

    `ending` comes before the end of the body.
    """
    kept = sorted(places)
    pieces: list[tuple[int, str]] = [(start, page.html[start:end]) for start, end in kept]
    for start, opened, closing, end in page.elements:
        around = any(opened <= place[0] and place[1] <= closing for place in kept)
        within = any(place[0] <= start and end <= place[1] for place in kept)
        if around and not within:
            pieces += [(start, page.html[start:opened]), (closing, page.html[closing:end])]
    pieces.sort(key=lambda piece: piece[0])
    head = _HEAD.format(title=escape(title), style=style)
    html, *rest = (text for _, text in pieces)
    body = "".join(rest).replace("</body>", f"{ending}</body>")
    return f"<!doctype html>\n{html}\n{head}\n{body}\n"


_HEAD = """\
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
<style>body{{min-block-size:0}}</style>
</head>"""


class _Reader(HTMLParser):
    """Notes where elements and marks begin and end. Templates close what they open, void elements apart."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0, *(at + 1 for at, letter in enumerate(html) if letter == "\n")]
        self._open: list[tuple[str, int, int]] = []
        self._begun: list[tuple[str, int]] = []
        self.elements: list[tuple[int, int, int, int]] = []
        self.sections: list[tuple[str, int, int]] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element that will have an end."""
        if tag not in VOID:
            self._open.append((tag, self._at(), self._at() + len(self.get_starttag_text() or "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what has no inside: parts of drawings."""

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        while self._open:
            name, start, opened = self._open.pop()
            if name == tag:
                closing = self._at()
                self.elements.append((start, opened, closing, closing + len(f"</{tag}>")))
                return

    def handle_comment(self, data: str) -> None:
        """Begin a section or end it."""
        if not data.startswith("/"):
            self._begun.append((data, self._at() + len(f"<!--{data}-->")))
        elif self._begun and self._begun[-1][0] == data[1:]:
            name, start = self._begun.pop()
            self.sections.append((name, start, self._at()))
