"""The rules, case by case: what stands in tests/cases/*.md is found, at that place and in those words.

After a change of words or places, `UPDATE_CASES=1 pytest tests/test_cases.py` writes what is found into the files.
Read the difference before it is kept: the place must be the smallest that shows the mistake.
"""

from __future__ import annotations

import os

import pytest

from funnelgen.explain import documented

from .casefiles import Case, actual, cases, update

CASES = cases()
CODES = [kind.code for kind in documented()]

if os.environ.get("UPDATE_CASES"):
    for family in {case.family for case in CASES}:
        update(family)
    CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=Case.id)
def test_case(case: Case) -> None:
    assert case.expected is not None, "the case has no `diagnostics` block"
    assert actual(case) == case.expected


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_case_in_which_it_fires_and_a_near_miss(code: str) -> None:
    own = [case for case in CASES if case.code == code]
    assert any(case.fires(code) for case in own), f"no case shows {code} firing"
    assert any(not case.fires(code) for case in own), f"no case shows a near miss of {code}"


def test_every_case_is_about_a_rule_that_exists() -> None:
    assert {case.code for case in CASES if case.code} <= set(CODES)


def test_no_two_cases_have_one_name() -> None:
    names = [case.id() for case in CASES]
    assert len(names) == len(set(names))


def test_the_first_site_of_each_file_is_fine() -> None:
    first = {case.family: case for case in reversed(CASES)}.values()
    assert [case.id() for case in first if case.expected != "none"] == []
