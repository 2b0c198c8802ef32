"""Themes: folders that inherit from one another, looked up file by file.

A template, a drawing, a style sheet or a strings file is taken from the first folder that has it: the site's own
`theme/`, the theme, what it extends, and at the end `base`, which has every page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.fonts.faces import Face, read_faces, stacks
from funnelgen.pages.frames import Frame, read_frames
from funnelgen.pages.sizes import DENSITIES, RADII
from funnelgen.pages.strings import Strings, ThemeError, read_mapping
from funnelgen.pages.tokens import Layer, Tokens, resolve

__all__ = ["BASE", "Listed", "Theme", "ThemeError", "listed", "load_theme"]

BASE = "base"
SCHEMES = ("auto", "light", "dark")
MAPPINGS = ("light", "dark", "vars", "blocks", "frames")
LISTS = ("base", "ratio", "fonts", "preload", "grounds", "own", "pairs")
WORDS: Mapping[str, Collection[str]] = {"radius": RADII, "density": DENSITIES}
SETTINGS = ("name", "about", "extends", "brand", *WORDS, *MAPPINGS, *LISTS)
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
    tongues: Mapping[str, Strings]  # of stacks in other languages, by locale
    scheme: str
    faces: tuple[Face, ...]
    fonts: tuple[str, ...]  # files that pages may refer to: those of the faces, and those that a style sheet names
    preload: tuple[str, ...]
    frames: Mapping[str, Frame]

    def speaking(self, locale: str) -> Strings:
        """Return the words of a page in one of the site's locales."""
        return self.tongues.get(locale, self.strings)

    def untranslated(self) -> Mapping[str, tuple[str, ...]]:
        """Return the keys whose words are English, for each locale of the site that is not of English."""
        words = {self.strings.locale: self.strings, **self.tongues}
        found = {locale: tuple(sorted(strings.untranslated())) for locale, strings in words.items()}
        return {locale: keys for locale, keys in found.items() if keys}

    def drawings(self) -> tuple[str, ...]:
        """Return the names of all drawings that there are."""
        return tuple(sorted({path.stem for folder in self.folders for path in folder.glob("art/*.svg")}))

    @property
    def folders(self) -> tuple[Path, ...]:
        """All folders in the order in which a file is looked up."""
        return (*((self.site,) if self.site else ()), *self.chain, self.base)

    def find(self, relative: str) -> Path | None:
        """Return the first file of that name along the folders; None for one that would lie outside of them."""
        if ".." in Path(relative).parts or Path(relative).is_absolute():
            return None
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
    folder: Path | None = None,
    stated: Layer | None = None,
    others: Sequence[str] = (),
) -> Theme:
    """Read the theme `name` from `themes_root`, with what it extends and with the site's own `theme/` folder over it.

    `brand` is one colour ("#2457ff") from which all role colours follow, `locale` the site's ("en-US"), `others` those
    of stacks in other languages, `scheme` auto, light or dark. `folder` is where the theme lies if it is none of
    `themes_root`, `stated` what site.yaml says of fonts, shapes and colours. Raises ThemeError for a theme, parent,
    setting, token or string that does not exist, and for a loop.
    """
    if scheme not in SCHEMES:
        raise ThemeError(f"unknown scheme `{scheme}`", help="scheme is auto, light or dark")
    site = site_theme if site_theme and site_theme.is_dir() else None
    layers = _chain(name, folder or themes_root / name, themes_root)
    changes = _layer(site) if site and (site / "theme.yaml").is_file() else None
    if changes and "extends" in changes.settings:
        help = f"it lies over the theme that site.yaml names, `{name}`"
        raise changes.wrong(
            "`extends` says nothing in a site's own theme/theme.yaml", "extends", help=help, on_key=True
        )
    own = [layer for layer in (changes, stated and _ready(stated)) if layer]
    all_layers = [*layers, *own]
    folders = [layer.path.parent for layer in layers]
    faces = _faces(all_layers)
    upright = tuple(face.ready for face in faces if face.style == "normal")
    words = [folder / "strings" for folder in (*folders, *((site,) if site else ()))]
    theme = Theme(
        name=name,
        site=site,
        chain=tuple(reversed(folders[1:])),
        base=folders[0],
        tokens=resolve(layers, brand=brand, own=own),
        plain=resolve(layers[:1], brand=None),
        strings=Strings.load(words, locale),
        tongues={other: Strings.load(words, other) for other in others if other != locale},
        scheme=scheme,
        faces=faces,
        fonts=(*(face.ready for face in faces), *_named(all_layers)),
        preload=next((tuple(it.settings["preload"]) for it in all_layers[::-1] if "preload" in it.settings), upright),
        frames=read_frames(all_layers),
    )
    for layer in all_layers:
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
    faces = iter(layer.faces)
    for number, item in enumerate(layer.settings.get("fonts", ())):
        if isinstance(item, str):
            continue  # a mere name: the style sheet that asks for it tells
        face = next(faces)
        for name in filter(None, (face.file, face.basic)):
            if not theme.find(f"fonts/{name}"):
                folder = "fonts/, beside theme.yaml" if layer.path.name == "theme.yaml" else "theme/fonts/"
                help = f"it belongs into the folder {folder}"
                raise layer.wrong(f"font `{name}` of `{face.family}` is not there", "fonts", number, help=help)


def _named(layers: Sequence[Layer]) -> Iterator[str]:
    """Yield the font files that are only named: a style sheet has the rules for them."""
    for layer in layers:
        yield from (item for item in layer.settings.get("fonts", ()) if isinstance(item, str))


def _chain(name: str, folder: Path, themes_root: Path) -> list[Layer]:
    """Return theme.yaml of the theme in `folder` and of all that it extends, base first."""
    names: list[str] = []
    layers: list[Layer] = []
    while True:
        below = layers[-1] if layers else None
        if not (folder / "theme.yaml").is_file():
            raise _missing(name, folder, themes_root, below)
        names.append(name)
        if below and any(layer.path.parent == folder for layer in layers):
            message = f"theme `{name}` extends itself: {' → '.join(names)}"
            raise below.wrong(message, "extends", help="one of them must extend `base`, or leave `extends` out")
        layer = _layer(folder)
        if not layer.settings:
            help = "begin with `name:` and `extends: daybreak`, or whichever theme comes nearest"
            raise ThemeError(f"theme `{name}` is empty", help=help, path=layer.path)
        layers.append(layer)
        if folder == themes_root / BASE:
            return layers[::-1]
        name = str(layers[-1].settings.get("extends") or BASE)
        folder = _parent(name, folder, themes_root)


def _parent(name: str, folder: Path, themes_root: Path) -> Path:
    """Return the folder of a parent: one beside the theme's own, or one that is shipped. They may share a name."""
    beside = folder.parent / name
    plain = re.fullmatch(r"[\w-]+", name)
    return beside if plain and beside != folder and (beside / "theme.yaml").is_file() else themes_root / name


def _missing(name: str, folder: Path, themes_root: Path, below: Layer | None) -> ThemeError:
    beside = below.path.parent.parent.glob("*/theme.yaml") if below else ()
    others = {path.parent.name for path in beside if below and path.parent != below.path.parent}
    existing = sorted(others | {path.parent.name for path in themes_root.glob("*/theme.yaml")})
    help = did_you_mean(name, existing)
    if below and name == below.path.parent.name:
        help = f"name one that comes with funnelgen, or a folder beside this one: {_quoted(existing)}"
        return below.wrong(f"theme `{name}` cannot extend itself", "extends", help=help)
    if below:
        return below.wrong(f"parent theme `{name}` does not exist", "extends", help=help)
    return ThemeError(f"theme `{name}` does not exist", help=help)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _layer(folder: Path) -> Layer:
    """Read a folder's theme.yaml and refuse settings that nothing reads."""
    path = folder / "theme.yaml"
    layer = Layer(path=path, settings=read_mapping(path))
    for key, value in layer.settings.items():
        if key not in SETTINGS:
            raise layer.wrong(f"unknown setting `{key}`", key, help=did_you_mean(str(key), SETTINGS), on_key=True)
        expected = dict if key in MAPPINGS else list if key in LISTS else str
        if not isinstance(value, expected):
            raise layer.wrong(f"`{key}` is not a {KINDS[expected]}", key)
        if key in WORDS and value not in WORDS[key]:
            raise layer.wrong(f"`{key}` cannot be `{value}`", key, help=did_you_mean(str(value), WORDS[key]))
    return _ready(layer)


def _ready(layer: Layer) -> Layer:
    """Return the layer with its faces read, and with the tokens that follow from its fonts and its radius."""
    faces = read_faces(layer.settings.get("fonts", ()), layer.path)
    follows = {**RADII.get(layer.settings.get("radius", ""), {}), **stacks(faces)}
    if not follows:
        return layer
    vars = {**follows, **layer.settings.get("vars", {})}
    return replace(layer, settings={**layer.settings, "vars": vars}, faces=faces)
