"""Fonts fitted to a site, once all its pages are known.

Pages are rendered with the ready-made cut of each face. Where they show a letter that it lacks, the face is cut anew
out of the whole font, and takes the ready one's place in every page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from funnelgen.pages.css import hashed
from funnelgen.pages.fonts.cuts import Cut, NotAFont, cut
from funnelgen.pages.fonts.letters import BASIC, both_cases, is_letter
from funnelgen.pages.strings import ThemeError

if TYPE_CHECKING:
    from funnelgen.pages.fonts.faces import Face
    from funnelgen.pages.press import Printed
    from funnelgen.pages.themes import Theme


class Fitted(Struct, frozen=True, kw_only=True):
    """Fonts cut for a site: which takes the place of which, the new files, and letters that a family does not have."""

    moved: Mapping[str, str] = {}
    files: Mapping[str, bytes] = {}
    lacking: Mapping[str, str] = {}

    def readdressed(self, text: bytes) -> bytes:
        """Return a page, or a style, with the new fonts in the place of the old."""
        for old, new in self.moved.items():
            text = text.replace(old.encode(), new.encode())
        return text


def fit_fonts(printed: Printed, theme: Theme, *, cache: Path | None) -> Printed:
    """Return the pages with fonts that have the letters they show, and which of these no font of the theme has.

    `cache` is a folder that keeps what was cut. Raises ThemeError for a file that is no font.
    """
    fitted = fit(theme, printed.letters, printed.styles, printed.theme_files, cache=cache)
    kept = {path: data for path, data in printed.theme_files.items() if path not in fitted.moved}
    return replace(
        printed,
        pages=tuple((page, fitted.readdressed(html)) for page, html in printed.pages),
        styles=tuple(fitted.readdressed(style.encode()).decode() for style in printed.styles),
        theme_files={**kept, **fitted.files},
        lacking=fitted.lacking,
    )


def fit(
    theme: Theme, letters: frozenset[str], styles: Iterable[str], files: Container[str], *, cache: Path | None
) -> Fitted:
    """Return fonts that have `letters`, for those of the theme's fonts that are among the `files` of the pages.

    `styles` are the pages' own. Raises ThemeError for a file that is no font.
    """
    if any("text-transform" in style for style in styles):
        letters = both_cases(letters)
    moved, made, lacking = {}, {}, {}
    for face in theme.faces:
        before = hashed(Path(face.ready).name, _content(theme, face.ready))
        if before not in files or before in moved or (face.basic and not letters):
            continue
        new = _cut(theme, face, letters, cache)
        if missing := "".join(filter(is_letter, new.lacking)):
            lacking[face.family] = missing
        if face.basic and letters <= set(new.lacking):
            continue  # the ready one draws as much
        moved[before] = hashed(face.cut, new.woff2)
        made[moved[before]] = new.woff2
    return Fitted(moved=moved, files=made, lacking=lacking)


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
