"""Ejecting: a piece of the theme becomes a file of the site's own `theme/`, to be changed there."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from funnelgen.pages.pieces import Piece, blocks_of, extends_below, extension, find_piece, parts_of
from funnelgen.pages.strings import read_bytes
from funnelgen.pages.themes import Theme


class Ejected(Struct, frozen=True, kw_only=True):
    """What was written: the piece, the new file, the blocks of it that could be filled instead."""

    piece: Piece
    path: Path
    blocks: tuple[str, ...]
    parts: tuple[str, ...]  # of an offer, which it must keep
    extended: bool  # the file extends the theme's, and is no copy


class Refused(Exception):
    """Nothing was written; `help` says what to do instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def eject(folder: Path, theme: Theme, name: str, *, extend: bool = False) -> Ejected:
    """Write the piece `name` of the theme in use into the site in `folder`, at the place from which it is taken next.

    With `extend`, a template that extends the theme's. Pages stay as they are until the file is changed. Raises
    UnknownPiece, Refused where a file is there already or would stand outside the site, ThemeError where the piece or
    one that it needs cannot be read, OSError where the new file cannot be written.
    """
    piece = find_piece(theme, name)
    path = folder / "theme" / piece.inside
    if path.exists() or path.is_symlink():
        raise Refused(f"`{path}` is there already, and stays as it is", "change it, or delete it to begin again")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused(f"`{folder / 'theme'}` leads out of the site", "put a folder in the place of the link")
    blocks = blocks_of(theme, piece) if piece.is_template else ()
    if extend and not blocks:
        raise Refused(f"`{piece.name}` has no blocks to fill", f"take it whole: funnelgen theme eject {piece.name}")
    extend = extend or (bool(blocks) and extends_below(piece))
    parts = parts_of(theme, piece)
    content = extension(piece, blocks).encode() if extend else read_bytes(piece.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:  # made meanwhile by somebody else, it is theirs
        file.write(content)
    return Ejected(piece=piece, path=path, blocks=blocks, parts=parts, extended=extend)
