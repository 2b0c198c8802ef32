"""Sizes that grow with the window: the steps of the type scale, the spaces, and the radii that a word stands for."""

from __future__ import annotations

SPACES = ((4, 4), (8, 8), (12, 14), (16, 20), (24, 30), (32, 44), (48, 72), (72, 120))  # px on a phone, on a desktop
# How much the spaces between and around sections grow. Those of phones stay: the way to say no is to be found there
# within two screens.
DENSITIES = {"normal": 1.0, "calm": 1.5}
LARGE = 5  # from this space on they lie between sections, and no more within one
RADII = {
    "sharp": {"r": "2px", "r2": "2px", "pill": "2px"},
    "soft": {"r": ".875rem", "r2": ".5rem", "pill": ".5rem"},
    "round": {"r": "1.75rem", "r2": "1rem", "pill": "99rem"},
}
"""The tokens of each `radius`: of cards, of what stands in them, of buttons and labels."""
NARROW, WIDE = 360, 1280  # px: the widths between which sizes grow
SMALLEST = (14, 14.5)  # px: no text below this


def fluid(low: float, high: float) -> str:
    """Return a CSS length that grows from `low` to `high` px between a narrow phone and a desktop, in rem and vi.

    The rem part keeps it growing with the reader's own text size, so that zooming to 200 % works.
    """
    if low == high:
        return f"{low / 16:.4g}rem"
    slope = (high - low) / (WIDE - NARROW)
    start = low - slope * NARROW
    return f"clamp({low / 16:.4g}rem,{start / 16:.4g}rem + {slope * 100:.4g}vi,{high / 16:.4g}rem)"


def scale(base: tuple[float, float], ratio: tuple[float, float]) -> dict[str, str]:
    """Return t-s and t0 to t6: a modular scale whose base (px) and ratio are given for a phone and for a desktop."""
    steps = {}
    for n in range(-1, 7):
        low, high = (round(size * factor**n, 2) for size, factor in zip(base, ratio, strict=True))
        if n < 0:
            low, high = max(low, SMALLEST[0]), max(high, SMALLEST[1])
        steps["t-s" if n < 0 else f"t{n}"] = fluid(low, high)
    return steps


def spaces(density: str) -> dict[str, str]:
    """Return s1 to s8, in one of DENSITIES."""
    growth = DENSITIES[density]
    grown = ((low, high * growth if n >= LARGE else high) for n, (low, high) in enumerate(SPACES, start=1))
    return {f"s{n}": fluid(low, high) for n, (low, high) in enumerate(grown, start=1)}
