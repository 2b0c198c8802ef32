"""Links a glossary term where the prose of a page first uses it: never in headings, links, code or buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from xml.etree.ElementTree import Element

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_GAP = re.compile(r"[ \u00a0\n]{1,2}|[-\u2010\u2011/&]| & ")
_CLOSED = {"a", "code", "pre", "button", "h1", "h2", "h3", "h4", "h5", "h6", "th", "summary", "svg", "script", "style"}


class TermIndex:
    """All names of all terms, ready to be found in running text in one pass, however many there are."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (name, address) pairs, aliases included."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, address in names:
            words = tuple(_WORD.findall(name.lower()))
            for last in {words[-1], words[-1] + "s"} if words else ():  # "order bump" is found in "order bumps"
                whole = (*words[:-1], last)
                self._by_first.setdefault(whole[0], []).append((whole, address))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))  # the longest name wins: "order bump" before "order"
        self._firsts = frozenset(self._by_first)

    def find(self, text: str) -> Iterable[tuple[int, int, str]]:
        """(start, end, address) of every name in `text`, from the left, none overlapping."""
        lower = text.lower()
        firsts = self._firsts
        hits = [at for at, word in enumerate(_WORD.findall(lower)) if word in firsts]
        if not hits or len(lower) != len(text):
            return  # most stretches of text have no term at all, and this is where the time goes
        words = list(_WORD.finditer(lower))
        after = 0
        for at in hits:
            match = self._at(text, words, at) if at >= after else None
            if match is not None:
                length, address = match
                after = at + length
                yield words[at].start(), words[after - 1].end(), address

    def _at(self, text: str, words: list[re.Match[str]], at: int) -> tuple[int, str] | None:
        for name, address in self._by_first.get(words[at][0], ()):
            here = words[at : at + len(name)]
            if tuple(w[0] for w in here) == name and all(
                _GAP.fullmatch(text[a.end() : b.start()]) for a, b in pairwise(here)
            ):
                return len(name), address
        return None


class Linker:
    """Links terms in the prose of one page, each at most once. `linked` starts with the page's own address."""

    def __init__(self, index: TermIndex, linked: Iterable[str] = ()) -> None:
        self.index = index
        self.linked = set(linked)

    def link(self, root: Element) -> None:
        """Put links into the tree below `root`, in reading order."""
        self._before_children(root)
        for child in list(root):
            if child.tag not in _CLOSED:
                self.link(child)
            self._after(root, child)

    def _before_children(self, element: Element) -> None:
        if element.text and element.text.strip():
            text, links = self._cut(element.text)
            if links:
                element.text = text
                for number, link in enumerate(links):
                    element.insert(number, link)

    def _after(self, parent: Element, child: Element) -> None:
        if child.tail and child.tail.strip():
            text, links = self._cut(child.tail)
            if links:
                child.tail = text
                at = list(parent).index(child) + 1
                for number, link in enumerate(links):
                    parent.insert(at + number, link)

    def _cut(self, text: str) -> tuple[str, list[Element]]:
        """The text before the first new term, and a link for each with the text that follows it as its tail."""
        head, links, done = text, list[Element](), 0
        for start, end, address in self.index.find(text):
            if address in self.linked:
                continue
            self.linked.add(address)
            before = text[done:start]
            if links:
                links[-1].tail = before
            else:
                head = before
            link = Element("a", {"class": "term", "href": address})
            link.text = text[start:end]
            links.append(link)
            done = end
        if links:
            links[-1].tail = text[done:]
        return head, links
