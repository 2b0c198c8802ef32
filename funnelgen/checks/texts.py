"""The texts of a site with their places: what the rules about words look through."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct

from funnelgen.diagnostics import Span
from funnelgen.diagnostics.rows import rows_of
from funnelgen.site.models import Config, Offer, Site, Stack, Step
from funnelgen.site.writing import Block, Copy, Difference, FrontMatter, Term, TermFront

Allowing = Config | Stack | Step | Offer | FrontMatter | TermFront
"""The models that have an `allow:` key."""

T = TypeVar("T")

# Bounded wherever a part may repeat, so that no text, however odd, takes longer than its length deserves.
_BEYOND = 10**6  # a column behind the end of every line
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([`~]*)(.*)$")
_CODE = re.compile(r"(?<!`)(`++).{1,2000}?(?<!`)\1(?!`)", re.DOTALL)

_LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1000}\]\(\s*<?((?:[^\s()>]|\([^\s()>]*\))*)"
    r"|^ {0,3}\[[^\[\]^]{1,300}\]:\s*<?(\S+?)>?(?:\s+[\"'(][^\n]*)?\s*$"
    r"|<([A-Za-z][\w+.-]*:[^\s<>]*)>",
    re.MULTILINE,
)


class Text:
    """One text of the site, with its place: enough to point at any part of it.

    `role` is what it is for: a key ("headline", "decline", "pitch", "description"), a block's name ("prose", "faq",
    "example") for a body, and "title of faq" for what stands behind its bar. `about` is the model whose `allow:` is the
    nearest to it.
    """

    def __init__(
        self, text: str, span: Span | None, stack: str, sources: Mapping[str, str], *, role: str, about: Allowing
    ) -> None:
        self.text = text
        self.span = span
        self.stack = stack
        self.sources = sources
        self.role = role
        self.about = about
        self._known: dict[Hashable, Any] = {}

    def once(self, what: Hashable, find: Callable[[], T]) -> T:
        """What `find` finds in this text, looked for once: a text that does not change is judged again and again.

        `what` names it, with everything besides the text that it depends on.
        """
        if what not in self._known:
            self._known[what] = find()
        known: T = self._known[what]
        return known

    @cached_property
    def prose(self) -> str:
        """The text with its code blanked out, at equal length, so that places hold."""
        if "`" not in self.text and "~~~" not in self.text:
            return self.text
        return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), _without_fenced(self.text))

    @property
    def is_quoted(self) -> bool:
        """Whether the text stands between quotes in its file, as YAML has them."""
        span = self.span
        row = rows_of(self.sources.get(span.file, ""))[span.line - 1 : span.line] if span else []
        return bool(span and row and row[0][span.column - 1 : span.column] in ("'", '"'))

    @cached_property
    def links(self) -> tuple[tuple[int, str], ...]:
        """Every link with where it begins: inline (one may be empty), by reference, and in angle brackets."""
        return tuple(self._links())

    def _links(self) -> Iterator[tuple[int, str]]:
        if "](" not in self.text and "]:" not in self.text and "<" not in self.text:
            return
        for match in _LINK.finditer(self.prose):
            group = next(g for g in (1, 2, 3) if match[g] is not None)
            if "{{" not in match[group] and (match[group] or self.prose.startswith((")", ">)"), match.end())):
                yield match.start(group), match[group]

    def at(self, start: int, length: int) -> Span | None:
        """Where a part of the text stands. Found again in the file, since YAML may have folded or quoted it."""
        span = self.span
        if span is None:
            return None
        part = self.text[start : start + length].split("\n")[0]
        lines = rows_of(self.sources.get(span.file, ""))
        if self._shift is not None and part:
            row = bisect_right(self._starts, start) - 1
            number, column = span.line + row, start - self._starts[row] + 1 + (self._shift if row == 0 else 0)
            return Span(span.file, number, column, number, column + len(part))
        ahead = self.text.count(part, 0, start)
        for number in range(span.line, min(max(span.end_line, span.line) + 1, len(lines) + 1)):
            line = lines[number - 1]
            column = line.find(part, span.column - 1 if number == span.line else 0)
            while column >= 0 and part:
                if not ahead:
                    return Span(span.file, number, column + 1, number, column + 1 + len(part))
                ahead -= 1
                column = line.find(part, column + 1)
        return span if span.end_column < _BEYOND else Span(span.file, span.line, span.column)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line of the text begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _shift(self) -> int | None:
        """How far into its first line the text begins, if it stands in the file letter by letter."""
        span, first, *more = self.span, *self.text.split("\n")
        if span is None or not self.text:
            return None
        lines = rows_of(self.sources.get(span.file, ""))[span.line - 1 : span.line + len(more)]
        at = lines[0].find(first, span.column - 1) if len(lines) == len(more) + 1 else -1
        return at if at >= 0 and all(map(str.startswith, lines[1:], more)) else None


def _without_fenced(text: str) -> str:
    """The text with its fenced code blanked out. A fence that nothing closes begins none."""
    rows = text.split("\n")
    fences = [(number, found) for number, row in enumerate(rows) if (found := _FENCE.match(row))]
    unclosed: dict[str, int] = {}  # the length of the shortest fence that nothing closes, by its sign
    after = 0
    for at, (number, found) in enumerate(fences):
        fence = found[1]
        if number < after or len(fence) >= unclosed.get(fence[0], len(text) + 1):
            continue
        end = next((fences[n][0] for n in range(at + 1, len(fences)) if _closes(fences[n][1], fence)), None)
        if end is None:
            unclosed[fence[0]] = len(fence)
            continue
        after = end + 1
        rows[number:after] = [" " * len(row) for row in rows[number:after]]
    return "\n".join(rows)


def _closes(found: re.Match[str], fence: str) -> bool:
    return found[1].startswith(fence) and not found[3].strip()


class Written(Struct, frozen=True, kw_only=True):
    """The texts of one Markdown file."""

    item: Copy | Term
    stack: str
    source: str
    whole: Text
    bodies: tuple[Text, ...]  # the line below the headline, then block by block
    texts: tuple[Text, ...]  # every other text in which `{{ … }}` may stand: block titles and front matter
    addresses: tuple[Text, ...]  # links that are written by themselves: a video and its captions

    @classmethod
    def of(cls, item: Copy | Term, stack: str, source: str) -> Written:
        """The texts of an item, whose file reads `source`."""
        sources = {item.file: source}
        return cls(
            item=item,
            stack=stack,
            source=source,
            whole=Text(source, Span(item.file), stack, sources, role="file", about=item.front),
            bodies=tuple(_bodies(item, stack, sources)),
            texts=tuple(_texts(item, stack, sources)),
            addresses=tuple(_addresses(item, stack, sources)),
        )


class KeptTexts:
    """The texts of files that did not change, from one check of a site to the next, with what rules found in them.

    An item that is the same object in a file of the same words has the same texts; what a check does not ask for, the
    next one does not have.
    """

    def __init__(self) -> None:
        self._old: dict[str, Written] = {}
        self._kept: dict[str, Written] = {}

    def begin(self) -> None:
        """Begin a check."""
        self._old, self._kept = self._kept, {}

    def of(self, item: Copy | Term, stack: str, source: str) -> Written:
        """The texts of an item, whose file reads `source`."""
        kept = self._old.get(item.file)
        if kept is None or kept.item is not item or kept.stack != stack or kept.source != source:
            kept = Written.of(item, stack, source)
        self._kept[item.file] = kept
        return kept


def written_of(site: Site, sources: Mapping[str, str], kept: KeptTexts) -> Iterator[Written]:
    """The texts of every Markdown file."""
    for item in items_of(site):
        yield kept.of(item, _stack(item, site), sources.get(item.file, ""))


def texts_of(site: Site, sources: Mapping[str, str]) -> Iterator[Text]:
    """Every text in which `{{ … }}` may stand and that is in no Markdown file: offers, site.yaml."""
    for stack in site.stacks:
        for offer in stack.offers.values():
            yield from _of_model(offer, stack.name, sources, offer)
    yield from _of_model(site.config, site.main_stack.name, sources, site.config)


def _bodies(item: Copy | Term, stack: str, sources: Mapping[str, str]) -> Iterator[Text]:
    if isinstance(item, Copy) and item.front.subhead:
        span = item.front.places.at("subhead")
        yield Text(item.front.subhead, span, stack, sources, role="subhead", about=item.front)
    for block in item.blocks:
        if block.body:
            span = Span(item.file, block.body_line, 1, block.body_line + block.body.count("\n"), _BEYOND)
            yield Text(block.body, span, stack, sources, role=block.name, about=item.front)


def _texts(item: Copy | Term, stack: str, sources: Mapping[str, str]) -> Iterator[Text]:
    yield from _of_model(item.front, stack, sources, item.front)
    if isinstance(item, Term):
        for difference in item.front.differs:
            yield from _of_model(difference, stack, sources, item.front)
    for block in item.blocks:
        if block.title:
            yield Text(block.title, block.span, stack, sources, role=f"title of {block.name}", about=item.front)


def _addresses(item: Copy | Term, stack: str, sources: Mapping[str, str]) -> Iterator[Text]:
    for block in item.blocks:
        for name in ("src", "captions"):
            link = block.options.get(name)
            if link:
                yield Text(link, options_of(item, block), stack, sources, role=name, about=item.front)


def options_of(item: Copy | Term, block: Block) -> Span:
    """Where the options of a block stand: between its first line and its body."""
    first = block.span.line + 1
    return Span(item.file, first, 1, max(block.body_line, first), _BEYOND)


def items_of(site: Site) -> list[Copy | Term]:
    """Everything that is written in Markdown: copy, pages, terms."""
    return [*site.copy.values(), *site.pages.values(), *site.glossary.values()]


def _stack(item: Copy | Term, site: Site) -> str:
    """The stack whose offers the item may name: its own, or the first in the site's language."""
    names = [stack.name for stack in site.stacks]
    return item.stack if isinstance(item, Copy) and item.stack in names else site.main_stack.name


def _of_model(
    model: FrontMatter | TermFront | Difference | Offer | Config,
    stack: str,
    sources: Mapping[str, str],
    about: Allowing,
) -> Iterator[Text]:
    for name in model.__struct_fields__:
        value = getattr(model, name)
        if isinstance(value, str):
            yield Text(value, model.places.at(name), stack, sources, role=name, about=about)
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                if isinstance(part, str):
                    span = model.places.at(f"{name}.{number}")
                    yield Text(part, span, stack, sources, role=name, about=about)
