"""Reading built pages as a browser would take them apart: elements, attributes, words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "svg", "head"}
BLOCKS = {
    "article", "aside", "blockquote", "body", "button", "details", "div", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "header", "label", "li", "main", "nav", "ol", "p", "section", "summary", "table", "td",
    "th", "tr", "ul",
}  # fmt: skip


class Element:
    """One element: its tag, its attributes, and for scripts and styles its text."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = ""

    def get(self, name: str) -> str:
        """An attribute, or nothing."""
        return self.attributes.get(name, "")


class Document(HTMLParser):
    """A page, read once."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.lines: list[str] = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)
        if tag in BLOCKS or tag == "br":
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data
        if not any(element.tag in SILENT for element in self.open):
            self.lines[-1] += data

    @property
    def words(self) -> str:
        """What a reader sees, a line per block."""
        lines = (re.sub(r"\s+", " ", line).strip() for line in self.lines)
        return "\n".join(line for line in lines if line)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of that name with these attributes (`data_fg` stands for data-fg)."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.elements if e.tag == tag and all(e.get(n) == v for n, v in wanted.items())]

    def links(self) -> Iterator[str]:
        """Every address that the page refers to, whatever for."""
        for element in self.elements:
            if element.tag == "link" and element.get("rel") == "canonical":
                continue
            for name in ("href", "src", "action", "poster", "xlink:href"):
                if name in element.attributes:
                    yield element.get(name)

    def data(self) -> list[Any]:
        """The structured data."""
        return [json.loads(e.text) for e in self.all("script", type="application/ld+json")]

    @property
    def is_hidden(self) -> bool:
        """Whether search engines are told not to list it."""
        return any("noindex" in e.get("content") for e in self.all("meta", name="robots"))
