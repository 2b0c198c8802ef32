"""Every rule is documented by its own text, and the text's example does what it says.

After a change of a rule's words, `UPDATE_DOCS=1 pytest tests/test_explain.py` writes docs/rules again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast, get_args

import pytest

from funnelgen.checks import BROKEN_THEME, RULES
from funnelgen.diagnostics import Diagnostic
from funnelgen.explain import (
    FAMILIES,
    Documented,
    Explanation,
    as_text,
    documented,
    explain,
    index,
    matching,
    mend,
    page,
)
from funnelgen.pipeline import Failed, build

from .sites import ROOT, SMALL, Mode, checked, said, write

PAGES = ROOT / "docs" / "rules"
KINDS = documented()
OF_OUTPUT = {BROKEN_THEME.code, *(rule.code for rule in RULES if rule.of_output)}

if os.environ.get("UPDATE_DOCS"):
    PAGES.mkdir(exist_ok=True)
    (PAGES / "README.md").write_text(index(), encoding="utf-8")
    for family, name in FAMILIES.items():
        (PAGES / f"{name}.md").write_text(page(family), encoding="utf-8")


def findings(folder: Path, files: dict[str, str | bytes | None], explanation: Explanation) -> list[Diagnostic]:
    """What is found in the small site with an example's files laid over it, in the example's mode."""
    write(folder, {**SMALL, **files})
    mode = explanation.mode
    assert mode in get_args(Mode)
    result = checked(folder, cast(Mode, mode))
    if explanation.code in OF_OUTPUT:
        assert result.can_build, [said(d) for d in result.diagnostics]
        assert result.site is not None
        assert result.funnel is not None
        try:
            return list(build(result.site, result.funnel, cast(Mode, mode)).diagnostics)
        except Failed as failed:
            return [failed.diagnostic]
    return list(result.diagnostics)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_rule_says_what_it_is_about_and_shows_it(kind: Documented, tmp_path: Path) -> None:
    e = explain(kind)
    assert e.title.endswith((".", "?")), "the first line is a sentence"
    assert e.paragraphs, "it says why"
    assert e.fires, "it shows an example that fires"
    assert e.mended, "and the same example mended"
    broken = mend({}, e.fires)
    before = findings(tmp_path / "broken", {**broken}, e)
    assert kind.code in {d.code for d in before}, [said(d) for d in before]
    after = findings(tmp_path / "mended", {**mend({k: v for k, v in broken.items() if v is not None}, e.mended)}, e)
    assert kind.code not in {d.code for d in after}, [said(d) for d in after]
    assert not [said(d) for d in after if d.is_error and d.code not in {b.code for b in before}]


def test_codes_and_names_are_of_one_kind_each() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_pages_about_the_rules_are_current(family: str) -> None:
    """UPDATE_DOCS=1 writes them again."""
    assert (PAGES / f"{FAMILIES[family]}.md").read_text(encoding="utf-8") == page(family)
    assert (PAGES / "README.md").read_text(encoding="utf-8") == index()


def test_a_rule_is_found_by_code_family_and_name() -> None:
    assert [kind.name for kind in matching("fg204")] == ["oto-price-range"]
    assert [kind.code for kind in matching("oto-price-range")] == ["FG204"]
    assert {kind.code[:3] for kind in matching("price")} == {"FG2"} == {kind.code[:3] for kind in matching("FG2")}
    assert matching("nothing") == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_an_explanation_fits_its_terminal(kind: Documented) -> None:
    prose = as_text(kind, width=72).split("\n    ")[0]
    assert max(map(len, prose.split("\n"))) <= 80
