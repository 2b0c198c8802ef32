"""A page that is too heavy: which words of it, and how many less would do."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from funnelgen.explain import filler

from .browser.sites import EXAMPLE, THEMES, dress, write_shop
from .browser.studio import write_studio
from .sites import SMALL, built, site

PARTS = ("## What it is", "## A story", "## What it costs")


def weigh(folder: Path, copy: str) -> list[str]:
    """What a build says of the weight of its sales page, with its notes and its help."""
    found = built(site(folder, {"copy/sales.md": copy})).diagnostics
    return [
        line
        for d in found
        if d.code in ("FG602", "FG614")
        for line in (f"{d.code} {d.message}", *(f"{note.span.line}: {note.text}" for note in d.notes), d.help)
    ]


def long_copy(words: int) -> str:
    """Copy whose second part has so many words."""
    prose = " ".join(filler(12 * words).decode().split()[:words])
    return f"{PARTS[0]}\n\nA few words.\n\n{PARTS[1]}\n\n{prose}\n\n{PARTS[2]}\n\nIt says so above.\n"


def test_the_longest_part_is_named_and_how_much_of_it_is_too_much(tmp_path: Path) -> None:
    said = weigh(tmp_path, long_copy(3600))
    assert said[0].startswith("FG614 `/sales/` weighs 2")
    assert said[1] == "5: the longest part, of 3,602 words"
    assert said[2].startswith("take about ")
    assert " of its 3,615 words out" in said[2]


def test_what_the_help_asks_for_is_enough(tmp_path: Path) -> None:
    words = 3600
    (_, _, help) = weigh(tmp_path / "before", long_copy(words))
    less = int(help.split()[2].replace(",", ""))
    assert weigh(tmp_path / "after", long_copy(words - less)) == []


def test_between_budget_and_limit_is_a_warning(tmp_path: Path) -> None:
    said = weigh(tmp_path, long_copy(2600))
    assert said[0].startswith("FG602 ")
    assert said[0].endswith("its budget is 14 KB")


def test_a_list_of_very_many_terms_stops_no_build(tmp_path: Path) -> None:
    terms = {
        f"glossary/{name}.md": f"---\nterm: {name}\ndefinition: It is {name}.\n---\nIt is {name}.\n"
        for name in dict.fromkeys(word for word in filler(30_000).decode().split() if len(word) > 6)
    }
    output = built(site(tmp_path, terms))
    assert len(output.files["glossary/index.html"]) > 100_000
    assert not [d for d in output.diagnostics if d.code in ("FG602", "FG614")]


def test_the_script_of_live_pages_is_within_its_budget(tmp_path: Path) -> None:
    """1.5 KB at the quality of hosts that compress while they send; with a video's player at that of the others."""
    links = "live: {checkout: https://buy.stripe.com/abc, checkout+template: https://buy.stripe.com/def}\n"
    config = f"{SMALL['site.yaml']!s}tracking: {{beacon: /events}}\n"
    video = "/// video | A short look\n    src: https://youtu.be/dQw4w9WgXcQ\n\nA minute and a half.\n///\n"
    files = built(site(tmp_path, {"links.yaml": links, "site.yaml": config, "copy/sales.md": video}), "live").files
    scripts = {name.split("/")[1].split(".")[0]: data for name, data in files.items() if name.endswith(".js")}
    assert sorted(scripts) == ["journey", "player"]
    assert len(brotli.compress(scripts["journey"], quality=5)) <= 1_500
    assert sum(len(brotli.compress(data)) for data in scripts.values()) <= 1_500


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_every_theme_is_within_its_budgets(theme: str, tmp_path: Path) -> None:
    """14 KB with Brotli before a page is seen, 60 KB of fonts, 1.5 KB of script."""
    sources = [EXAMPLE, write_shop(tmp_path / "shop", bumps=3), write_studio(tmp_path / "studio")]
    for number, source in enumerate(sources):
        files = built(dress(source, tmp_path / f"{number}", theme)).files
        pages = {name: len(brotli.compress(data, quality=5)) for name, data in files.items() if name.endswith(".html")}
        assert {name: weight for name, weight in pages.items() if weight > 14_000} == {}
        assert sum(len(data) for name, data in files.items() if name.endswith(".woff2")) <= 60_000
        scripts = [data for name, data in files.items() if name.endswith(".js")]
        assert sum(len(brotli.compress(data, quality=5)) for data in scripts) <= 1_500
