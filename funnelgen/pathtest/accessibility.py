"""What axe-core finds on a page. The package that brings its script comes with the extra `test`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def findings(page: Page) -> list[str]:
    """What hinders people on a page, in light and dark, a line per element."""
    schemes: dict[str, list[str]] = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for what in _findings(page):
            schemes.setdefault(what, []).append(scheme)
    page.emulate_media(color_scheme="light")
    return [what if len(met) == len(SCHEMES) else f"{what} ({met[0]})" for what, met in schemes.items()]


def _findings(page: Page) -> list[str]:
    if not page.evaluate("() => typeof window.axe === 'object'"):
        page.evaluate(_script())
    options = {"resultTypes": ["violations", "incomplete"], "runOnly": {"type": "tag", "values": WCAG}}
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
