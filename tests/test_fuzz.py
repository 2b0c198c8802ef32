"""Sites that somebody's cat walked over: whatever is in the files, there is a site or a finding, never a traceback.

A few of the sites that scripts/fuzz tries by the thousand, the same ones in every run, and those that failed there.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .fuzz import grammar, holds, packed
from .fuzz.tally import spoiler

KEPT = sorted((Path(__file__).parent / "fuzz" / "kept").glob("*"))
spoilt = spoiler()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> holds.Stage:
    return holds.Stage(tmp_path_factory.mktemp("fuzz"))


@settings(max_examples=60)
@given(rng=st.randoms(use_true_random=False))
def test_a_site_as_it_should_be_has_no_error_and_is_built(stage: holds.Stage, rng: Random) -> None:
    seen = holds.look(stage, *grammar.site(rng, odd=False), building=rng.randrange(4) == 0)
    assert '"severity":"error"' not in seen.diagnostics, seen.diagnostics


@settings(max_examples=40)
@given(rng=st.randoms(use_true_random=False))
def test_a_site_as_nobody_should_write_it(stage: holds.Stage, rng: Random) -> None:
    holds.look(stage, *grammar.site(rng, odd=True), building=rng.randrange(4) == 0)


@settings(max_examples=150)
@given(rng=st.randoms(use_true_random=False))
def test_a_site_that_was_spoilt(stage: holds.Stage, rng: Random) -> None:
    holds.look(stage, *spoilt(rng), building=rng.randrange(8) == 0)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_failed_once(stage: holds.Stage, path: Path) -> None:
    holds.look(stage, *packed.unpack(path.read_bytes()))


def test_a_packed_site_is_unpacked_as_it_was() -> None:
    files = {"site.yaml": b"name: x\n", "copy/sales.md": b"", "assets/a.png": b"\x89PNG\r\n\xff"}
    assert packed.unpack(packed.pack(files, "live")) == (files, "live")
    assert packed.unpack(b"=== ../x\nno\n=== /etc/x\nno\n=== a/./b\nno\n=== mode odd\n") == ({}, "demo")
