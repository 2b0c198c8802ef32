"""A page that is too heavy: which words of it, and how many less would do."""

from __future__ import annotations

from pathlib import Path

from funnelgen.explain import filler

from .sites import built, site

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
