"""Every path through the example and a small shop: nothing is wrong on it, and at its end is all that was bought."""

from __future__ import annotations

from pathlib import Path as File

import pytest
from playwright.sync_api import Browser

from funnelgen.pathtest.lean import scripted
from funnelgen.pathtest.outcome import Setting
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.runner import jobs_of, settings_of
from funnelgen.pathtest.walk import Visitor

from .person import finds_everything
from .sites import Served, serving, write_shop

pytestmark = pytest.mark.browser

PLAIN_PHONE = settings_of()[1]


def walk_all(browser: Browser, served: Served, setting: Setting, *, last: int = 0) -> None:
    """Walk every path (or the last few) in a setting; without JavaScript those that take every turn."""
    plan = make_plan(served.manifest)
    pages = {page.file: (served.built.folder / page.file).read_bytes() for page in served.manifest.pages}
    jobs = jobs_of(served.manifest, plan, [setting], scripted=scripted(served.manifest, pages))
    visitor = Visitor(browser, served.host.origin, served.manifest, setting, frozenset())
    try:
        for job in [job for job in jobs if job.path][-last:]:
            assert visitor.do(job).faults == ()
            assert job.path
            finds_everything(visitor.page, served, job.path)
    finally:
        visitor.close()


@pytest.mark.parametrize("setting", settings_of(), ids=lambda s: s.name)
def test_every_path(browser: Browser, example: Served, setting: Setting) -> None:
    walk_all(browser, example, setting)


def test_every_path_with_tripwire_and_two_bumps(browser: Browser, shop_of_two: Served) -> None:
    walk_all(browser, shop_of_two, PLAIN_PHONE)


def test_a_site_without_copy(browser: Browser, tmp_path: File) -> None:
    """Every word has a default, so that a stack alone makes a funnel that works."""
    source = write_shop(tmp_path / "site", bumps=1, copy=False)
    with serving(source, tmp_path / "dist") as served:
        walk_all(browser, served, PLAIN_PHONE, last=2)
