"""YAML as a small tree of texts that know where they stand. Strict, and safe with any input.

Every scalar stays the text that was written: `no` is the word no, `027` keeps its zero. What a
text *means* is decided by the key it stands under (`decode`). Tags are refused, a key may be given
once, aliases are allowed but may not swell (a "billion laughs" file) or bite their own tail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from funnelgen.diagnostics import Diagnostic, Note, Span
from funnelgen.site.problems import problem
from funnelgen.site.yamlerrors import syntax_error, unseen
from funnelgen.site.yamlslips import UNSEEN

# CParser is ten times as fast; a PyYAML built without libyaml still works.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_NODES = 200_000  # as written
MOST_FOLLOWED = 20_000  # with every alias followed, or three times what is written, where that is more
DEEPEST = 60


class Scalar(Struct, eq=False):
    """A text. `plain` is False where it was quoted or a block."""

    text: str
    span: Span
    plain: bool = True


class Sequence(Struct, eq=False):
    """A list."""

    items: list[Node]
    span: Span


class Mapping(Struct, eq=False):
    """Keys with their values, in the order of the file. Keys are texts."""

    pairs: list[tuple[Scalar, Node]]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of `key`, if it is there."""
        return next((value for k, value in self.pairs if k.text == key), None)


Node = Scalar | Sequence | Mapping

_REFUSED = Scalar("", Span(""))  # stands for a key that cannot be one; its value is read and dropped
_ODD_BREAKS = "\x85\u2028\u2029"


def is_empty(node: Node) -> bool:
    """Whether nothing was written: `key:` with nothing behind it, or YAML's own words for that."""
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null")


def parse_yaml(text: str, file: str, *, first_line: int = 1) -> tuple[Node | None, list[Diagnostic]]:
    """Read one YAML document.

    `first_line` is the line of `file` on which `text` begins (front matter starts on line 2).
    Gives the tree, or None for an empty document or one that cannot be read, and every problem.
    """
    plain, breaks = _without_odd_breaks(text)
    composer = _Composer(file, first_line, breaks, last=(text.count("\n"), len(text) - text.rfind("\n") - 1))
    try:
        tree = composer.compose(yaml.parse(plain, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        return None, [*composer.problems, syntax_error(error, text, file, composer.between, composer.long_quote)]
    except yaml.reader.ReaderError as error:
        character = error.character if isinstance(error.character, str) else chr(error.character)
        at = text.find(character)  # the error's own position counts bytes or characters, as the parser was made
        line, column = text.count("\n", 0, at) + first_line, at - text.rfind("\n", 0, at)
        span = Span(file, line, column, line, column + 1)
        message = f"the character U+{ord(character):04X} is not allowed in YAML"
        return None, [problem("FG001", message, span, help="delete it; most editors do not show it")]
    except RecursionError:
        return None, [problem("FG001", f"nested deeper than {DEEPEST} levels", Span(file, first_line))]
    swollen = list(_size_problems(tree, file, composer.nodes))
    return None if swollen else tree, [*composer.problems, *swollen]


def _without_odd_breaks(text: str) -> tuple[str, dict[int, str]]:
    """Put unused characters in the place of three that PyYAML takes for line ends, and no editor does.

    Gives the text, of equal length, and what turns the characters back. YAML 1.2 agrees with the editors.
    """
    odd = [c for c in _ODD_BREAKS if c in text]
    unused = (c for c in range(0xE000, 0xF900) if chr(c) not in text)
    back = dict(zip(unused, odd, strict=False)) if odd else {}
    return text.translate({ord(c): number for number, c in back.items()}), back


class _Composer:
    """Events in, tree out. One pass, no recursion over the input's depth."""

    def __init__(self, file: str, first_line: int, breaks: dict[int, str], *, last: tuple[int, int]) -> None:
        self.file = file
        self.first_line = first_line
        self.breaks = breaks
        self.last = last  # the end of the text, as the parser counts; it sees a line end behind it where there is none
        self.problems: list[Diagnostic] = []
        self.long_quote: Span | None = None  # the last text in quotes that goes over several lines
        self.anchors: dict[str, Node] = {}
        self.open: list[Sequence | Mapping] = []
        self.pending: list[Scalar | None] = []  # the key that waits for its value, per open mapping
        self.seen: list[dict[str, Scalar]] = []
        self.root: Node | None = None
        self.nodes = 0

    def compose(self, events: Iterator[yaml.Event]) -> Node | None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    help = "remove this line: one file, one document"
                    self.refuse("FG001", "a second document begins here", self.span(event), help)
                    return None  # what half of it lacks stands in the other
            elif isinstance(event, yaml.ScalarEvent):
                self.add(self.scalar(event), event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self.start(Sequence([], self.span(event)), event)
            elif isinstance(event, yaml.MappingStartEvent):
                self.start(Mapping([], self.span(event)), event)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self.end(event)
            elif isinstance(event, yaml.AliasEvent):
                self.add(self.alias(event), event)
            if self.nodes > MOST_NODES or len(self.open) > DEEPEST:
                limit = f"more than {MOST_NODES} values" if self.nodes > MOST_NODES else f"more than {DEEPEST} levels"
                self.refuse("FG001", f"{limit} in one file", self.span(event), "split it, or look for a mistake")
                return None
        return self.root

    def start(self, node: Sequence | Mapping, event: Any) -> None:
        self.add(node, event)
        self.open.append(node)
        self.pending.append(None)
        self.seen.append({})

    def end(self, event: yaml.Event) -> None:
        node = self.open.pop()
        self.pending.pop()
        self.seen.pop()
        node.span = node.span.to(self.span(event))

    def add(self, node: Node, event: Any) -> None:
        self.nodes += 1
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            said = tag.replace("tag:yaml.org,2002:", "!!", 1)
            self.refuse("FG002", f"the tag `{said}` is not allowed", self.span(event), "write the value without a tag")
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            self.anchors[event.anchor] = node
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif self.pending[-1] is None:
            self.pending[-1] = self.key(node)
        else:
            if self.pending[-1] is not _REFUSED:
                parent.pairs.append((self.pending[-1], node))
            self.pending[-1] = None

    def key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self.refuse("FG001", "a key must be a text", node.span, "a list or a mapping cannot be a key")
            return _REFUSED
        if node.text == "<<":
            self.refuse("FG001", "`<<` (merging mappings) is not supported", node.span, "write the keys out")
            return _REFUSED
        if node.plain and node.text[:1] in UNSEEN:
            self.problems.append(unseen(node.text[0], node.span))
            if len(self.open) == 1:
                return _REFUSED  # it was to be indented, and under what nobody knows
            node.text = node.text.lstrip("".join(UNSEEN))
        first = self.seen[-1].setdefault(node.text, node)
        if first is not node:
            self.problems.append(
                problem(
                    "FG003",
                    f"the key `{node.text}` is given twice",
                    node.span,
                    help="keep one of the two",
                    notes=(Note(first.span, "first given here"),),
                )
            )
        return node

    def alias(self, event: yaml.AliasEvent) -> Node:
        node = self.anchors.get(event.anchor or "")
        if node is None:
            help = "put the text in quotes if it is to begin with `*`"
            self.refuse("FG001", f"no anchor `&{event.anchor}` stands before this", self.span(event), help)
            return Scalar("", self.span(event))
        if any(node is o for o in self.open):
            self.refuse("FG001", f"`*{event.anchor}` contains itself", self.span(event), "write the value out")
            return Scalar("", self.span(event))
        return node

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        plain = event.style is None or event.style == ""
        text = event.value.translate(self.breaks) if self.breaks else event.value
        span = self.span(event)
        if event.style in ("'", '"') and span.end_line > span.line:
            self.long_quote = span
        return Scalar(text, span, plain=plain)

    def span(self, event: yaml.Event) -> Span:
        return self.between(event.start_mark, event.end_mark)

    def between(self, start: Any, end: Any) -> Span:
        down = self.first_line
        line, column = (start.line, start.column) if start.line <= self.last[0] else self.last
        last, behind = (end.line, end.column) if end.line <= self.last[0] else self.last
        return Span(self.file, line + down, column + 1, last + down, behind + 1)

    def refuse(self, code: str, message: str, span: Span, help: str) -> None:
        self.problems.append(problem(code, message, span, help=help))


def _size_problems(tree: Node | None, file: str, written: int) -> Iterator[Diagnostic]:
    """Refuse a tree that grows past MOST_FOLLOWED once every alias is followed.

    Each distinct node is measured once, so the check itself is linear in what was written.
    """
    sizes: dict[int, int] = {}

    def size(node: Node) -> int:
        known = sizes.get(id(node))
        if known is None:
            children = node.items if isinstance(node, Sequence) else ()
            if isinstance(node, Mapping):
                children = [part for _, part in node.pairs]
            known = sizes[id(node)] = 1 + sum(map(size, children))
        return known

    most = max(MOST_FOLLOWED, 3 * written)
    if tree is not None and size(tree) > most:
        yield problem(
            "FG001",
            f"with its aliases followed this file has more than {most} values",
            Span(file),
            help="write the values out instead of nesting aliases",
        )
