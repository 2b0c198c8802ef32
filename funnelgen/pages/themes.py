"""Themes: folders that inherit from one another, looked up file by file.

A template, a drawing, a style sheet or a strings file is taken from the first folder that has it: the site's own
`theme/`, the theme, what it extends, and at the end `base`, which has every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.fonts.faces import Face, read_faces, stacks
from funnelgen.pages.frames import Frame, read_frames
from funnelgen.pages.strings import Strings, ThemeError, read_mapping
from funnelgen.pages.tokens import Layer, Tokens, resolve

__all__ = ["BASE", "Listed", "Theme", "ThemeError", "listed", "load_theme"]

BASE = "base"
SCHEMES = ("auto", "light", "dark")
MAPPINGS = ("light", "dark", "vars", "blocks", "frames")
LISTS = ("base", "ratio", "fonts", "preload", "grounds", "own", "pairs")
SETTINGS = ("name", "about", "extends", "brand", *MAPPINGS, *LISTS)
KINDS = {dict: "mapping", list: "list", str: "line of text"}


class Theme(Struct, frozen=True, kw_only=True):
    """A theme with all that it inherits, for one locale and one colour scheme."""

    name: str
    site: Path | None  # the site's own `theme/`
    chain: tuple[Path, ...]  # the theme, then what it extends; without base
    base: Path
    tokens: Tokens
    plain: Tokens  # those of base alone: the simulated payment page wears no theme
    strings: Strings
    scheme: str
    faces: tuple[Face, ...]
    fonts: tuple[str, ...]  # files that pages may refer to: those of the faces, and those that a style sheet names
    preload: tuple[str, ...]
    frames: Mapping[str, Frame]

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders in the order in which a file is looked up."""
        return (*((self.site,) if self.site else ()), *self.chain, self.base)

    def find(self, relative: str) -> Path | None:
        """Return the first file of that name along the folders."""
        return next((path for folder in self.folders if (path := folder / relative).is_file()), None)


class Listed(Struct, frozen=True, kw_only=True):
    """A theme as it is chosen by: what site.yaml calls it, the colour that it is built on, how it looks."""

    id: str
    brand: str
    about: str


def listed(themes_root: Path) -> tuple[Listed, ...]:
    """Return the themes of a folder, by name; base is no theme to choose."""
    layers = [_layer(path.parent) for path in sorted(themes_root.glob("*/theme.yaml")) if path.parent.name != BASE]
    return tuple(
        Listed(id=layer.path.parent.name, **{key: str(layer.settings.get(key, "")) for key in ("brand", "about")})
        for layer in layers
    )


def load_theme(
    name: str,
    *,
    themes_root: Path,
    site_theme: Path | None,
    brand: str | None,
    locale: str,
    scheme: str = "auto",
) -> Theme:
    """Read the theme `name` from `themes_root`, with what it extends and with the site's own `theme/` folder over it.

    `brand` is one colour ("#2457ff") from which all role colours follow, `locale` the site's ("en-US"), `scheme`
    auto, light or dark. Raises ThemeError for a theme, parent, setting, token or string that does not exist, and for
    a loop.
    """
    if scheme not in SCHEMES:
        raise ThemeError(f"unknown scheme `{scheme}`", help="scheme is auto, light or dark")
    site = site_theme if site_theme and site_theme.is_dir() else None
    layers = _chain(name, themes_root)
    own = _layer(site) if site and (site / "theme.yaml").is_file() else None
    stated = [*layers, *((own,) if own else ())]
    folders = [layer.path.parent for layer in layers]
    faces = _faces(stated)
    upright = tuple(face.ready for face in faces if face.style == "normal")
    strings = Strings.load([folder / "strings" for folder in (*folders, *((site,) if site else ()))], locale)
    theme = Theme(
        name=name,
        site=site,
        chain=tuple(reversed(folders[1:])),
        base=folders[0],
        tokens=resolve(layers, brand=brand, site=own),
        plain=resolve(layers[:1], brand=None, site=None),
        strings=strings,
        scheme=scheme,
        faces=faces,
        fonts=(*(face.ready for face in faces), *_named(stated)),
        preload=next((tuple(it.settings["preload"]) for it in stated[::-1] if "preload" in it.settings), upright),
        frames=read_frames(stated),
    )
    for layer in stated:
        _check_files(theme, layer)
    return theme


def _faces(layers: Sequence[Layer]) -> tuple[Face, ...]:
    """Return the faces of all layers, base first: whoever brings a font for text replaces those that were for text."""
    faces: list[Face] = []
    for layer in layers:
        brought = {face.role for face in layer.faces}
        faces = [*(face for face in faces if face.role not in brought), *layer.faces]
    return tuple(faces)


def _check_files(theme: Theme, layer: Layer) -> None:
    """Raise ThemeError for a font file that is not there, whether or not this site needs it."""
    for face in layer.faces:
        for name in filter(None, (face.file, face.basic)):
            if not theme.find(f"fonts/{name}"):
                help = "it belongs into the folder fonts/ beside theme.yaml"
                raise ThemeError(f"font `{name}` of `{face.family}` is not there", help=help, path=layer.path)


def _named(layers: Sequence[Layer]) -> Iterator[str]:
    """Yield the font files that are only named: a style sheet has the rules for them."""
    for layer in layers:
        yield from (item for item in layer.settings.get("fonts", ()) if isinstance(item, str))


def _chain(name: str, themes_root: Path) -> list[Layer]:
    """Return theme.yaml of the theme and of all that it extends, base first."""
    names: list[str] = []
    layers: list[Layer] = []
    while name:
        if name in names:
            raise ThemeError(f"theme `{name}` extends itself: {' → '.join([*names, name])}", path=layers[-1].path)
        folder = themes_root / name
        if not (folder / "theme.yaml").is_file():
            raise _missing(name, themes_root, layers[-1].path if layers else None)
        layers.append(_layer(folder))
        names.append(name)
        name = "" if name == BASE else str(layers[-1].settings.get("extends", BASE))
    return layers[::-1]


def _missing(name: str, themes_root: Path, path: Path | None) -> ThemeError:
    existing = sorted(path.parent.name for path in themes_root.glob("*/theme.yaml"))
    kind = "theme" if path is None else "parent theme"
    help = did_you_mean(name, existing)
    return ThemeError(f"{kind} `{name}` does not exist", help=help, path=path)


def _layer(folder: Path) -> Layer:
    """Read a folder's theme.yaml and refuse settings that nothing reads."""
    path = folder / "theme.yaml"
    settings = read_mapping(path)
    for key in settings:
        if key not in SETTINGS:
            raise ThemeError(f"unknown setting `{key}`", help=did_you_mean(key, SETTINGS), path=path)
        expected = dict if key in MAPPINGS else list if key in LISTS else str
        if not isinstance(settings[key], expected):
            raise ThemeError(f"`{key}` is not a {KINDS[expected]}", path=path)
    faces = read_faces(settings.get("fonts", ()), path)
    if faces:
        settings["vars"] = {**stacks(faces), **settings.get("vars", {})}
    return Layer(path=path, settings=settings, faces=faces)
