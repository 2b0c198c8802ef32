"""The checkout where CSS cannot swap its buttons: browsers without `:has()`, and pages without any CSS."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from funnelgen.hosts.netlify import content_security_policy, headers, rules

from .person import person
from .server import Host, hosting
from .sites import Dressed, Served
from .tree import exposed
from .watch import DEVICES, Device, Visits

pytestmark = pytest.mark.browser

STYLE = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)


def old_browsers(css: str) -> str:
    """The CSS for a browser that does not know `:has()`: it drops every rule whose selector it cannot parse."""
    return css.replace(":has(", ":unknown-to-this-browser(")


def no_css(css: str) -> str:
    """Nothing of it."""
    return ""


READINGS = {"without :has()": old_browsers, "without CSS": no_css}


def misread(served: Served, folder: Path, read: Callable[[str], str]) -> Path:
    """A copy of a built site whose CSS is read differently, with a policy that allows just that."""
    shutil.copytree(served.built.folder, folder)
    styles = []
    for page in served.manifest.pages:
        file = folder / page.file
        html = STYLE.sub(lambda match: read(match[0]), file.read_text(encoding="utf-8"))
        file.write_text(html, encoding="utf-8")
        styles += STYLE.findall(html)
    (folder / "_headers").write_bytes(headers(rules(content_security_policy(styles))))
    return folder


@pytest.fixture(scope="module", params=READINGS, ids=list(READINGS))
def degraded(
    request: pytest.FixtureRequest, dressed: Dressed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """The example as a lesser browser reads it."""
    with hosting(
        misread(dressed.example, tmp_path_factory.mktemp("degraded") / "dist", READINGS[request.param])
    ) as host:
        yield host


@pytest.fixture(scope="module")
def without_has(dressed: Dressed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The example as a browser without `:has()` reads it."""
    with hosting(misread(dressed.example, tmp_path_factory.mktemp("without-has") / "dist", old_browsers)) as host:
        yield host


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_every_charge_has_its_link_told_apart_by_words(
    degraded: Host, example: Served, visits: Visits, device: Device
) -> None:
    charges = [button for button in example.manifest.buttons if button.node == "checkout"]
    page = visits.open(f"{degraded.origin}/checkout/", device=device, javascript=False)
    spoken = [link.name for link in exposed(page, "link") if "$" in link.name]
    assert len(set(spoken)) == len(spoken) == len(charges)
    for button in charges:
        link = page.locator(f'[data-button="{button.id}"]')
        expect(link).to_be_visible()
        expect(link).to_contain_text(button.today.short)
        added = {line.name for line in button.lines if line.offer in button.bumps}
        others = {line.name for other in charges for line in other.lines if line.offer in other.bumps} - added
        words = link.inner_text()
        assert all(name in words for name in added)
        assert not any(name in words for name in others)


def test_link_of_the_bump_leads_to_its_charge(degraded: Host, example: Served, visits: Visits) -> None:
    page = visits.open(f"{degraded.origin}/checkout/", javascript=False)
    button = next(b for b in example.manifest.buttons if b.bumps)
    page.locator(f'[data-button="{button.id}"]').click()
    page.wait_for_url(f"**{button.link}")
    visit = person(page, example, origin=degraded.origin)
    visit.look(button.link or "")
    assert not visit.faults


def test_no_box_that_swaps_nothing(without_has: Host, visits: Visits) -> None:
    page = visits.open(f"{without_has.origin}/checkout/", javascript=False)
    expect(page.locator(".bump input")).to_be_hidden()
    expect(page.locator(".bump .box")).to_be_hidden()


def test_no_total_that_does_not_follow(without_has: Host, visits: Visits) -> None:
    page = visits.open(f"{without_has.origin}/checkout/", javascript=False)
    expect(page.locator("[data-fg=total]").first).to_be_hidden()
    expect(page.get_by_role("row").filter(has_text="Sales Page Template")).to_contain_text("if added")
