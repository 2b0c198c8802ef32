"""The body of a copy file: Markdown cut into blocks, each knowing its line.

Blocks are written as in pymdown-extensions (`/// name | title`, options indented by four spaces, a
body, `///`). They are cut here, before Markdown, so that checks can reason about them, an unknown one
is a diagnostic with its line, and a theme places and words each as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from funnelgen.diagnostics import Diagnostic, Edit, Span
from funnelgen.diagnostics.suggest import misspelt, nearest
from funnelgen.site.problems import problem
from funnelgen.site.tangles import tangles
from funnelgen.site.writing import Block, Item

BLOCKS: Mapping[str, tuple[str, ...]] = {
    # name: the options it takes
    "recognise": (),
    "modules": (),
    "beats": (),
    "fit": (),
    "compare": (),
    "testimonial": ("source", "consent", "sample"),
    "faq": (),
    "guarantee": (),
    "person": ("image", "alt", "art"),
    "includes": (),
    "video": ("src", "poster", "alt", "captions"),
    "note": (),
    "next": (),
    "ways": (),
    "example": (),
    "differs": (),
}
WITH_ITEMS = {"modules", "beats", "fit", "compare", "faq", "next", "ways"}

_OPEN = re.compile(r"^(/{3,})[ \t]+([A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*((?:.*[^ \t])?))?[ \t]*$")
_CRAMPED = re.compile(r"^(/{3,})([A-Za-z][\w-]*)[ \t]*(\|.*)?$")
_CLOSE = re.compile(r"^ {0,3}(/{3,})[ \t]*$")
_INDENTED = re.compile(r"^ {1,3}(/{3,})(?:[ \t]|$)")
_LATE_OPTION = re.compile(r"^[ \t]*([a-z]+):(?=[ \t]|$)")
_OPTION = re.compile(r"^ {4}([A-Za-z][\w-]*):[ \t]*((?:.*[^ \t])?)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^###[ \t]+(.*)$")


def cut_blocks(body: str, file: str, first_line: int) -> tuple[tuple[Block, ...], list[Diagnostic]]:
    """Cut the body of a copy file into prose and blocks, in order. `first_line` is the body's line in the file."""
    cutter = _Cutter(body.split("\n"), file, first_line)
    return tuple(cutter.blocks()), [*cutter.problems, *tangles(body, file, first_line)]


class _Cutter:
    def __init__(self, lines: list[str], file: str, first_line: int) -> None:
        self.lines = lines
        self.file = file
        self.first = first_line
        self.problems: list[Diagnostic] = []

    def blocks(self) -> Iterator[Block]:
        start, at = 0, 0
        while at < len(self.lines):
            at = self._after_fence(at)
            if at >= len(self.lines):
                break
            opened = _OPEN.match(self.lines[at]) or self._indented(at)
            if opened is None:
                if cramped := _CRAMPED.match(self.lines[at]):
                    help = f"write `{cramped[1]} {cramped[2]}`, with a space"
                    self._refuse("FG012", f"this does not open the block `{cramped[2]}`", at, help)
                elif _CLOSE.match(self.lines[at]):
                    self._refuse("FG012", "`///` closes nothing", at, "remove it, or open a block before it")
                at += 1
                continue
            yield from self._prose(start, at)
            block, at = self._block(opened, at)
            if block is not None:
                yield block
            start = at
        yield from self._prose(start, len(self.lines))

    def _indented(self, at: int) -> re.Match[str] | None:
        """A block that does not begin at the margin. It would be text, so it is refused, and read all the same."""
        margin = len(self.lines[at]) - len(self.lines[at].lstrip(" "))
        opened = _OPEN.match(self.lines[at].lstrip(" ")) if 1 <= margin <= 3 else None
        if opened is None or opened[2] not in BLOCKS:
            return None
        self._refuse_margin(f"the block `{opened[2]}` is indented", at)
        return opened

    def _refuse_margin(self, message: str, at: int) -> None:
        indented = _INDENTED.match(self.lines[at])
        if indented:
            fix = (Edit(self._span(at), indented[0], indented[0].lstrip(" ")),)
            help = "begin the line at the margin, without spaces before it"
            self.problems.append(problem("FG012", message, self._span(at), help=help, fix=fix))

    def _prose(self, start: int, end: int) -> Iterator[Block]:
        while start < end and not self.lines[start].strip():
            start += 1
        body = "\n".join(self.lines[start:end]).rstrip()
        if body:
            yield Block(name="prose", span=self._span(start), body=body, body_line=self.first + start)

    def _block(self, opened: re.Match[str], at: int) -> tuple[Block | None, int]:
        slashes, name, title = opened[1], opened[2], opened[3] or ""
        end, closed = self._end(slashes, at)
        if not closed:
            self._refuse("FG012", f"the block `{name}` has no end", at, f"end it with a line `{slashes}`")
            return None, end
        if name in BLOCKS:
            return self._inside(name, title, at, end), end + 1
        span = self._span(at).within(opened.start(2), len(name))
        help, fix = misspelt(name, BLOCKS, span)
        self.problems.append(problem("FG011", f"there is no block `{name}`", span, help=help, fix=fix))
        near, told = nearest(name, BLOCKS), len(self.problems)
        block = self._inside(near, title, at, end) if near else None
        if not fix:
            del self.problems[told:]  # it was read as a guess
        return block, end + 1

    def _inside(self, name: str, title: str, at: int, end: int) -> Block:
        options, body_at = self._options(name, at + 1, end)
        while body_at < end and not self.lines[body_at].strip():
            body_at += 1
        body = "\n".join(self.lines[body_at:end]).rstrip()
        items = tuple(self._items(body_at, end)) if name in WITH_ITEMS else ()
        if name in WITH_ITEMS and not items:
            self._refuse("FG012", f"the block `{name}` has no items", at, "begin each with a heading: `### …`")
        line = self.first + body_at
        span = self._span(at)
        return Block(name=name, span=span, title=title, body=body, body_line=line, options=options, items=items)

    def _end(self, slashes: str, at: int) -> tuple[int, bool]:
        """The line on which a block ends, and whether it is closed there; if not, the next block begins there."""
        at += 1
        while at < len(self.lines):
            at = self._after_fence(at)
            if at >= len(self.lines):
                break
            closed = _CLOSE.match(self.lines[at])
            if closed and closed[1] == slashes:
                self._refuse_margin("the end of the block is indented", at)
                return at, True
            if _OPEN.match(self.lines[at]):
                return at, False
            at += 1
        return len(self.lines), False

    def _after_fence(self, at: int) -> int:
        """Past a fenced code block, where slashes mean nothing; where it has no end, it reaches to the file's."""
        fence = _FENCE.match(self.lines[at])
        while fence:
            at += 1
            while at < len(self.lines) and not self.lines[at].strip().startswith(fence[1]):
                at += 1
            at += 1
            fence = _FENCE.match(self.lines[at]) if at < len(self.lines) else None
        return at

    def _options(self, name: str, at: int, end: int) -> tuple[dict[str, str], int]:
        options: dict[str, str] = {}
        while at < end and (option := _OPTION.match(self.lines[at])):
            if option[1] in BLOCKS[name]:
                options[option[1]] = option[2].strip("\"'")
                if option[1] == "sample" and options["sample"] not in ("true", "false"):  # else it passes for real
                    self._refuse("FG012", "`sample` is `true` or `false`", at, "write `sample: true`")
            else:
                span = self._span(at).within(option.start(1), len(option[1]))
                help, fix = misspelt(option[1], BLOCKS[name], span, "" if BLOCKS[name] else "it takes no options")
                message = f"`{name}` has no option `{option[1]}`"
                self.problems.append(problem("FG011", message, span, help=help, fix=fix))
                options.setdefault(nearest(option[1], BLOCKS[name]) or "", option[2].strip("\"'"))
            at += 1
        self._refuse_late_options(name, at, end)
        return options, at

    def _refuse_late_options(self, name: str, at: int, end: int) -> None:
        """Options that are not indented as such, or stand below an empty line: they would be read as text."""
        while at < end and not self.lines[at].strip():
            at += 1
        while at < end and (late := _LATE_OPTION.match(self.lines[at])) and late[1] in BLOCKS[name]:
            help = "put it right below the block's first line, indented by four spaces"
            self._refuse("FG012", f"`{late[1]}:` would be read as text", at, help)
            at += 1

    def _items(self, at: int, end: int) -> Iterator[Item]:
        found: dict[str, Any] | None = None
        body: list[str] = []
        for number in range(at, end):
            heading = _ITEM.match(self.lines[number])
            if heading is None:
                if found is None and self.lines[number].strip():
                    self._refuse("FG012", "this stands before the first item", number, "begin with a heading: `### …`")
                    found = {"title": "", "line": self.first + number}
                body.append(self.lines[number])
                continue
            if found:
                yield Item(**found, body="\n".join(body).strip("\n"))
            title, _, label = heading[1].rstrip().rstrip("#").partition(" | ")
            found, body = {"title": title.strip(), "label": label.strip(), "line": self.first + number}, []
        if found:
            yield Item(**found, body="\n".join(body).strip("\n"))

    def _span(self, at: int) -> Span:
        line = self.lines[at]
        return Span(self.file, self.first + at, 1, self.first + at, len(line.rstrip()) + 1)

    def _refuse(self, code: str, message: str, at: int, help: str) -> None:
        self.problems.append(problem(code, message, self._span(at), help=help))
