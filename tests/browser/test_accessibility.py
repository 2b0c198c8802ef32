"""Accessibility: axe on every kind of page, in light and dark, on phone and desktop; the outline of every page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .conftest import OpenKind
from .crawl import Crawl, Outline
from .sites import PAGE_KINDS, PAGES, Dressed, Served
from .watch import DEVICES, PHONE, Device, Visits

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def findings(page: Page, tags: list[str]) -> list[str]:
    """What axe finds wrong with a page, a line per element."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": tags}}
    violations: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in violations for n in v["nodes"]]


def findings_in_every_light(page: Page, devices: Sequence[Device] = DEVICES) -> list[str]:
    """What axe finds on a page in light and dark, on each device: opened once, since opening takes the longest."""
    found = []
    for device, scheme in product(devices, SCHEMES):
        page.set_viewport_size(device.viewport)
        page.emulate_media(color_scheme=scheme)
        found += [f"{device.name}, {scheme}: {what}" for what in findings(page, WCAG)]
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(open_dressed: OpenKind, kind: str) -> None:
    found = findings_in_every_light(open_dressed(kind))
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_a_ticked_bump(dressed: Dressed, visits: Visits) -> None:
    page = visits.open(dressed.example.url("/checkout/"), device=PHONE)
    page.get_by_role("checkbox").check()
    found = findings_in_every_light(page, [PHONE])
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_the_confirmed_opt_in(dressed: Dressed, visits: Visits) -> None:
    found = findings_in_every_light(visits.open(dressed.example.url("/sales/#welcome"), device=PHONE), [PHONE])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["oto", "downsell", "tripwire"])
def test_decline_has_contrast(open_dressed: OpenKind, kind: str, scheme: str) -> None:
    page = open_dressed(kind, device=PHONE, color_scheme=scheme)
    options = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    judged = Axe().run(page, context="[data-fg=decline]", options=options).response
    assert [rule["id"] for rule in judged["passes"]] == ["color-contrast"], judged["violations"] + judged["incomplete"]


def test_every_page_has_an_outline(crawl: Crawl) -> None:
    locale = crawl.served.manifest.site.locale
    wrong = [f"{a}: {what}" for a, page in crawl.pages.items() for what in wrong_outline(page.outline, locale)]
    assert not wrong, "\n".join(wrong)


def wrong_outline(outline: Outline, locale: str) -> list[str]:
    """What is wrong with the structure of one page."""
    levels = outline.levels
    wrong = list(outline.nameless)
    if levels.count(1) != 1 or levels[0] != 1:
        wrong.append(f"headings {levels}: not one h1, or not first")
    if any(after > before + 1 for before, after in pairwise(levels)):
        wrong.append(f"headings {levels}: a level is left out")
    if outline.lang != locale:
        wrong.append(f"the language is {outline.lang!r}")
    if outline.mains != 1:
        wrong.append(f"{outline.mains} main parts")
    return wrong


def test_every_page_has_a_title_of_its_own(crawl: Crawl) -> None:
    simulated = {page.address for page in crawl.served.pages("demo")}
    titles = [page.outline.title for address, page in crawl.pages.items() if address not in simulated]
    assert all(titles)
    assert sorted(titles) == sorted(set(titles))


def test_every_kind_of_page_is_tested(example: Served, shop: Served) -> None:
    built = {page.kind for served in (example, shop) for page in served.manifest.pages}
    assert built == set(PAGE_KINDS)
