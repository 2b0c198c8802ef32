"""Pictures and videos in a browser: nothing moves while they come, and nobody else hears of a visit before play."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from ..photos import photo
from .asking import ask
from .sites import Served, serving, write_shop
from .test_accessibility import WCAG, findings
from .watch import DEVICES, PHONE, Device, Visits

pytestmark = pytest.mark.browser

SALES = """\
---
headline: A course with pictures
image: assets/wide.jpg
alt: The six workbooks on a table
---
Before the picture.

![A desk by the window](assets/tall.jpg)

After the picture.

/// video | A short look
    src: https://www.youtube.com/watch?v=dQw4w9WgXcQ
    poster: assets/wide.jpg
    alt: The first lesson on a screen
    captions: https://videos.studio.example/look.txt

A minute and a half.
///

/// person | Who is behind it
    image: assets/tall.jpg
    alt: Somebody at a desk

Hello.
///
"""
ELSEWHERE = "**://www.youtube-nocookie.com/**"
STILL = "a.still"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small shop with photos and a video on its sales page."""
    folder = tmp_path_factory.mktemp("pictured")
    source = write_shop(folder / "site", bumps=1)
    (source / "assets").mkdir()
    (source / "assets/wide.jpg").write_bytes(photo(3000, 1700))
    (source / "assets/tall.jpg").write_bytes(photo(1600, 3000, turn=6))
    (source / "copy/sales.md").write_text(SALES)
    with serving(source, folder / "dist") as served:
        yield served


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_nothing_moves_while_pictures_come(pictured: Served, visits: Visits, device: Device) -> None:
    page = visits.open(pictured.url("/sales/"), device=device)
    scroll_through(page)
    assert ask(page, "shift", float) < 0.02


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_every_picture_comes_in_its_smallest_format_and_sharp(pictured: Served, visits: Visits, device: Device) -> None:
    page = visits.open(pictured.url("/sales/"), device=device, device_scale_factor=2)
    scroll_through(page)
    pictures = ask(page, "pictures", list[dict[str, float | str]])
    assert len(pictures) == 4
    for picture in pictures:
        assert str(picture["address"]).endswith(".avif"), picture
        assert float(picture["has"]) >= 0.9 * min(float(picture["shows"]) * 2, 1200), picture


def test_nobody_else_hears_of_a_visit_before_play(pictured: Served, visits: Visits) -> None:
    page = visits.open()
    page.route(ELSEWHERE, lambda route: route.fulfill(content_type="text/html", body="<title>Player</title>"))
    page.goto(pictured.url("/sales/"))
    scroll_through(page)
    assert visits.watch(page).verdict() == []
    still = page.locator(STILL)
    still.scroll_into_view_if_needed()
    place = still.bounding_box()
    visits.watch(page).expect("request to elsewhere: https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
    still.evaluate("e => e.focus({preventScroll: true})")
    page.keyboard.press("Enter")
    player = page.locator("iframe.still")
    expect(player).to_have_attribute("title", "A short look")
    expect(still).to_have_count(0)
    assert player.bounding_box() == place
    page.wait_for_load_state("networkidle")


def test_without_a_script_the_still_leads_to_the_video(pictured: Served, visits: Visits) -> None:
    page = visits.open(pictured.url("/sales/"), javascript=False)
    expect(page.locator(STILL)).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")


def test_pictures_and_videos_are_there_for_everybody(pictured: Served, visits: Visits) -> None:
    page = visits.open(pictured.url("/sales/"), device=PHONE)
    found = findings(page, WCAG)
    assert not found, "\n".join(found)


def scroll_through(page: Page) -> None:
    """Read the page from top to bottom, so that every picture has come."""
    page.evaluate("for (const image of document.images) image.scrollIntoView()")
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth)")
