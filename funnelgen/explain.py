"""What is to be known about a rule, read from the text that stands beside it.

A rule's documentation is its function's docstring: a first sentence that says what is wrong, paragraphs that say why
and where a figure comes from, then `Fires:` (or `Fires (live):`, in a mode) with the files in which it finds something,
and `Mended:` with what to change. The files lie over a site that is fine; tests check that they do what they say.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from textwrap import fill, indent
from typing import Protocol

from msgspec import Struct

from funnelgen.checks import BROKEN_THEME, RULES
from funnelgen.diagnostics import Severity
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.diagnostics.text import Paint, plain
from funnelgen.site.problems import READING

FAMILIES: Mapping[str, str] = {
    "FG0": "reading",
    "FG1": "structure",
    "FG2": "price",
    "FG3": "copy",
    "FG4": "payment",
    "FG5": "claims-and-law",
    "FG6": "output",
}
"""The first letters of a code, and the name of its family (and of its page in docs/rules)."""

_PART = re.compile(r"^(?P<part>Fires|Mended)(?: \((?P<mode>demo|test|live)\))?:$", re.MULTILINE)
_FENCE = re.compile(r"^```(?P<kind>\w+) (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Documented(Protocol):
    """A kind of mistake with its documentation: a rule, or a problem of reading."""

    @property
    def code(self) -> str:
        """Such as "FG204"."""

    @property
    def name(self) -> str:
        """Such as "oto-price-range"."""

    @property
    def severity(self) -> Severity:
        """How much a finding weighs."""

    @property
    def doc(self) -> str:
        """Its documentation."""


class Piece(Struct, frozen=True, kw_only=True):
    """A fenced part of an example: a whole file, a `diff` of one, or (`remove`) one that is taken away.

    What no documentation can hold is described: `bytes` as in a Python literal (`caf\\xe9`), a file of some `size`, or
    a `picture` of so many pixels.
    """

    kind: str
    path: str
    text: str


class Explanation(Struct, frozen=True, kw_only=True):
    """A rule's documentation in its parts. `fires` and `mended` are empty where an example could not show it."""

    code: str
    name: str
    severity: Severity
    title: str
    paragraphs: tuple[str, ...]
    mode: str
    fires: tuple[Piece, ...]
    mended: tuple[Piece, ...]


def documented() -> list[Documented]:
    """Everything that can be found wrong, by code."""
    return sorted([*READING.values(), BROKEN_THEME, *RULES], key=lambda kind: kind.code)


def matching(word: str) -> list[Documented]:
    """What is meant by a code ("FG204"), the beginning of one ("FG2"), a family ("price") or a name."""
    begin = next((code for code, family in FAMILIES.items() if family == word.lower()), word.upper())
    return [kind for kind in documented() if kind.name == word.lower() or kind.code.startswith(begin)]


def not_found(word: str) -> str:
    """What to say to a word that stands for no rule."""
    known = [*FAMILIES.values(), *(name for kind in documented() for name in (kind.code, kind.name))]
    return f"no rule is called `{word}`; {did_you_mean(word, known, otherwise='`funnelgen explain` lists them all')}"


def explain(kind: Documented) -> Explanation:
    """The parts of its documentation."""
    marks = list(_PART.finditer(kind.doc))
    ends = [*(mark.start() for mark in marks[1:]), len(kind.doc)]
    parts = {mark["part"]: kind.doc[mark.end() : end] for mark, end in zip(marks, ends, strict=False)}
    title, _, rest = kind.doc[: marks[0].start() if marks else None].strip().partition("\n\n")
    return Explanation(
        code=kind.code,
        name=kind.name,
        severity=kind.severity,
        title=" ".join(title.split()),
        paragraphs=tuple(part for part in rest.split("\n\n") if part.strip()),
        mode=next((mark["mode"] for mark in marks if mark["mode"]), "demo"),
        fires=pieces_of(parts.get("Fires", "")),
        mended=pieces_of(parts.get("Mended", "")),
    )


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The fenced pieces of an example, in order."""
    return tuple(Piece(**found.groupdict()) for found in _FENCE.finditer(text))


def mend(files: Mapping[str, str | bytes], pieces: Sequence[Piece]) -> dict[str, str | bytes | None]:
    """The files with an example's pieces laid over them; None is a file that is taken away.

    Raises ValueError where a diff takes away lines that are not there.
    """
    out: dict[str, str | bytes | None] = dict(files)
    for piece in pieces:
        if piece.kind == "diff":
            old = out.get(piece.path)
            out[piece.path] = _patched(old if isinstance(old, str) else "", piece.text)
        elif piece.kind == "bytes":
            out[piece.path] = _bytes(piece.text)
        elif piece.kind == "size":
            out[piece.path] = filler(int(piece.text.split()[0]))
        elif piece.kind == "picture":
            out[piece.path] = blank_picture(piece.text)
        else:
            out[piece.path] = None if piece.kind == "remove" else piece.text
    return out


def _bytes(literal: str) -> bytes:
    return literal.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")


def filler(size: int) -> bytes:
    """Words that compress badly, and are the same every time."""
    words = (sha256(str(number).encode()).hexdigest()[: 3 + number % 8] for number in range(size // 4 + 1))
    return " ".join(words)[:size].encode()


def blank_picture(size: str) -> bytes:
    """A grey PNG of a size such as "1600 x 1200 pixels"."""
    width, height = (int(word) for word in size.split()[:3:2])
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer, row = zlib.compressobj(), b"\0" + b"\x99" * width
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _patched(text: str, diff: str) -> str:
    lines = diff.split("\n")
    old = "".join(line[2:] + "\n" for line in lines if line.startswith("-"))
    new = "".join(line[2:] + "\n" for line in lines if line.startswith("+"))
    if text.count(old) != 1 or not old:
        raise ValueError(f"the lines to replace stand {text.count(old)} times in the file:\n{old}")
    return text.replace(old, new)


def as_text(kind: Documented, paint: Paint = plain, width: int = 100) -> str:
    """The documentation for a terminal of `width` columns."""
    e = explain(kind)
    head = f"{paint(e.code, 'cyan')} {paint(e.name, 'bold')} ({e.severity.value})"
    out = [head, *(fill(" ".join(part.split()), width) for part in (e.title, *e.paragraphs))]
    for heading, pieces in ((_fires(e), e.fires), ("Mended:", e.mended)):
        if pieces:
            out += [paint(heading, "bold"), *(indent(_shown(piece, paint), "    ") for piece in pieces)]
    if e.severity is not Severity.ERROR:
        out.append(f'Where it is right: `allow: {{{e.name}: "the reason"}}`')
    return "\n\n".join(out)


def _shown(piece: Piece, paint: Paint) -> str:
    colours = {"+": "green", "-": "red"} if piece.kind == "diff" else {}
    lines = piece.text.rstrip("\n").split("\n")
    body = [paint(line, colours[line[0]]) if line[:1] in colours else line for line in lines]
    return "\n".join([paint(f"{'without ' if piece.kind == 'remove' else ''}{piece.path}", "blue"), *body]).rstrip()


def as_markdown(kind: Documented) -> str:
    """The documentation as a section of a page."""
    e = explain(kind)
    out = [f"## {e.code} {e.name}", f"*{e.severity.value}.* {e.title}", *e.paragraphs]
    for heading, pieces in ((_fires(e), e.fires), ("Mended:", e.mended)):
        if pieces:
            out += [heading, *(_fenced(piece) for piece in pieces)]
    return "\n\n".join(out) + "\n"


def _fires(explanation: Explanation) -> str:
    return f"Fires in {explanation.mode} mode:" if explanation.mode != "demo" else "Fires:"


def _fenced(piece: Piece) -> str:
    if piece.kind == "remove":
        return f"without `{piece.path}`"
    return f"`{piece.path}`\n\n```{piece.kind}\n{piece.text}```"


def page(family: str) -> str:
    """The page in docs/rules about a family, by the beginning of its codes ("FG2")."""
    kinds = [kind for kind in documented() if kind.code.startswith(family)]
    about = f"Made from the rules' own text; `funnelgen explain {family}` lists them."
    head = f"# {family}: {FAMILIES[family].replace('-', ' ')}\n\n{about}\n"
    return "\n".join([head, *map(as_markdown, kinds)])


def index() -> str:
    """The page in docs/rules that lists every rule."""
    out = ["# Rules\n\nEverything that `funnelgen check` and a build can find wrong.\n"]
    for family, name in FAMILIES.items():
        rows = [
            f"| [{kind.code}]({name}.md#{kind.code.lower()}-{kind.name}) | {kind.name} | {kind.severity.value} "
            f"| {explain(kind).title.replace('|', '&#124;')} |"
            for kind in documented()
            if kind.code.startswith(family)
        ]
        if rows:
            head = "| code | name | severity | what is wrong |\n|---|---|---|---|\n"
            out.append(f"## {family}: {name.replace('-', ' ')}\n\n{head}" + "\n".join(rows) + "\n")
    return "\n".join(out)
