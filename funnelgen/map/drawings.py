"""A small drawing of each kind of page, where the page itself cannot be shown: what stands where, and no words.

Fragments of SVG in a box of 152 × 114. Colours are classes: `g` ground, `p` paper, `l` light words, `k` headlines,
and the colours of the ways: a button is of the same colour as the way it leads.
"""

from __future__ import annotations

from collections.abc import Mapping

WIDTH, HEIGHT = 152, 114


def _bar(x: float, y: float, width: float, height: float = 4, kind: str = "l") -> str:
    return (
        f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{min(height / 2, 3):g}"/>'
    )


def _box(x: float, y: float, width: float, height: float, kind: str = "p", round: float = 4) -> str:
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round:g}"/>'


def _tick(x: float, y: float) -> str:
    return f'<path class="tick" d="M{x:g} {y:g}l1.6 1.8 3-3.6"/>'


def _line(x: float, y: float, width: float) -> str:
    """A ticked line of what is in it."""
    return _tick(x, y + 2) + _bar(x + 8, y, width, 3)


_TOP = '<circle class="k" cx="12" cy="9.5" r="2.5"/>' + _bar(18, 8, 22, 3)
_STATUS = _box(0, 0, WIDTH, 14, "soft", 6) + _tick(9, 7.5) + _bar(18, 5.5, 58, 3)

_LEAD_MAGNET = (
    _TOP
    + '<path class="art" d="M98 90V52a21 21 0 0 1 42 0v38z"/><circle class="sun" cx="119" cy="62" r="11"/>'
    + _bar(98, 88, 42, 3, "k")
    + _bar(10, 28, 74, 7, "k")
    + _bar(10, 39, 52, 7, "k")
    + _bar(10, 52, 66, 3)
    + _bar(10, 58, 54, 3)
    + _box(10, 70, 48, 14, "field")
    + _bar(15, 75.5, 24, 3)
    + _box(61, 70, 26, 14, "submit")
    + _bar(10, 92, 44, 3)
)
_TRIPWIRE = (
    _STATUS
    + _bar(36, 22, 80, 6, "k")
    + _box(14, 36, 124, 50)
    + '<path class="art" d="M14 40a4 4 0 0 1 4-4h36v50H18a4 4 0 0 1-4-4z"/><circle class="sun" cx="34" cy="62" r="10"/>'
    + _bar(64, 43, 30, 8, "k")
    + _bar(64, 56, 62, 3)
    + _box(64, 65, 64, 13, "accept")
    + _box(38, 93, 76, 12, "decline")
    + _bar(50, 97.5, 52, 3)
)
_SALES = (
    _TOP
    + _box(118, 5, 24, 9, "continue", 4.5)
    + _bar(30, 24, 92, 8, "k")
    + _bar(44, 36, 64, 8, "k")
    + _bar(38, 50, 76, 3)
    + _box(50, 59, 52, 14, "continue")
    + "".join(
        _box(10 + 46 * n, 82, 40, 26) + _bar(16 + 46 * n, 88, 18, 4, "k") + _bar(16 + 46 * n, 96, 28, 3)
        for n in range(3)
    )
)
_CHECKOUT = (
    _TOP
    + "".join(f'<circle class="{"k" if n == 0 else "dot"}" cx="{122 + 9 * n}" cy="9.5" r="2.5"/>' for n in range(3))
    + _bar(14, 22, 52, 6, "k")
    + _box(14, 34, 124, 15)
    + _bar(20, 40, 58, 3)
    + _bar(118, 39, 14, 5, "k")
    + _box(14, 53, 124, 18, "bump")
    + _box(20, 58, 8, 8, "field", 2)
    + _bar(33, 57.5, 50, 3)
    + _bar(33, 63.5, 68, 3)
    + _bar(14, 78, 26, 5, "k")
    + _bar(114, 77, 24, 7, "k")
    + _box(14, 90, 124, 16, "accept")
)
_OTO = (
    _STATUS
    + _bar(24, 21, 104, 7, "k")
    + _bar(40, 32, 72, 3)
    + _box(14, 41, 124, 68)
    + _line(22, 49, 36)
    + _line(22, 57, 44)
    + _line(22, 65, 30)
    + _bar(94, 48, 34, 10, "k")
    + _bar(94, 63, 34, 3)
    + _box(22, 74, 108, 13, "accept")
    + _box(22, 91, 108, 13, "decline")
    + _bar(50, 96, 52, 3)
)
_DOWNSELL = (
    _STATUS
    + _bar(34, 21, 84, 6, "k")
    + _box(14, 34, 60, 38)
    + _box(78, 34, 60, 38, "gone")
    + "".join(_line(21, 42 + 9 * n, width) for n, width in enumerate((30, 36, 26)))
    + "".join(_bar(86, 42 + 9 * n, 4, 2, "k") + _bar(94, 41.5 + 9 * n, width, 3) for n, width in enumerate((26, 32)))
    + _box(14, 77, 124, 13, "accept")
    + _box(14, 94, 124, 13, "decline")
    + _bar(50, 99, 52, 3)
)
_THANK_YOU = (
    '<circle class="soft" cx="76" cy="19" r="12"/><path class="tick big" d="M70 19l4.5 4.5 8-9"/>'
    + _bar(34, 38, 84, 7, "k")
    + "".join(
        _box(20, 53 + 19 * n, 112, 15)
        + _box(25, 57 + 19 * n, 7, 7, "art", 1.5)
        + _bar(38, 59 + 19 * n, width, 3)
        + _box(108, 56.5 + 19 * n, 19, 8, kind, 3)
        for n, (width, kind) in enumerate(((46, "continue"), (38, "field")))
    )
    + _bar(36, 97, 80, 3)
    + _bar(50, 104, 52, 3)
)

DRAWINGS: Mapping[str, str] = {
    "lead-magnet": _LEAD_MAGNET,
    "tripwire": _TRIPWIRE,
    "sales": _SALES,
    "checkout": _CHECKOUT,
    "oto": _OTO,
    "downsell": _DOWNSELL,
    "thank-you": _THANK_YOU,
}


def drawing(kind: str) -> str:
    """The drawing of a kind of page, on its ground."""
    return _box(0, 0, WIDTH, HEIGHT, "g", 6) + DRAWINGS[kind]
