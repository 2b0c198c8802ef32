"""Design tokens: the one contract between themes and pages, resolved from theme.yaml into CSS custom properties.

A theme says its neutrals, its shapes and its type scale; role colours are derived from the brand colour, sizes are
computed. A token that is missing, or that no page knows, stops the build: CSS would pass over it without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages import colour
from funnelgen.pages.fonts.faces import Face
from funnelgen.pages.strings import ThemeError

NEUTRALS = ("bg", "surface", "tint", "ink", "ink-2", "paper", "line", "line-strong")
ROLES = ("accent", "on-accent", "accent-hover", "accent-ink", "accent-soft", "accent-edge", "focus")
BLOCKS = ("b1", "b2", "b3", "b4", "on-block", "on-block-2", "deep", "on-deep", "on-deep-2")  # all of them, or none
SHAPES = ("font", "lh", "gut", "wrap", "r", "r2", "sh")
OPTIONAL_SHAPES = ("display",)
SPACES = ((4, 4), (8, 8), (12, 14), (16, 20), (24, 30), (32, 44), (48, 72), (72, 120))  # px on a phone, on a desktop
NARROW, WIDE = 360, 1280  # px: the widths between which sizes grow
SMALLEST = (14, 14.5)  # px: no text below this

# What stands on what, and the contrast it must have there: WCAG 2.2, 1.4.3 (text) and 1.4.11 (controls).
PAIRS = (
    *((text, ground, 4.5) for text in ("ink", "ink-2", "accent-ink") for ground in ("bg", "surface", "tint")),
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


class Layer(Struct, frozen=True, kw_only=True):
    """The theme.yaml of one folder of the chain."""

    path: Path
    settings: dict[str, Any]
    faces: tuple[Face, ...] = ()


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


def resolve(layers: Sequence[Layer], *, brand: str | None, site: Layer | None) -> Tokens:
    """Return the tokens of a chain of themes, base first, for an optional brand colour and the site's own overrides.

    Role colours that a theme states belong to its own brand colour, so another brand colour lets them go; those that
    the site states stay, and `Tokens.audit` tells whether they can be read. Raises ThemeError for a contract not kept.
    """
    merged: dict[str, Any] = {"light": {}, "dark": {}, "vars": {}, "blocks": {}, "grounds": [], "own": [], "pairs": []}
    for layer in layers:
        _merge(merged, layer)
    own_brand = str(merged.get("brand", ""))
    asked = brand if brand and brand.lower() != own_brand.lower() else None
    if asked:
        _merge(merged, Layer(path=layers[-1].path, settings={"brand": asked}))
    if site:
        _merge(merged, site)
        asked = str(site.settings["brand"]) if "brand" in site.settings else asked
    path = site.path if site else layers[-1].path
    _check(merged, path)
    schemes = {name: _colours(merged, name, recolour=asked is not None) for name in ("light", "dark")}
    sizes = {**_scale(merged, path), **_spaces(), **merged["vars"]}
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


def _check(merged: Mapping[str, Any], path: Path) -> None:
    """Raise ThemeError unless the settings keep the contract: all tokens there, none unknown, each usable."""
    own = tuple(f"{prefix}-" for prefix in merged["own"])
    blocks = BLOCKS if any(name in merged["light"] for name in BLOCKS) else ()
    for group, required, known in (
        ("light", (*NEUTRALS, *blocks), (*NEUTRALS, *ROLES, *BLOCKS)),
        ("dark", NEUTRALS, (*NEUTRALS, *ROLES, *BLOCKS)),
        ("vars", SHAPES, (*SHAPES, *OPTIONAL_SHAPES)),
    ):
        for name, value in merged[group].items():
            if name not in known and not name.startswith(own):
                remedy = "a token of the theme's own needs a prefix listed under `own`"
                help = did_you_mean(name, known, otherwise=remedy)
                raise ThemeError(f"unknown token `{name}` under `{group}`", help=help, path=path)
            if not isinstance(value, str) or not value.strip() or set(value) & set(";{}<"):
                raise ThemeError(f"token `{name}` under `{group}` is not a CSS value", path=path)
            if group != "vars" and name in known and not colour.is_colour(value):
                raise ThemeError(
                    f"token `{name}` under `{group}` is not a colour such as `#bb4519`: `{value}`", path=path
                )
        if missing := [name for name in required if name not in merged[group]]:
            raise ThemeError(f"missing token `{missing[0]}` under `{group}`", help=_all(missing), path=path)
    if not colour.is_colour(str(merged.get("brand", ""))):
        raise ThemeError(f"`brand` is not a colour such as `#bb4519`: `{merged.get('brand', '')}`", path=path)
    for setting, name in _named(merged, path):
        if not colour.is_colour(merged["light"].get(name, "")):
            raise ThemeError(f"`{setting}` names `{name}`, which is no colour of the theme", path=path)


def _named(merged: Mapping[str, Any], path: Path) -> Iterator[tuple[str, str]]:
    """Yield (setting, name) for each colour that a setting refers to."""
    for ground in merged["grounds"]:
        yield "grounds", ground
    for pair in merged["pairs"]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise ThemeError(f"`pairs` has `{pair}`", help="a text and its ground: [[ink, tint]]", path=path)
        yield from (("pairs", str(name)) for name in pair)
    for name, turned in merged["blocks"].items():
        try:
            ok = all(len([float(number) for number in turned[scheme]]) == 3 for scheme in ("light", "dark"))
        except (KeyError, TypeError, ValueError):
            ok = False
        if not ok:
            help = f"{name}: {{light: [0.885, 0.075, 0], dark: [0.885, 0.075, 0]}}"
            message = f"`blocks` needs lightness, chroma and turn of `{name}` in both schemes"
            raise ThemeError(message, help=help, path=path)
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


def fluid(low: float, high: float) -> str:
    """Return a CSS length that grows from `low` to `high` px between a narrow phone and a desktop, in rem and vi.

    The rem part keeps it growing with the reader's own text size, so that zooming to 200 % works.
    """
    if low == high:
        return f"{low / 16:.4g}rem"
    slope = (high - low) / (WIDE - NARROW)
    start = low - slope * NARROW
    return f"clamp({low / 16:.4g}rem,{start / 16:.4g}rem + {slope * 100:.4g}vi,{high / 16:.4g}rem)"


def _scale(merged: Mapping[str, Any], path: Path) -> dict[str, str]:
    """Return t-s and t0 to t6: a modular scale whose base and ratio both grow with the window."""
    base, ratio = (_two_numbers(merged, key, path) for key in ("base", "ratio"))
    steps = {}
    for n in range(-1, 7):
        low, high = (round(size * factor**n, 2) for size, factor in zip(base, ratio, strict=True))
        if n < 0:
            low, high = max(low, SMALLEST[0]), max(high, SMALLEST[1])
        steps["t-s" if n < 0 else f"t{n}"] = fluid(low, high)
    return steps


def _two_numbers(merged: Mapping[str, Any], key: str, path: Path) -> tuple[float, float]:
    """Read `base` or `ratio`: the figure on a phone and the one on a desktop."""
    try:
        low, high = (float(number) for number in merged[key])
    except (KeyError, TypeError, ValueError) as error:
        raise ThemeError(f"`{key}` needs two numbers, phone and desktop", help=f"{key}: [17, 18]", path=path) from error
    return low, high


def _spaces() -> dict[str, str]:
    return {f"s{n}": fluid(low, high) for n, (low, high) in enumerate(SPACES, start=1)}


def _root(scheme: str, properties: Mapping[str, str]) -> str:
    return f":root{{color-scheme:{scheme};" + "".join(_declarations(properties)) + "}"


def _declarations(properties: Mapping[str, str]) -> Iterator[str]:
    return (f"--{name}:{value};" for name, value in properties.items())
