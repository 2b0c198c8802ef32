"""A text as its reader hears it: without markup, cut into sentences, every character still at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from funnelgen.checks.texts import Text

# What a reader does not hear is blanked at equal length, so that places hold. Each expression is bounded, so that no
# text takes longer than its length deserves.
_TABLE_ROW = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_EXPRESSION = re.compile(r"\{\{[^{}]{0,300}\}\}|\{%[^{}]{0,300}%\}")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,900}>")
_ADDRESS = re.compile(r"\]\([^()\s]{0,900}(?:\([^()\s]{0,90}\))?[^()]{0,300}\)|<[a-z]{2,9}:[^<>\s]{1,900}>", re.I)
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_MARKUP = str.maketrans(
    dict.fromkeys("¡¿*_[]>#\\\u00a0\u202f\t", " ") | dict.fromkeys("’‘", "'") | dict.fromkeys("“”„«»", '"')
)

# A line that goes on in the next is one sentence; a heading, a list item and an empty line are not.
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t][^\n]*\n", re.MULTILINE)
_SOFT = re.compile(r"\n(?![ \t]*(?:\n|[-*+][ \t]|\d{1,3}[.)][ \t]|#{1,6}[ \t]))")
_BREAK = "\x1e"
_END = re.compile(rf"(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s)|[\n{_BREAK}]+")
_LONGEST = 1000  # characters; what is longer is no sentence, and is cut
_SPACE = re.compile(r"\s+")


class Sentence(Struct, frozen=True):
    """A sentence in lower case, and where it begins."""

    text: str
    start: int

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip(" \"')").endswith("?")


class Plain:
    """A text without its markup: `text` as it is written, `low` in lower case, both as long as the original."""

    def __init__(self, source: Text) -> None:
        self.source = source
        self.text = _plain(source.prose)
        self.low = _lower(self.text)

    def words(self, start: int, end: int) -> str:
        """A part of it, for a message."""
        said = _SPACE.sub(" ", self.text[start:end])
        return said if len(said) <= 60 else said[:59].rstrip() + "…"

    def is_linked(self, start: int, end: int) -> bool:
        """Whether a link stands in that part."""
        return "](" in self.source.text[start:end]

    def is_heading(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a heading."""
        text = self.source.text
        return text.startswith("#", text.rfind("\n", 0, sentence.start) + 1)

    def sentences(self, unfinished: re.Pattern[str]) -> Iterator[Sentence]:
        """Its sentences, in order. A full stop after what `unfinished` matches ("e.g", "28") ends none."""
        low, start = self.low, 0
        for mark in _END.finditer(low):
            end = mark.end()
            if low[mark.start()] == "." and unfinished.search(low, max(0, mark.start() - 12), mark.start()):
                continue
            yield from self._cut(start, end)
            start = end
        yield from self._cut(start, len(low))

    def _cut(self, start: int, end: int) -> Iterator[Sentence]:
        for begin in range(start, end, _LONGEST):
            if words := self.low[begin : min(begin + _LONGEST, end)].strip():
                yield Sentence(words, self.low.index(words[0], begin))


def _plain(text: str) -> str:
    if "|" in text:
        text = _TABLE_ROW.sub(_blank, text)
    if "{" in text:
        text = _EXPRESSION.sub(lambda found: "¤".ljust(len(found[0])), text)
    if "](" in text or "<" in text:
        text = _ADDRESS.sub(_blank, text)
        for opening, closing in _HIDDEN:
            text = _without(text, opening, closing)
        text = _TAG.sub(_blank, text)
    if "\n" in text:
        text = _HEADING.sub(lambda found: found[0][:-1] + _BREAK, text)
        text = _SOFT.sub(" ", text)
    return text.translate(_MARKUP)


def _without(text: str, opening: str, closing: str) -> str:
    """The text with what stands between two marks blanked out, and the marks with it."""
    out, after = [], 0
    while (start := text.find(opening, after)) >= 0 and (end := text.find(closing, start)) >= 0:
        end += len(closing)
        out += [text[after:start], re.sub(r"[^\n]", " ", text[start:end])]
        after = end
    return "".join((*out, text[after:]))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)  # "İ" becomes two
