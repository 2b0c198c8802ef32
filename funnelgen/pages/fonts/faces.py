"""The faces of a theme: what theme.yaml says of each font, and the CSS that follows.

    fonts:
    - family: Figtree
      file: whole/figtree.woff2       # with all its letters; a build cuts out those that the site shows
      basic: figtree.woff2            # the English ones, cut out beforehand: most sites need no more
      weight: 300 700
      heights: [95, 25]               # above and below the line, in percent of the size
      stand-ins:                      # by weight, a system's font made as wide as this one
        300 549: [arial, 101.4]
        550 700: [arial bold, 95.4]

`style: italic` and `role: display` say what is not upright and not for text. scripts/fonts works out the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.strings import ThemeError

TOKENS = {"text": "font", "display": "display"}
"""The token that holds the families of each role."""

# By which names Windows and macOS, Linux and Android know the fonts that stand in.
SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "arial": ("Arial", "Liberation Sans", "Roboto"),
    "arial bold": ("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Roboto Bold"),
    "arial italic": ("Arial Italic", "Arial-ItalicMT", "Liberation Sans Italic", "Roboto Italic"),
    "times": ("Times New Roman", "Liberation Serif", "Noto Serif"),
    "times bold": ("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold"),
    "times italic": ("Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic"),
}

System = Literal["arial", "arial bold", "arial italic", "times", "times bold", "times italic"]
Family = Annotated[str, Meta(pattern=r"^[A-Za-z][\w -]*$")]
File = Annotated[str, Meta(pattern=r"^\w[\w/-]*\.(woff2|woff|ttf|otf)$")]
Weight = Annotated[str, Meta(pattern=r"^[1-9]\d{0,2}( [1-9]\d{0,2})?$")]
Percent = Annotated[float, Meta(ge=0, le=400)]
Size = Annotated[float, Meta(ge=20, le=400)]


class Face(Struct, frozen=True, kw_only=True):
    """One cut of a font family, as theme.yaml says it."""

    family: Family
    file: File
    weight: Weight
    basic: File | None = None
    style: Literal["normal", "italic"] = "normal"
    role: Literal["text", "display"] = "text"
    heights: Annotated[tuple[Percent, ...], Meta(min_length=2, max_length=3)] | None = None
    stand_ins: dict[Weight, tuple[System, Size]] = field(name="stand-ins", default_factory=dict)

    @property
    def ready(self) -> str:
        """The file that is published as it is while the site shows English letters alone."""
        return self.basic or self.file

    @property
    def cut(self) -> str:
        """What the file is called that holds just the letters of the site."""
        return f"{PurePosixPath(self.file).stem}.woff2"

    def css(self, address: str) -> str:
        """Return the rules for the face, published at `address`, and for what stands in until it has come."""
        source = f'url({address}) format("woff2")'
        rules = [_rule(self.family, source, self.weight, self.style, "font-display:swap")]
        for weight, (system, size) in self.stand_ins.items():
            local = ",".join(f'local("{name}")' for name in SYSTEMS[system])
            heights = (*self.heights, 0.0)[:3] if self.heights else ()
            overrides = (f";{k}-override:{_percent(v / size * 100)}" for k, v in zip(_HEIGHTS, heights, strict=False))
            measures = f"size-adjust:{_percent(size)}" + "".join(overrides)
            rules.append(_rule(_stand_in(self.family), local, weight, self.style, measures))
        return "".join(rules)


_HEIGHTS = ("ascent", "descent", "line-gap")
_EXAMPLES = {
    "family": "family: Figtree",
    "file": "a file in fonts/ of the theme: `file: whole/figtree.woff2`",
    "basic": "a file in fonts/ of the theme: `basic: figtree.woff2`",
    "weight": "one weight, or from and to: `weight: 300 700`",
    "style": "style is normal or italic",
    "role": "role is text or display",
    "heights": "ascent and descent in percent of the size: `heights: [95, 25]`",
    "stand-ins": f"by weight, a font and its size in percent: `300 700: [arial, 101.4]`; one of {', '.join(SYSTEMS)}",
}


def read_faces(items: Sequence[Any], path: Path) -> tuple[Face, ...]:
    """Return the faces among the items of `fonts:` in `path`; a mere file name is left to the theme's own CSS.

    Raises ThemeError, with the place, for what is not as the top of this module has it.
    """
    faces = []
    for number, item in enumerate(items):
        try:
            if not isinstance(item, str):
                faces.append(_face(item))
        except ThemeError as error:
            error.path, error.at = path, ("fonts", number)
            raise
    return tuple(faces)


def stacks(faces: Iterable[Face]) -> dict[str, str]:
    """Return the tokens `font` and `display` of the faces: their families, what stands in, what every system has."""
    found = {}
    for role, token in TOKENS.items():
        if own := [face for face in faces if face.role == role]:
            names = [_quoted(face.family) for face in own]
            names += [_quoted(_stand_in(face.family)) for face in own if face.stand_ins]
            serif = any(system.startswith("times") for face in own for system, _ in face.stand_ins.values())
            found[token] = ",".join([*dict.fromkeys(names), "Georgia,serif" if serif else "system-ui,sans-serif"])
    return found


def _face(item: Any) -> Face:
    if not isinstance(item, dict):
        raise ThemeError("an entry of `fonts` is neither a file name nor a mapping", help=_EXAMPLES["family"])
    for key in item:
        if key not in _EXAMPLES:
            raise ThemeError(f"unknown key `{key}` of a font", help=did_you_mean(str(key), _EXAMPLES))
    for key in ("family", "file", "weight"):
        if not item.get(key):
            raise ThemeError(f"a font has no `{key}`", help=_EXAMPLES[key])
    try:
        return msgspec.convert(item, Face, strict=False)
    except msgspec.ValidationError as error:
        key = re.split(r"[.\[`]", str(error).partition("$.")[2])[0]
        raise ThemeError(f"`{key}` of font `{item['family']}` cannot be used", help=_EXAMPLES[key]) from error


def _rule(family: str, source: str, weight: str, style: str, rest: str) -> str:
    slant = "font-style:italic;" if style == "italic" else ""
    return f"@font-face{{font-family:{_quoted(family)};src:{source};font-weight:{weight};{slant}{rest}}}"


def _stand_in(family: str) -> str:
    return f"{family} Fallback"


def _quoted(family: str) -> str:
    return family if re.fullmatch(r"[A-Za-z-]+", family) else f'"{family}"'


def _percent(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") + "%"
