"""The pieces of a theme that a site may have of its own, by the names that people type: `offer`, `art/cover`.

A name is the file's place in the theme without `templates/` and without the ending, but for style sheets: beside
`sections/offer` stands `sections/offer.css`. The last part is enough where it means one piece alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.strings import read_text
from funnelgen.pages.themes import Theme

# Where pieces stand, and the ending that their names leave out.
KINDS = (
    ("templates/*.html", ".html"),
    ("templates/pages/*.html", ".html"),
    ("templates/sections/*.html", ".html"),
    ("templates/icons/*.svg", ".svg"),
    ("art/*.svg", ".svg"),
    ("base.css", ""),
    ("pages/*.css", ""),
    ("sections/*.css", ""),
    ("strings/*.yaml", ".yaml"),
    ("scripts/*.js", ".js"),
)
_BLOCK = re.compile(r"\{%-?\+?\s*block\s+(\w+)")
_PARENT = re.compile(r"""\{%-?\+?\s*extends\s+["'](theme:)?([^"']+)["']""")
_PART = re.compile(r"""(?:data-fg|\bfg)="(\w+)\"""")
_SECTION = re.compile(r"""\bsection\(["']([\w-]+)["']""")


class Piece(Struct, frozen=True, kw_only=True):
    """One file of a theme: its name, its place in every theme's folder, and the file that is in use."""

    name: str
    inside: str  # "templates/sections/offer.html"
    path: Path

    @property
    def is_template(self) -> bool:
        """Whether it makes HTML out of a page's parts."""
        return self.inside.startswith("templates/") and self.inside.endswith(".html")


class UnknownPiece(Exception):
    """A name that no piece has, or that several have; `help` says which there are."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def pieces_of(theme: Theme) -> Mapping[str, Piece]:
    """Return all pieces of a theme with what it inherits, by name: of each the file that a page would be made with.

    Style sheets of base are left out: they lie below a theme's own in any case, so a copy would only say all twice.
    """
    found: dict[str, Piece] = {}
    for pattern, ending in KINDS:
        for folder in theme.folders[:-1] if pattern.endswith(".css") else theme.folders:
            for path in sorted(folder.glob(pattern)):
                inside = path.relative_to(folder).as_posix()
                name = inside.removeprefix("templates/").removesuffix(ending)
                found.setdefault(name, Piece(name=name, inside=inside, path=path))
    return found


def find_piece(theme: Theme, asked: str) -> Piece:
    """Return the piece that `asked` names: whole (`sections/offer`), by its last part, or by its path in the theme.

    Raises UnknownPiece, with what there is.
    """
    known = pieces_of(theme)
    by_path = {piece.inside: piece for piece in known.values()}
    if piece := known.get(asked) or by_path.get(asked.removeprefix("theme/")):
        return piece
    ends = [name for name in known if name.rpartition("/")[2] == asked]
    if len(ends) == 1:
        return known[ends[0]]
    if ends:
        raise UnknownPiece(f"`{asked}` may be several pieces", f"say which: {_quoted(ends)}")
    if asked.endswith(".css") and any((theme.base / folder / asked).is_file() for folder in ("", "sections", "pages")):
        message = f"theme `{theme.name}` has no style sheet `{asked}` of its own"
        raise UnknownPiece(message, "write your rules into theme/site.css: they win over all others")
    words = [*known, *(name.rpartition("/")[2] for name in known)]
    raise UnknownPiece(f"no piece of a theme is called `{asked}`", did_you_mean(asked, words, otherwise=_ALL))


def blocks_of(theme: Theme, piece: Piece) -> tuple[str, ...]:
    """Return the blocks of a template that a shorter one may fill, those of what it extends last. Raises ThemeError."""
    blocks: dict[str, None] = {}
    inside, folders, seen = piece.inside, theme.folders, set[Path]()
    while folder := next((folder for folder in folders if (folder / inside).is_file()), None):
        if folder / inside in seen:
            break  # templates that extend one another in a ring are for rendering to tell
        seen.add(folder / inside)
        text = read_text(folder / inside)
        blocks |= dict.fromkeys(_BLOCK.findall(text))
        parent = _PARENT.search(text)
        if parent is None:
            break
        inside = f"templates/{parent[2]}"
        folders = theme.folders[theme.folders.index(folder) + 1 :] if parent[1] else theme.folders
    return tuple(blocks)


def parts_of(theme: Theme, piece: Piece) -> tuple[str, ...]:
    """Return the parts of an offer (price, terms, accept, decline, total) in a template or in a section it calls.

    Raises ThemeError.
    """
    parts: dict[str, None] = {}
    found, seen = [piece.path] if piece.is_template else [], set[Path]()
    while found:
        path = found.pop(0)
        if path in seen:
            continue
        seen.add(path)
        text = read_text(path)
        parts |= dict.fromkeys(_PART.findall(text))
        called = (theme.find(f"templates/sections/{name}.html") for name in _SECTION.findall(text))
        found += [section for section in called if section]
    return tuple(sorted(parts))


def extension(piece: Piece, blocks: tuple[str, ...]) -> str:
    """Return a template that leaves `piece` as it is: it extends it, and gives each block what is in it already."""
    lines = [
        f'{{% extends "theme:{piece.inside.removeprefix("templates/")}" %}}',
        "{# What you write in a block takes its place; super() is what the theme has there. Leave out what stays. #}",
        *(f"{{% block {name} %}}{{{{ super() }}}}{{% endblock %}}" for name in blocks),
    ]
    return "\n".join(lines) + "\n"


def extends_below(piece: Piece) -> bool:
    """Whether a template is itself an extension of the one below, so that a copy would add to it once more.

    Raises ThemeError.
    """
    parent = _PARENT.search(read_text(piece.path)) if piece.is_template else None
    return bool(parent and parent[1])


_ALL = "`funnelgen theme eject` lists them all"


def _quoted(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
