"""Every breakage of a built site is noticed by the proof: one visit each, the one that meets it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser

from funnelgen.pathtest import walk
from funnelgen.pipeline import Output

from ..breakages.frame import Breakage
from ..breakages.sites import build_sites
from ..breakages.suite import ALL
from .proving import do, job_of

pytestmark = pytest.mark.browser

PATIENCE = 4_000
"""Milliseconds: visitors who are lost here are meant to be."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Output]:
    return build_sites(tmp_path_factory.mktemp("breakages"))


@pytest.mark.parametrize("breakage", ALL, ids=lambda b: b.what)
def test_it_is_noticed(
    browser: Browser, sites: Mapping[str, Output], breakage: Breakage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "PATIENCE", PATIENCE)
    site = sites[breakage.site]
    kind, _, words = breakage.visit.partition(" ")
    done = do(browser, breakage.change(site.files), site.manifest, job_of(site.manifest, kind, words, breakage.setting))
    assert breakage.is_in(done.faults), done.faults
