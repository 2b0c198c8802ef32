"""The style sheet of one page: tokens, base, the sections it uses, its kind. Inlined, so it holds nothing else.

Layers decide who wins, never the order of the files: `reset, base, parts` are the engine's (themes/base), `theme` is
the theme's, `site` the creator's own `theme/site.css`, where a rule of one line wins over everything before it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import rcssmin

from funnelgen.pages.strings import ThemeError, read_bytes, read_text
from funnelgen.pages.themes import Theme

LAYERS = "@layer reset,base,parts,theme,site;"
PLAIN_KINDS = frozenset({"demo"})  # grey on purpose: nobody must take a simulated payment for a real one
MOST_BUMPS = 4
_FONT = re.compile(r"url\([\"']?(fonts/[^\"')]+)[\"']?\)")


class StyleSheets:
    """Assembles and remembers style sheets; knows the font files that they refer to."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._sheets: dict[tuple[str, frozenset[str], int], str] = {}
        self._files: dict[Path, str] = {}
        self._fonts: dict[str, str] = {}
        self.assets: dict[str, bytes] = {}

    def sheet(self, kind: str, sections: frozenset[str], bumps: int) -> str:
        """Return the minified CSS of a page of `kind` that uses `sections` and has so many order bumps."""
        key = (kind, sections, bumps)
        if key not in self._sheets:
            self._sheets[key] = "".join(self._parts(*key))
        return self._sheets[key]

    def font(self, name: str) -> str:
        """Return the address under which a font of the theme is published; from now on it is one of `assets`."""
        if name not in self._fonts:
            path = self._theme.find(f"fonts/{name}")
            if path is None or name not in self._theme.fonts:
                listed = ", ".join(self._theme.fonts) or "none"
                raise ThemeError(
                    f"font `{name}` is not one of theme `{self._theme.name}`", help=f"fonts lists: {listed}"
                )
            content = read_bytes(path)
            self._fonts[name] = hashed(path.name, content)
            self.assets[self._fonts[name]] = content
        return f"/{self._fonts[name]}"

    def _parts(self, kind: str, sections: frozenset[str], bumps: int) -> Iterator[str]:
        theme, plain = self._theme, kind in PLAIN_KINDS
        names = [*(f"sections/{name}.css" for name in sorted(sections)), f"pages/{kind}.css"]
        yield LAYERS
        yield "@layer base{" + (theme.plain if plain else theme.tokens).css(theme.scheme) + "}"
        yield self._read(theme.base / "base.css")
        yield "@layer parts{" + "".join(self._read(theme.base / name) for name in names) + bump_css(bumps) + "}"
        if plain:
            return
        folders = theme.folders[:-1]
        yield "".join(face.css(self.font(face.ready)) for face in theme.faces)
        found = (next((f / name for f in folders if (f / name).is_file()), None) for name in ("base.css", *names))
        # A theme's theme.css adds to what it inherits; a file of another name takes the place of its parent's.
        added = (folder / "theme.css" for folder in reversed(theme.chain))
        if styled := "".join(self._read(path) for path in (*filter(None, found), *added)):
            yield "@layer theme{" + styled + "}"
        if theme.site and (own := self._read(theme.site / "site.css")):
            yield "@layer site{" + own + "}"

    def _read(self, path: Path) -> str:
        """Return a file minified, its fonts rewritten to their published names; nothing where there is none."""
        if path not in self._files:
            text = minified(read_text(path)) if path.is_file() else ""
            if "</" in text:
                raise ThemeError("`</` would end the page's style element", path=path)
            self._files[path] = _FONT.sub(lambda m: f"url({self.font(m[1].removeprefix('fonts/'))})", text)
        return self._files[path]


def hashed(name: str, content: bytes) -> str:
    """Return the published path of a file, with the hash of its content, so that it may be cached for ever."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"


@lru_cache(maxsize=512)
def minified(text: str) -> str:
    """Return CSS without comments and needless space."""
    return str(rcssmin.cssmin(text))


@lru_cache(maxsize=MOST_BUMPS + 1)
def bump_css(bumps: int) -> str:
    """Return the rules by which ticking boxes swaps buttons, totals and rows, without a script.

    `if-0`, `if-1`, `if-12` … stand for exactly those boxes (`#bump-1` …) ticked, `row-2` for box 2. Everything is shown
    unless a rule hides it: without CSS or `:has()` all buttons are there, told apart by the words in `without-has`.
    """
    if not 0 <= bumps <= MOST_BUMPS:
        raise ThemeError(f"{bumps} order bumps on one checkout", help=f"at most {MOST_BUMPS} can be combined")
    if bumps == 0:
        return ""
    numbers = range(1, bumps + 1)
    sets = [chosen for size in range(bumps + 1) for chosen in combinations(numbers, size)]
    rules = []
    for n in numbers:
        off = ",".join(_combination(chosen) for chosen in sets if n not in chosen)
        on = ",".join([f".row-{n}", *(_combination(chosen) for chosen in sets if n in chosen)])
        # Important in an early layer wins over every theme's `display`.
        rules.append(f":root:has(#bump-{n}:checked) :is({off}){{display:none!important}}")
        rules.append(f":root:not(:has(#bump-{n}:checked)) :is({on}){{display:none!important}}")
    rules.append("@supports selector(:has(*)){.without-has{display:none!important}}")
    rules.append("@supports not selector(:has(*)){.bump>input,.box,.bump .fine,.total{display:none!important}}")
    return "".join(rules)


def _combination(chosen: tuple[int, ...]) -> str:
    return ".if-" + ("".join(map(str, chosen)) or "0")
