"""How every kind of page looks in every theme, light and dark, compared with what was looked at by a person.

After a change of looks, `UPDATE_SNAPSHOTS=1 pytest tests/browser/test_snapshots.py -k look` keeps what is there now.
Look at the pages before that: a failure names the picture of each page that changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Playwright

from .asking import read_also
from .chromium import ARGUMENTS, find_browser
from .conftest import PICTURES
from .sites import PAGES, Dressed
from .snapshots import FOLDER, MOST, POINT, Difference, snapshot
from .watch import DESKTOP, PHONE, Device, Visits

pytestmark = pytest.mark.browser

UPDATE = bool(os.environ.get("UPDATE_SNAPSHOTS"))
Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[Device, Scheme], ...] = ((PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"))
WHOLE = 1_500_000  # bytes of all snapshots together, at most


def show(page: Page, device: Device, scheme: Scheme) -> int:
    """Show a page on a device in a scheme; how many pixels a point of its snapshot has."""
    page.set_viewport_size(device.viewport)
    page.emulate_media(color_scheme=scheme)
    return POINT if device is PHONE else 2 * POINT


@pytest.mark.parametrize("name", PAGES)
def test_pages_look_as_they_did(dressed: Dressed, visits: Visits, name: str) -> None:
    page = visits.open(device=PHONE._replace(touch=False))
    if name == "404":
        visits.watch(page).expect("answer 404", "console error: Failed to load resource")
    page.goto(dressed.address(name))
    wrong = []
    for device, scheme in LOOKS:
        now = snapshot(page, show(page, device, scheme))
        file = FOLDER / f"{dressed.theme}-{name}-{device.name}-{scheme}.avif"
        if UPDATE:
            now.keep(file)
            assert snapshot(page, now.point).compare(file).most <= MOST, "a part was not drawn yet: keep it once more"
            continue
        assert file.is_file(), "UPDATE_SNAPSHOTS=1 keeps it"
        found = now.compare(file)
        if found.most > MOST:  # a busy browser leaves a part of a long page undrawn now and then
            now = snapshot(page, now.point)
            found = now.compare(file)
        if found.most > MOST:
            PICTURES.mkdir(parents=True, exist_ok=True)
            now.image.save(PICTURES / f"{file.stem}.png")
            wrong.append(f"{file.name} {found}: {PICTURES / file.stem}.png")
    assert not wrong, "\n".join(wrong)


def test_snapshots_are_those_of_the_pages_and_stay_small(dressed: Dressed) -> None:
    kept = {file.name: file.stat().st_size for file in FOLDER.glob("*.avif")}
    wanted = {f"{dressed.theme}-{name}-{d.name}-{scheme}.avif" for name in PAGES for d, scheme in LOOKS}
    assert {name for name in kept if name.startswith(dressed.theme)} == wanted
    assert sum(kept.values()) < WHOLE


BREAKAGES = {
    "the offer's card has no ground": ("sales", ".offer-in, .offer { background: none !important }"),
    "the total is gone": ("checkout", "[data-fg=total] { visibility: hidden !important }"),
    "the way to decline is gone": ("oto", "[data-fg=decline] { visibility: hidden !important }"),
    "two columns are swapped": ("checkout", "main > div > * { direction: rtl }"),
    "the headline is small": ("lead-magnet", "h1 { font-size: var(--t3) !important }"),
    "small print is pale": ("thank-you", ":root { --ink-2: #bbb !important }"),
    "buttons have another colour": ("sales", ":root { --accent: #2457ff !important }"),
}
"""What a careless change of a style sheet does, and on which page it must be seen."""


@pytest.mark.parametrize("what", BREAKAGES)
def test_a_break_is_seen(dressed: Dressed, visits: Visits, what: str) -> None:
    name, css = BREAKAGES[what]
    page = visits.open(dressed.address(name))
    point = show(page, DESKTOP, "light")
    read_also(page, css)
    assert snapshot(page, point).compare(FOLDER / f"{dressed.theme}-{name}-desktop-light.avif").most > MOST


DRAWN_OTHERWISE = ("--disable-lcd-text", "--font-render-hinting=full", "--disable-font-subpixel-positioning")
"""What another Chromium, or another system, does to the edges of letters."""


@pytest.fixture(scope="module")
def other_browser(playwright: Playwright) -> Iterator[Browser]:
    """The same browser as another machine would have it: letters are drawn in another way."""
    arguments = [*ARGUMENTS, *DRAWN_OTHERWISE]
    with playwright.chromium.launch(executable_path=find_browser(playwright), args=arguments) as other:
        yield other


GEOMETRIC = "* { text-rendering: geometricPrecision !important; -webkit-font-smoothing: antialiased }"


@pytest.mark.parametrize("name", ["sales", "checkout", "term"])
def test_letters_drawn_otherwise_are_not_seen(dressed: Dressed, other_browser: Browser, name: str) -> None:
    visits = Visits(other_browser)
    page = visits.open(dressed.address(name))
    found: dict[str, Difference] = {}
    for device, scheme in LOOKS:
        point = show(page, device, scheme)
        file = FOLDER / f"{dressed.theme}-{name}-{device.name}-{scheme}.avif"
        for way, css in {"as it is": "", "letter by letter": GEOMETRIC}.items():
            read_also(page, css)
            found[f"{file.stem}, {way}"] = snapshot(page, point).compare(file)
    visits.close()
    assert {what: f for what, f in found.items() if f.most > MOST} == {}
