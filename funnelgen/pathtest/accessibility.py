"""What axe-core finds on a page. The package that brings its script comes with the extra `test`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours."""
CERTAIN = ("duplicate-id-aria",)
"""What axe-core asks a person to look at, and is wrong wherever it is found: a label that names two things."""


_JUDGE = """options => {
  for (const one of document.getAnimations()) if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
  return axe.run(options);
}"""
"""Once what fades has faded: colours that pass from light to dark are nobody's."""


def findings(page: Page, *, first: bool = True, new: bool = True) -> list[str]:
    """What hinders people on a page, a line per element. `new` says whether it has kinds of elements that are new here.

    Every page is judged on the `first` device of a run, in light. What else there is follows from style sheets,
    whatever the words: the colours, in light and dark, and how things stand on another device. That is judged once for
    each kind of element.
    """
    if not (new or first):
        return []
    page.evaluate(_script())
    off = {} if new else {rule: {"enabled": False} for rule in COLOURS}
    found = _findings(page, runOnly={"type": "tag", "values": WCAG}, rules=off)
    if not (new and first):
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
    answer: dict[str, Any] = page.evaluate(_JUDGE, asked)
    return [
        f"{v['id']}: {v['help']}, at `{' '.join(map(str, n['target']))}`"
        for v in (*answer["violations"], *answer["incomplete"])
        for n in v["nodes"]
        if v in answer["violations"] or v["id"] in CERTAIN or _invisible(n)
    ]


def _invisible(node: Any) -> bool:
    """Whether words have the very colour of what is behind them. axe-core only wonders whether that is meant."""
    said = (check["data"] for check in node["any"])
    return any(isinstance(data, dict) and data.get("messageKey") == "equalRatio" for data in said)


@cache
def _script() -> str:
    """The script of axe-core. It may run whatever a page's policy says, since it is not the page that asks for it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
