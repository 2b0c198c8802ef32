"""docs/themes.md as a designer follows it: the theme in its blocks is built over a small site, step by step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from funnelgen.diagnostics.text import render
from funnelgen.pages.colour import contrast
from funnelgen.pages.sizes import DENSITIES, RADII
from funnelgen.pages.themes import SETTINGS
from funnelgen.pages.tokens import BLOCKS, NEUTRALS, OPTIONAL_SHAPES, ROLES, SHAPES
from funnelgen.pipeline import Failed, Output

from .sites import ROOT, SMALL, Files, built, pages_of, site, stack

GUIDE = (ROOT / "docs" / "themes.md").read_text(encoding="utf-8")
MISTAKE = "## What no page may lose"
_FENCE = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# With every step that has a button, so that the guarantees of all pages are at stake.
STEPS = """\
  - lead-magnet: guide
  - sales: course
  - checkout: course
    bump: template
  - oto: calls
  - thank-you:
"""
CALLS = """\
  calls:
    name: Three Calls
    category: course
    price: 300
    promise: Somebody looks at it with you.
    includes: [Three calls, Notes after each]
    access: Starts at once.
    refund: Full refund within 30 days.
    deliver: {url: "https://calls.internal/book", label: Book}
"""


def blocks(text: str) -> Files:
    """The files in a part of the guide, later ones in the place of earlier; site.yaml's lines join the small site's."""
    files: dict[str, str | bytes | None] = {path: content for _, path, content in _FENCE.findall(text)}
    if "site.yaml" in files:
        files["site.yaml"] = f"{SMALL['site.yaml']!s}{files['site.yaml']!s}"
    return files


def built_from(folder: Path, text: str) -> Output:
    return built(site(folder, {"stack.yaml": stack(STEPS, CALLS), "copy/oto.md": "Calls.\n", **blocks(text)}))


def colours(html: str) -> Mapping[str, str]:
    """The tokens of a page's light scheme."""
    return dict(re.findall(r"--([\w-]+):([^;]+);", html.partition("@media screen and (prefers-color-scheme")[0]))


def test_the_smallest_theme_is_one_file(tmp_path: Path) -> None:
    text = GUIDE.partition("## What may be in it")[0]
    assert sorted(blocks(text)) == ["dusk/theme.yaml", "site.yaml"]
    output = built_from(tmp_path, text)
    assert [d.message for d in output.diagnostics] == []
    tokens = colours(pages_of(output)["checkout/index.html"])
    assert (tokens["accent"], tokens["bg"]) == ("#6b2d5c", "#fdf9f4")


def test_the_theme_of_the_guide_is_built_without_findings(tmp_path: Path) -> None:
    """It has its colours, drawing, rules, templates and words, and keeps what a buyer must see."""
    output = built_from(tmp_path, GUIDE.partition(MISTAKE)[0])
    assert [d.message for d in output.diagnostics] == []
    pages = pages_of(output)
    oto, checkout, lost = pages["oto/index.html"], pages["checkout/index.html"], pages["404.html"]
    tokens = colours(oto)
    assert {name: tokens[name] for name in ("accent", "bg", "moon-1", "r")} == {
        "accent": "#6b2d5c", "bg": "#fbf7f9", "moon-1": "#f0c46a", "r": "2px",
    }  # fmt: skip
    assert contrast(tokens["moon-ink"], tokens["moon-1"]) >= 4.5
    assert contrast(tokens["ink-2"], tokens["tint"]) >= 4.5
    assert all('fill="var(--moon-1)"' in html for name, html in pages.items() if not name.startswith("demo/"))
    assert 'class="moonlit"' in oto
    assert ".moonlit{margin-block-end:var(--s3)}" in oto
    assert "Lost in the dark" in lost
    for part in ("price", "terms", "accept", "decline"):
        assert f'data-fg="{part}"' in oto
    assert checkout.count('data-fg="total"') == 2  # with the bump, and without


def test_the_mistake_of_the_guide_is_told_as_the_guide_says(tmp_path: Path) -> None:
    with pytest.raises(Failed) as failed:
        built_from(tmp_path, GUIDE)
    shown = render([failed.value.diagnostic], failed.value.sources)
    promised = re.findall(r"^```text\n(.*?)^```$", GUIDE.partition(MISTAKE)[2], re.MULTILINE | re.DOTALL)
    assert [shown.strip()] == [block.strip() for block in promised]


def test_the_guide_names_every_token_and_setting() -> None:
    """And the files that a theme may have, and nothing that there is not."""
    table = GUIDE.partition("### Tokens")[2].partition("## ")[0]
    rows = [re.findall(r"`([\w-]+)`", line.split("|")[1]) for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in row}
    steps = {"t-s", "t0", "t6", "s1", "s8"}
    assert named == {*NEUTRALS, *ROLES, *SHAPES, *OPTIONAL_SHAPES, *BLOCKS, *steps} - {"b2", "b3"}
    for setting in {*SETTINGS, *RADII, *DENSITIES} - {"preload"}:
        assert re.search(rf"(?m)`{setting}[`:]|^{setting}:", GUIDE), setting


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        path, _, fragment = target.partition("#")
        if not path.startswith("https:"):
            text = (ROOT / "docs" / path).resolve() if path else ROOT / "docs" / "themes.md"
            assert text.exists(), target
            if fragment:
                headings = re.findall(r"^#+ (.*)$", text.read_text(), re.MULTILINE)
                assert fragment in [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings], target
