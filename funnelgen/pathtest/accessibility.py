"""What axe-core finds on a page. The package that brings its script comes with the extra `test`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from msgspec import Struct
from playwright.sync_api import Page

from funnelgen.pathtest.facts import Device

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours."""
CERTAIN = ("duplicate-id-aria",)
"""What axe-core asks a person to look at, and is wrong wherever it is found: a label that names two things."""

_STRUCTURE: Mapping[str, object] = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {rule: {"enabled": False} for rule in COLOURS},
}
_COLOURS: Mapping[str, object] = {"runOnly": {"type": "rule", "values": COLOURS}}


def axe_at_hand() -> str:
    """A script to run before all others on a page that a judge may see.

    axe-core is half a megabyte: a page that has it at hand need not be sent it, and one that is not judged does not
    run it. Whatever the page's policy says, it may: it is not the page that asks.
    """
    return f"Object.defineProperty(window, Symbol.for('funnelgen axe'), {{ value() {{ {_axe()}\n }} }})"


class Judge:
    """Judges the pages of a run, and remembers what was fine, so that it need not be judged again.

    Every page is judged on the `first` device, whatever its words. How it stands on another device, and the colours,
    follow from style sheets: those are judged where a page has kinds of elements that were on no page of the device
    before, the colours on the first device in light and dark. Of colours each look is judged once.

    One judge serves all workers: it only ever leaves out what gave no finding, so that their order changes none. What
    axe-core cannot decide, as over a drawing, gives none: the same look is judged elsewhere, the same kind is not.
    """

    def __init__(self, first: Device | None = None) -> None:
        """Without a `first` device, every page is judged on each."""
        self._first = first
        self._kinds: dict[str, set[str]] = {}
        self._looks: set[str] = set()

    def findings(self, page: Page, device: Device, kinds: Collection[str]) -> list[str]:
        """What hinders people on a page, a line per element. `kinds` are what js/look.js said of it (sight.Glance)."""
        fine = self._kinds.setdefault(device.name, set())
        new = [kind for kind in kinds if kind not in fine]
        first = self._first in (None, device)
        if not (new or first):
            return []
        if not page.evaluate("() => { window[Symbol.for('funnelgen axe')]?.(); return 'axe' in window }"):
            page.evaluate(_axe())
        found = _judged(page, _STRUCTURE).lines
        if new:
            found += self._colours(page, new, both=first)
        if not found:
            fine.update(new)
        return found

    def _colours(self, page: Page, kinds: Collection[str], *, both: bool) -> list[str]:
        light = self._look(page, kinds)
        if not both:
            return light
        page.emulate_media(color_scheme="dark")
        dark = self._look(page, kinds)
        page.emulate_media(color_scheme="light")
        return [
            *(what if what in dark else f"{what} (light)" for what in light),
            *(f"{what} (dark)" for what in dark if what not in light),
        ]

    def _look(self, page: Page, kinds: Collection[str]) -> list[str]:
        judged = _judged(page, _COLOURS, kinds, self._looks)
        if not judged.lines:
            self._looks.update(judged.looks)
        return judged.lines


class _Judged(Struct, frozen=True):
    lines: list[str]
    looks: list[str]


def _judged(
    page: Page, options: Mapping[str, object], kinds: Collection[str] | None = None, known: Collection[str] = ()
) -> _Judged:
    # What it would load beside the page is for rules that are not asked for.
    asked = {"resultTypes": ["violations", "incomplete"], "preload": False, **options}
    answer: dict[str, Any] = page.evaluate(_script(), [asked, kinds and list(kinds), list(known)])
    lines = [
        f"{v['id']}: {v['help']}, at `{' '.join(map(str, n['target']))}`"
        for v in (*answer["violations"], *answer["incomplete"])
        for n in v["nodes"]
        if v in answer["violations"] or v["id"] in CERTAIN or _invisible(n)
    ]
    return _Judged(lines, answer["looks"])


def _invisible(node: Any) -> bool:
    """Whether words have the very colour of what is behind them. axe-core only wonders whether that is meant."""
    said = (check["data"] for check in node["any"])
    return any(isinstance(data, dict) and data.get("messageKey") == "equalRatio" for data in said)


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@cache
def _script() -> str:
    return (Path(__file__).parent / "js" / "judge.js").read_text(encoding="utf-8")
