"""“Did you mean …?” among thousands of words: what is meant is the same as among a few, and is found as quickly."""

from __future__ import annotations

from random import Random

import pytest

from funnelgen.diagnostics import Span, suggest
from funnelgen.diagnostics.suggest import certain, did_you_mean, misspelt, nearest

FIRST = "steady quiet narrow patient early plain open honest small second gentle written daily bright careful".split()
LAST = "outline lesson reader promise workbook question morning chapter example answer habit calendar list".split()
WORDS = [f"{first}-{last}-{number}" for number in range(5) for first in FIRST for last in LAST]


def slipped(word: str, rng: Random) -> str:
    """The word with a letter too many, too few, wrong, or two that changed places."""
    at = rng.randrange(1, len(word) - 1)
    kinds = (word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1 :])
    return rng.choice((*kinds, word[:at] + word[at + 1] + word[at] + word[at + 2 :]))


def test_among_many_words_the_same_one_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(1)
    typed = [slipped(rng.choice(WORDS), rng) for _ in range(20)] + ["outline", "x", "", "lesson-steady"]
    found = [nearest(word, WORDS) for word in typed]
    monkeypatch.setattr(suggest, "FEW", len(WORDS))
    assert found == [nearest(word, WORDS) for word in typed]


def test_what_is_certain_among_few_is_not_among_those_that_are_alike() -> None:
    assert certain("steady-outlne", ["steady-outline", *(word for word in WORDS if "steady" not in word)]) is not None
    assert certain("steady-outline-9", WORDS) is None
    assert misspelt("steady-outlne", ["steady-outline", "x"], Span("a"))[1][0].new == "steady-outline"


def test_a_long_list_of_what_is_known_is_cut() -> None:
    said = did_you_mean("zzzzzz", WORDS)
    assert said.endswith(f" and {len(WORDS) - suggest.FEW} more")
    assert len(said) < 2000
