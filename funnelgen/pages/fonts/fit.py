"""Fonts fitted to a site, once all its pages are known.

Pages are rendered with the ready-made cut of each face. Where they show a letter that it lacks, the face is cut anew
out of the whole font, and takes the ready one's place in every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from funnelgen.pages.css import hashed
from funnelgen.pages.fonts.cuts import Cut, NotAFont, cut
from funnelgen.pages.fonts.letters import BASIC, both_cases, is_letter
from funnelgen.pages.strings import ThemeError

if TYPE_CHECKING:
    from funnelgen.pages.fonts.faces import Face
    from funnelgen.pages.press import Printed
    from funnelgen.pages.themes import Theme


def fit_fonts(printed: Printed, theme: Theme, *, cache: Path | None) -> Printed:
    """Return the pages with fonts that have the letters they show, and which of these no font of the theme has.

    `cache` is a folder that keeps what was cut. Raises ThemeError for a file that is no font.
    """
    letters = printed.letters
    if any("text-transform" in style for style in printed.styles):
        letters = both_cases(letters)
    moved, files, lacking = {}, dict(printed.theme_files), {}
    for face in theme.faces:
        ready = _content(theme, face.ready)
        before = hashed(Path(face.ready).name, ready)
        if before not in files or (face.basic and not letters):
            continue
        made = _cut(theme, face, letters, cache)
        if missing := "".join(filter(is_letter, made.lacking)):
            lacking[face.family] = missing
        if face.basic and letters <= set(made.lacking):
            continue  # the ready one draws as much
        moved[before] = hashed(face.cut, made.woff2)
        del files[before]
        files[moved[before]] = made.woff2
    return replace(
        printed,
        pages=tuple((page, _readdressed(html, moved)) for page, html in printed.pages),
        styles=tuple(_readdressed(style.encode(), moved).decode() for style in printed.styles),
        theme_files=files,
        lacking=lacking,
    )


def _cut(theme: Theme, face: Face, letters: frozenset[str], cache: Path | None) -> Cut:
    try:
        return cut(_content(theme, face.file), BASIC | letters, cache=cache)
    except NotAFont as error:
        message = f"`{face.file}` of font `{face.family}` is no font, or a broken one"
        raise ThemeError(message, help=str(error), path=theme.find(f"fonts/{face.file}")) from error


def _content(theme: Theme, name: str) -> bytes:
    path = theme.find(f"fonts/{name}")
    assert path is not None  # the theme was loaded with it
    return path.read_bytes()


def _readdressed(text: bytes, moved: Mapping[str, str]) -> bytes:
    for old, new in moved.items():
        text = text.replace(old.encode(), new.encode())
    return text
