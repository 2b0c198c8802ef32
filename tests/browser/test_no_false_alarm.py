"""Sites that are fine give no finding: all examples and odd sites of the tests, in all themes, in demo and test mode.

One run tries each site in one theme and mode, and each theme and mode with several sites.
`WHOLE_CROSS=1 pytest tests/browser/test_no_false_alarm.py` tries all with all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.facts import DESKTOP, PHONE
from funnelgen.pathtest.outcome import Job, Setting
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.runner import jobs_of

from ..pages.test_translations import files as in_three_languages
from ..sites import EXAMPLE, ROOT, Mode, built
from .proving import do_all
from .sites import THEMES, dress, write_files, write_shop
from .studio import write_studio
from .tongues import write_in

pytestmark = pytest.mark.browser

SITES: Mapping[str, Callable[[Path], Path]] = {
    "the example": lambda folder: EXAMPLE,
    "the starter": lambda folder: ROOT / "sites" / "starter",
    "a shop with a tripwire and three bumps": lambda folder: write_shop(folder, bumps=3),
    "a shop without copy": lambda folder: write_shop(folder, bumps=1, copy=False),
    "a studio with a trial, instalments, yen and long words": write_studio,
    "one in German": lambda folder: write_in(folder, "de-DE", THEMES[0]),
    "one from right to left": lambda folder: write_in(folder, "ar", THEMES[0]),
    "one in three languages": lambda folder: write_files(folder, in_three_languages()),
}
MODES: tuple[Mode, ...] = ("demo", "test")
WHOLE = bool(os.environ.get("WHOLE_CROSS"))
SELECTED = [(site, THEMES[n % len(THEMES)], MODES[n // len(THEMES) % len(MODES)]) for n, site in enumerate(SITES)]


def jobs(manifest: Manifest) -> Iterator[Job]:
    """Paths that take every way and every turn, and every page opened without JavaScript: in demo mode the paths on a
    phone and the pages on a desktop, in test mode the other way round. Where all is tried, the paths on both.
    """
    plan = make_plan(manifest, most=1)
    walker, reader = (PHONE, DESKTOP) if manifest.mode == "demo" else (DESKTOP, PHONE)
    other = (Setting(device=reader), "path") if WHOLE else (Setting(device=reader, javascript=False), "page")
    for setting, kind in ((Setting(device=walker), "path"), other):
        yield from (job for job in jobs_of(manifest, plan, [setting]) if job.kind == kind)


@pytest.mark.parametrize(("site", "theme", "mode"), list(product(SITES, THEMES, MODES)) if WHOLE else SELECTED)
def test_a_site_that_is_fine_gives_no_finding(
    browser: Browser, site: str, theme: str, mode: Mode, tmp_path: Path
) -> None:
    folder = dress(SITES[site](tmp_path / "source"), tmp_path / "site", theme)
    output = built(folder)
    if mode == "test":
        links = [f'  "{b.id}": https://buy.stripe.com/test_{n}\n' for n, b in enumerate(output.manifest.buttons)]
        (folder / "links.yaml").write_text("test:\n" + "".join(links), encoding="utf-8")
        output = built(folder, "test")
    walked, _ = do_all(browser, output.files, output.manifest, jobs(output.manifest))
    assert walked
    assert [(fault.where, fault.check, fault.what) for one in walked for fault in one.faults] == []
