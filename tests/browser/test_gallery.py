"""The style guide and the gallery, opened from the disk as a designer and a creator open them."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from funnelgen.gallery.gallery import gallery
from funnelgen.gallery.preview import preview
from funnelgen.output import write_output
from funnelgen.pages.themes import listed
from funnelgen.pipeline import shipped

from .asking import ask
from .sites import EXAMPLE, THEMES, read
from .test_accessibility import SCHEMES, WCAG
from .watch import DESKTOP, DEVICES, PHONE, Device, Visits

pytestmark = pytest.mark.browser

PLACES = ("guide", "gallery")


class Folders(NamedTuple):
    """Where the two were written."""

    guide: Path
    gallery: Path

    def address(self, name: str) -> str:
        """The address of one of them, as a file."""
        folder: Path = getattr(self, name)
        return (folder / "index.html").as_uri()


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The style guide of one theme, and the gallery of the example."""
    folder = tmp_path_factory.mktemp("looks")
    site, _ = read(EXAMPLE)
    made = gallery(site, listed(shipped("themes")), cache=folder / "cache", progress=lambda done, of: None)
    guide = preview(None, "stillwater", cache=folder / "cache", progress=lambda done, of: None)
    write_output(made.files, folder / "gallery", site=None)
    write_output(guide, folder / "guide", site=None)
    return Folders(folder / "guide", folder / "gallery")


@pytest.fixture
def opened(folders: Folders, visits: Visits) -> Any:
    """Opens one of the two, from the disk."""

    def open_place(name: str, *, device: Device = DESKTOP, **options: Any) -> Page:
        return visits.open(folders.address(name), device=device, **options)

    return open_place


def load_all(page: Page) -> None:
    """Load every frame, as somebody does who scrolls to the end."""
    page.evaluate("for (const frame of document.querySelectorAll('iframe')) frame.src = frame.dataset.src")
    for frame in page.frames[1:]:
        frame.wait_for_url("**/*.html*", timeout=60_000)


def findings(page: Page) -> list[str]:
    """What axe finds wrong with the page itself; those in its frames have tests of their own."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}, "iframes": False}
    violations: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in violations for n in v["nodes"]]


@pytest.mark.parametrize("name", PLACES)
def test_everything_in_it_loads_from_the_disk(opened: Any, name: str) -> None:
    page = opened(name)
    load_all(page)
    assert all(frame.evaluate("document.body.children.length") for frame in page.frames)
    fonts = page.frames[-1].evaluate("document.fonts.ready.then(all => [...all].map(font => font.status))")
    assert "error" not in fonts


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing_and_nothing_is_too_wide(opened: Any, name: str, device: Device) -> None:
    page = opened(name, device=device)
    wrong = ask(page, "too-wide", list[str])
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        wrong += findings(page)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", PLACES)
def test_in_both_widths_it_fits_every_screen(opened: Any, name: str) -> None:
    page = opened(name)
    for choice, width in product(("Phone", "Desktop"), (320, 390, 768, 1024, 1920)):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator(f"label[for=w-{choice.lower()}]").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (choice, width)


def test_the_gallery_shows_one_theme_and_one_page_without_a_script(opened: Any) -> None:
    page = opened("gallery", javascript=False)
    page.locator("label[for=t-upbeat]").click()
    page.locator("label[for=p-checkout]").click()
    page.locator("label[for=s-dark]").click()
    shown = page.locator(".mini:visible a")
    expect(shown).to_have_count(1)
    expect(shown).to_have_accessible_name("Checkout in Upbeat, Dark")


def test_the_gallery_is_used_by_keyboard(opened: Any) -> None:
    page = opened("gallery")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the pages")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="All").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Daybreak")).to_be_checked()
    for _ in range(3):  # width, scheme, page
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hub in Daybreak, Light")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/daybreak/light/index.html")


@pytest.mark.parametrize("theme", THEMES)
def test_the_funnel_can_be_walked_in_the_gallery(opened: Any, theme: str) -> None:
    page = opened("gallery")
    page.get_by_role("link", name=f"Sales page in {theme.capitalize()}, Dark").click()
    page.get_by_role("main").get_by_role("link", name="Get the course").first.click()
    page.wait_for_url(f"**/{theme}/dark/checkout/index.html")
    page.locator("[data-fg=accept]:visible").click()
    page.wait_for_url(f"**/{theme}/dark/demo/checkout/index.html")
    page.locator("[data-demo=pay]").click()
    page.wait_for_url(f"**/{theme}/dark/oto/index.html?*")


def test_a_frame_of_the_guide_is_as_high_as_what_it_shows(opened: Any) -> None:
    page = opened("guide", device=PHONE)
    frame = page.locator('iframe[title="bump, ticked, light"]')
    frame.scroll_into_view_if_needed()
    inside = frame.element_handle().content_frame()
    assert inside
    inside.wait_for_url("**/light/bump-ticked.html")
    high = inside.evaluate("document.body.offsetHeight")
    expect(frame).to_have_css("block-size", f"{high}px")
    assert inside.evaluate("innerWidth") == 390
    page.locator("label[for=w-desktop]").click()
    frame.scroll_into_view_if_needed()
    expect(frame).to_have_css("inline-size", "1280px")
