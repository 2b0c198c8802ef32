"""Design tokens: the one contract between themes and pages, resolved from theme.yaml into CSS custom properties.

A theme says its neutrals, its shapes and its type scale; role colours are derived from the brand colour, sizes are
computed. A token that is missing, or that no page knows, stops the build: CSS would pass over it without a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages import colour
from funnelgen.pages.fonts.faces import Face
from funnelgen.pages.sizes import scale, spaces
from funnelgen.pages.strings import ThemeError

NEUTRALS = ("bg", "surface", "tint", "ink", "ink-2", "paper", "line", "line-strong")
ROLES = ("accent", "on-accent", "accent-hover", "accent-ink", "accent-soft", "accent-edge", "focus", "error")
BLOCKS = ("b1", "b2", "b3", "b4", "on-block", "on-block-2", "deep", "on-deep", "on-deep-2")  # all of them, or none
SHAPES = ("font", "lh", "gut", "wrap", "r", "r2", "pill", "sh")
OPTIONAL_SHAPES = ("display",)

# What stands on what, and the contrast it must have there: WCAG 2.2, 1.4.3 (text) and 1.4.11 (controls).
PAIRS = (
    *((text, ground, 4.5) for text in ("ink", "ink-2", "accent-ink", "error") for ground in ("bg", "surface", "tint")),
    *((text, "accent-soft", 4.5) for text in ("ink", "ink-2", "accent-ink")),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    *(
        (shape, ground, 3.0)
        for shape in ("line-strong", "accent-edge", "focus")
        for ground in ("bg", "surface", "tint")
    ),
)
BLOCK_PAIRS = (
    *(("on-block", block, 4.5) for block in ("b1", "b2", "b3", "b4")),
    *(("on-block-2", block, 4.5) for block in ("b1", "b2")),
    *((text, "deep", 4.5) for text in ("on-deep", "on-deep-2", "b2")),
)


_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Layer(Struct, frozen=True, kw_only=True):
    """The theme.yaml of one folder of the chain, or what site.yaml says of looks (colours under its key `tokens`)."""

    path: Path
    settings: dict[str, Any]
    faces: tuple[Face, ...] = ()
    colours: tuple[str, ...] = ()  # the keys above `light` and `dark`

    def wrong(self, message: str, *at: str | int, help: str = "", on_key: bool = False) -> ThemeError:
        """Return the error for what stands at these keys of the file."""
        above = self.colours if at[:1] in (("light",), ("dark",)) else ()
        return ThemeError(message, help=help, path=self.path, at=(*above, *at), on_key=on_key)


class Contrast(Struct, frozen=True, kw_only=True):
    """One pair of colours as it turned out: names, colours, and whether it is enough."""

    scheme: str
    text: str
    ground: str
    colours: tuple[str, str]
    ratio: float
    wanted: float

    @property
    def enough(self) -> bool:
        """Whether the pair has the contrast it must have."""
        return self.ratio >= self.wanted

    @property
    def nearest(self) -> str:
        """The nearest colour for `text` that would pass on this ground."""
        lighter = colour.luminance(self.colours[1]) < 0.18
        return colour.push(self.colours[0], [self.colours[1]], self.wanted + 0.05, lighter=lighter)


class Tokens(Struct, frozen=True, kw_only=True):
    """All tokens of a page, resolved: `light` and `dark` colours, and `sizes`, the same in both."""

    light: dict[str, str]
    dark: dict[str, str]
    sizes: dict[str, str]
    grounds: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()

    def css(self, scheme: str) -> str:
        """Return the rules for `:root`; with "auto" the dark set applies where the visitor's system is dark."""
        if scheme == "dark":
            return _root("dark", {**self.sizes, **self.dark})
        light = _root("light", {**self.sizes, **self.light})
        if scheme == "light":
            return light
        changed = {name: value for name, value in self.dark.items() if self.light.get(name) != value}
        # Paper is white: print keeps the light set.
        return light + "@media screen and (prefers-color-scheme:dark){" + _root("dark", changed) + "}"

    def audit(self) -> list[Contrast]:
        """Measure every pair that contract and theme declare, and text on the theme's grounds, in both schemes."""
        pairs = list(PAIRS) + (list(BLOCK_PAIRS) if "b1" in self.light else [])
        pairs += [(text, ground, 4.5) for ground in self.grounds for text in ("ink", "ink-2", "accent-ink")]
        pairs += [(text, ground, 4.5) for text, ground in self.pairs]
        return [
            Contrast(
                scheme=name,
                text=text,
                ground=ground,
                colours=(colours[text], colours[ground]),
                ratio=colour.contrast(colours[text], colours[ground]),
                wanted=wanted,
            )
            for name, colours in (("light", self.light), ("dark", self.dark))
            for text, ground, wanted in pairs
        ]


def resolve(layers: Sequence[Layer], *, brand: str | None, own: Sequence[Layer] = ()) -> Tokens:
    """Return the tokens of a chain of themes, base first, for an optional brand colour and the site's `own` layers.

    Role colours that a theme states belong to its own brand colour, so another brand colour lets them go; those that
    the site states stay, and `Tokens.audit` tells whether they can be read. Raises ThemeError for a contract not kept.
    """
    merged: dict[str, Any] = {"light": {}, "dark": {}, "vars": {}, "blocks": {}, "grounds": [], "own": [], "pairs": []}
    stated = (*layers, *own)
    for layer in layers:
        _merge(merged, layer)
    wanted = brand or next((str(it.settings["brand"]) for it in reversed(own) if "brand" in it.settings), "")
    asked = wanted if wanted and wanted.lower() != str(merged.get("brand", "")).lower() else None
    if asked:
        _merge(merged, Layer(path=stated[-1].path, settings={"brand": asked}))
    for layer in own:
        _merge(merged, replace(layer, settings={k: v for k, v in layer.settings.items() if k != "brand"}))
    _check(merged, stated)
    schemes = {name: _colours(merged, name, recolour=asked is not None) for name in ("light", "dark")}
    steps = scale(_two_numbers(merged, "base", stated), _two_numbers(merged, "ratio", stated))
    sizes = {**steps, **spaces(merged.get("density", "normal")), **merged["vars"]}
    pairs = tuple((text, ground) for text, ground in merged["pairs"])
    return Tokens(**schemes, sizes=sizes, grounds=tuple(merged["grounds"]), pairs=pairs)


def _merge(merged: dict[str, Any], layer: Layer) -> None:
    """Lay the settings of one folder over those of its parents."""
    if "brand" in layer.settings:
        for scheme in ("light", "dark"):
            merged[scheme] = {name: value for name, value in merged[scheme].items() if name not in ROLES}
    for key, value in layer.settings.items():
        if key in ("light", "dark", "vars", "blocks"):
            merged[key] = {**merged[key], **value}
        elif key in ("grounds", "own", "pairs"):
            merged[key] = [*merged[key], *(name for name in value if name not in merged[key])]
        else:
            merged[key] = value


def _stating(layers: Sequence[Layer], setting: str, name: str | None = None) -> Layer:
    """Return the layer whose word on a setting counts, or on one name in it: the last that has it."""
    has = (layer for layer in reversed(layers) if setting in layer.settings)
    return next((it for it in has if name is None or name in it.settings[setting]), layers[-1])


def _check(merged: Mapping[str, Any], layers: Sequence[Layer]) -> None:
    """Raise ThemeError unless the settings keep the contract: all tokens there, none unknown, each usable."""
    own = tuple(f"{prefix}-" for prefix in merged["own"])
    blocks = BLOCKS if any(name in merged["light"] for name in BLOCKS) else ()
    for group, required, known in (
        ("light", (*NEUTRALS, *blocks), (*NEUTRALS, *ROLES, *BLOCKS)),
        ("dark", NEUTRALS, (*NEUTRALS, *ROLES, *BLOCKS)),
        ("vars", SHAPES, (*SHAPES, *OPTIONAL_SHAPES)),
    ):
        for name, value in merged[group].items():
            layer = _stating(layers, group, name)
            if name not in known and not (name.startswith(own) and _NAME.fullmatch(name)):
                remedy = "a token of the theme's own needs a prefix listed under `own`"
                help = did_you_mean(name, known, otherwise=remedy)
                raise layer.wrong(f"unknown token `{name}` under `{group}`", group, name, help=help, on_key=True)
            if not isinstance(value, str) or not value.strip() or set(value) & set(";{}<"):
                raise layer.wrong(f"token `{name}` under `{group}` is not a CSS value", group, name)
            if group != "vars" and name in known and not colour.is_colour(value):
                message = f"token `{name}` under `{group}` is not a colour such as `#bb4519`: `{value}`"
                raise layer.wrong(message, group, name)
        if missing := [name for name in required if name not in merged[group]]:
            message = f"missing token `{missing[0]}` under `{group}`"
            raise _stating(layers, group).wrong(message, group, help=_all(missing), on_key=True)
    brand = str(merged.get("brand", ""))
    if not colour.is_colour(brand):
        raise _stating(layers, "brand").wrong(f"`brand` is not a colour such as `#bb4519`: `{brand}`", "brand")
    for setting, name in _named(merged, layers):
        if not colour.is_colour(merged["light"].get(name, "")):
            raise _stating(layers, setting).wrong(
                f"`{setting}` names `{name}`, which is no colour of the theme", setting
            )


def _named(merged: Mapping[str, Any], layers: Sequence[Layer]) -> Iterator[tuple[str, str]]:
    """Yield (setting, name) for each colour that a setting refers to."""
    for ground in merged["grounds"]:
        yield "grounds", str(ground)
    for pair in merged["pairs"]:
        if not isinstance(pair, list) or len(pair) != 2:
            help = "a text and its ground: [[ink, tint]]"
            raise _stating(layers, "pairs", pair).wrong(f"`pairs` has `{pair}`", "pairs", help=help)
        yield from (("pairs", str(name)) for name in pair)
    for name, turned in merged["blocks"].items():
        try:
            numbers = [[float(number) for number in turned[scheme]] for scheme in ("light", "dark")]
            ok = all(len(three) == 3 and all(map(math.isfinite, three)) for three in numbers)
        except (KeyError, TypeError, ValueError):
            ok = False
        if not ok:
            help = f"{name}: {{light: [0.885, 0.075, 0], dark: [0.885, 0.075, 0]}}"
            message = f"`blocks` needs lightness, chroma and turn of `{name}` in both schemes"
            raise _stating(layers, "blocks", name).wrong(message, "blocks", name, help=help)
        yield "blocks", name


def _all(missing: Sequence[str]) -> str:
    return "also missing: " + ", ".join(missing[1:]) if missing[1:] else "every theme gives all tokens of the contract"


def _colours(merged: Mapping[str, Any], scheme: str, *, recolour: bool) -> dict[str, str]:
    """Return all colours of one scheme, the role colours derived where they are not stated."""
    stated: dict[str, str] = {**merged["light"], **merged["dark"]} if scheme == "dark" else dict(merged["light"])
    if scheme == "dark":  # a role stated for the light page says nothing about the dark one
        stated = {name: value for name, value in stated.items() if name not in ROLES or name in merged["dark"]}
    brand = str(merged["brand"])
    if recolour:
        _, brand_chroma, brand_hue = colour.to_oklch(brand)
        for name, spec in merged["blocks"].items():
            lightness, chroma, turn = (float(number) for number in spec[scheme])
            stated[name] = colour.from_oklch(lightness, min(chroma, brand_chroma), (brand_hue + turn) % 360)
    grounds = [stated[name] for name in merged["grounds"]]
    return {
        **stated,
        **{
            k: v
            for k, v in colour.derive(brand, stated, dark=scheme == "dark", grounds=grounds).items()
            if k not in stated
        },
    }


def _two_numbers(merged: Mapping[str, Any], key: str, layers: Sequence[Layer]) -> tuple[float, float]:
    """Read `base` or `ratio`: the figure on a phone and the one on a desktop."""
    try:
        low, high = (float(number) for number in merged[key])
        if not 0 < low <= high < math.inf:
            raise ValueError
    except (KeyError, TypeError, ValueError) as error:
        message = f"`{key}` needs two numbers, phone and desktop, the second no smaller"
        raise _stating(layers, key).wrong(message, key, help=f"{key}: [17, 18]") from error
    return low, high


def _root(scheme: str, properties: Mapping[str, str]) -> str:
    return f":root{{color-scheme:{scheme};" + "".join(_declarations(properties)) + "}"


def _declarations(properties: Mapping[str, str]) -> Iterator[str]:
    return (f"--{name}:{value};" for name, value in properties.items())
