"""What axe-core finds on a page. The package that brings its script comes with the extra `test`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from funnelgen.pathtest.facts import Device

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours."""


def findings(page: Page, device: Device) -> list[str]:
    """What hinders people on a page, a line per element: on phones in light and dark, elsewhere in light.

    In the dark only what has to do with colour can differ: a page is the same, and laid out the same.
    """
    page.evaluate(_script())
    found = _findings(page, {"type": "tag", "values": WCAG})
    if not device.touch:
        return found
    page.emulate_media(color_scheme="dark")
    dark = _findings(page, {"type": "rule", "values": COLOURS})
    page.emulate_media(color_scheme="light")
    only_light = [what for what in found if what.startswith(COLOURS) and what not in dark]
    return [
        *(f"{what} (light)" if what in only_light else what for what in found),
        *(f"{what} (dark)" for what in dark if what not in found),
    ]


def _findings(page: Page, rules: Mapping[str, object]) -> list[str]:
    options = {"resultTypes": ["violations", "incomplete"], "runOnly": rules}
    answer: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
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
