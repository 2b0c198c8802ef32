"""What axe-core finds on a page. The package that brings its script comes with the extra `test`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from funnelgen.pathtest.facts import Device

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours."""


def findings(page: Page, device: Device, *, new: bool = True) -> list[str]:
    """What hinders people on a page, a line per element. `new` says whether it has kinds of elements that are new here.

    Every page is judged on a phone in light. What else there is follows from style sheets, whatever the words: the
    colours, in light and dark, and how things stand on a desktop. That is judged once for each kind of element.
    """
    if not (new or device.touch):
        return []
    page.evaluate(_script())
    off = {} if new else {rule: {"enabled": False} for rule in COLOURS}
    found = _findings(page, runOnly={"type": "tag", "values": WCAG}, rules=off)
    if not (new and device.touch):
        return found
    page.emulate_media(color_scheme="dark")
    dark = _findings(page, runOnly={"type": "rule", "values": COLOURS})
    page.emulate_media(color_scheme="light")
    only_light = [what for what in found if what.startswith(COLOURS) and what not in dark]
    return [
        *(f"{what} (light)" if what in only_light else what for what in found),
        *(f"{what} (dark)" for what in dark if what not in found),
    ]


def _findings(page: Page, **options: object) -> list[str]:
    # What it would load beside the page is for rules that are not asked for.
    asked = {"resultTypes": ["violations", "incomplete"], "preload": False, **options}
    answer: dict[str, Any] = page.evaluate("options => axe.run(options)", asked)
    return [
        f"{v['id']}: {v['help']}, at `{' '.join(map(str, n['target']))}`"
        for v in (*answer["violations"], *answer["incomplete"])
        for n in v["nodes"]
        if v in answer["violations"] or _invisible(n)
    ]


def _invisible(node: Any) -> bool:
    """Whether words have the very colour of what is behind them. axe-core only wonders whether that is meant."""
    return any((check["data"] or {}).get("messageKey") == "equalRatio" for check in node["any"])


@cache
def _script() -> str:
    """The script of axe-core. It may run whatever a page's policy says, since it is not the page that asks for it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
