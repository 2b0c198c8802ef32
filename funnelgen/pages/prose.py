"""Markdown to HTML: the words of a copy file, with its links resolved, its HTML defused and its terms linked."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from funnelgen.pages.glossary import Linker

# Also inside a word, as Markdown has it; not between figures, where it multiplies.
_EMPHASIS = re.compile(r"(?<![\d*])\*(?=\S)(.{1,300}?)(?<=\S)\*(?![\d*])")
_SIGNS = re.compile(r"[\\`*_\[\]<&]")
_LIST_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d+[.)])[ \t]+(.*)$")


class Prose:
    """The Markdown renderer of one build: made once, since making it costs as much as a page."""

    def __init__(
        self, *, href: Callable[[str, str], str], picture: Callable[[str, str, str, str], str], html: bool
    ) -> None:
        """`href(link, stack)` says where a link leads, or nothing; `html` is whether raw HTML may stand in copy.

        `picture(link, alt, title, stack)` gives a picture's HTML, or nothing where there is none of the site's own.
        """
        self.href = href
        self.picture = picture
        self.html = html
        self.stack = ""
        self.linker: Linker | None = None

    def render(self, text: str, *, stack: str = "", linker: Linker | None = None) -> Markup:
        """Markdown as HTML. `linker`, if given, links glossary terms and remembers which the page has already."""
        if not text.strip():
            return Markup("")
        self.stack, self.linker = stack, linker
        markdown = self._with_code if "```" in text or "~~~" in text else self._markdown
        return Markup(markdown.reset().convert(text))

    def inline(self, text: str, *, stack: str = "", linker: Linker | None = None) -> Markup:
        """Markdown of a single paragraph, without its `<p>`."""
        html = self.render(text, stack=stack, linker=linker).strip()
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            html = html[3:-4]
        return Markup(html)

    def items(self, text: str, *, stack: str = "", linker: Linker | None = None) -> tuple[Markup, ...]:
        """The items of a block that is one list, each as inline HTML."""
        found: list[list[str]] = []
        for line in text.split("\n"):
            item = _LIST_ITEM.match(line)
            if item:
                found.append([item[1]])
            elif line.strip() and found:
                found[-1].append(line.strip())
        return tuple(self.inline("\n".join(lines), stack=stack, linker=linker) for lines in found)

    @cached_property
    def _markdown(self) -> Markdown:
        # Without smarty and toc: they cost more than everything else together, and typed quotes are fine.
        # As objects: by name, the library would search the metadata of everything installed.
        return Markdown(extensions=[TableExtension(), SaneListExtension(), _Copy(self)], output_format="html")

    @cached_property
    def _with_code(self) -> Markdown:
        # Apart, since few sites have fenced code and its extension loads a highlighter where one is installed.
        from markdown.extensions.fenced_code import FencedCodeExtension

        extensions = [TableExtension(), FencedCodeExtension(), SaneListExtension(), _Copy(self)]
        return Markdown(extensions=extensions, output_format="html")


def escaped(text: str) -> str:
    """Words that are to stand in Markdown as they are, whatever signs they have."""
    return _SIGNS.sub(lambda sign: "&lt;" if sign[0] == "<" else "&amp;" if sign[0] == "&" else "\\" + sign[0], text)


def emphasis(text: str) -> Markup:
    """A headline: escaped, with `*stress*` as `<em>`."""
    return Markup(_EMPHASIS.sub(r"<em>\1</em>", str(escape(text))))


def plain(text: str) -> str:
    """A headline's words without its stress marks, for titles."""
    return _EMPHASIS.sub(r"\1", text)


class _Copy(Extension):
    """What funnelgen changes in Python-Markdown: no raw HTML unless asked for, links resolved, terms linked."""

    def __init__(self, prose: Prose) -> None:
        super().__init__()
        self.prose = prose

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        if not self.prose.html:
            md.preprocessors.deregister("html_block")
            md.inlinePatterns.deregister("html")
        md.treeprocessors.deregister("prettify")  # line breaks that only bytes would notice
        # After `inline` (20), which makes links and emphasis; before `unescape` (0).
        md.treeprocessors.register(_Links(md, self.prose), "funnelgen", 5)


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, prose: Prose) -> None:
        super().__init__(md)
        self.prose = prose

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for child in list(parent):
                if child.tag == "a":
                    self._link(child)
                elif child.tag == "img":
                    self._image(parent, child)
                elif child.tag == "table":
                    _table(child)
                elif child.tag == "h1":
                    child.tag = "h2"  # the page has its first heading already
        if self.prose.linker is not None:
            self.prose.linker.link(root)

    def _link(self, link: Element) -> None:
        href = self.prose.href(_unstash(link.attrib.pop("href", "")), self.prose.stack)
        if href:
            link.set("href", href)
        else:
            link.tag = "span"  # a check said so; the words stay

    def _image(self, parent: Element, image: Element) -> None:
        src, alt, title = (_unstash(image.get(name, "")) for name in ("src", "alt", "title"))
        html = self.prose.picture(src, alt, title, self.prose.stack)
        # Where there is none, a check said so; the words stay.
        _replace(parent, image, str(self.md.htmlStash.store(html)) if html else alt)


def _replace(parent: Element, child: Element, words: str) -> None:
    """Put words into the place of an element."""
    at = list(parent).index(child)
    words += child.tail or ""
    parent.remove(child)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _table(table: Element) -> None:
    """Say what the header cells are headers of; a table's first column names its rows."""
    heads = list(table.iter("th"))
    for row in table.iter("tr"):
        for number, cell in enumerate(row):
            if "right" in cell.attrib.pop("style", ""):
                cell.set("class", "num")
            if number == 0:
                cell.tag = "th"
                cell.set("scope", "row")
    for cell in heads:
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = "td"  # an empty corner heads nothing
            cell.attrib.pop("scope", None)
        else:
            cell.set("scope", "col")


def _unstash(text: str) -> str:
    """Python-Markdown keeps an escaped character as STX, its number, ETX until the end."""
    return re.sub("\u0002(\\d+)\u0003", lambda m: chr(int(m[1])), text).replace("\u0002amp\u0003", "&")
