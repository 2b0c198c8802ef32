"""Walking the money in the preview: pay, cancel, go back, reload, start over, and the journeys tell the truth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from funnelgen.funnel.manifest import Manifest, ManifestButton
from funnelgen.preview.session import Session, Settings

from .sites import EXAMPLE, build_into, write_shop
from .test_accessibility import findings_in_every_light
from .test_journey import NO_STORAGE
from .watch import DEVICES, PHONE, Device, Visits

pytestmark = pytest.mark.browser

JOURNEYS = "/_funnel/journeys"
PLAIN, WITH_BUMP = "checkout", "checkout+sales-page-template"


@contextmanager
def previewing(folder: Path) -> Iterator[str]:
    """A preview of a site, at an origin of its own."""
    session = Session(Settings(folder=folder))
    session.start()
    try:
        yield f"http://127.0.0.1:{session.server.server_port}"
    finally:
        session.stop()


@pytest.fixture
def preview() -> Iterator[str]:
    """The example's preview, which nobody has visited yet."""
    with previewing(EXAMPLE) as origin:
        yield origin


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """What is true of the example."""
    return build_into(EXAMPLE, tmp_path_factory.mktemp("manifest") / "dist").manifest


def button(manifest: Manifest, id: str) -> ManifestButton:
    """A charge, by its id."""
    return next(button for button in manifest.buttons if button.id == id)


def press_pay(page: Page) -> None:
    """Press the one pay button that is to be seen."""
    page.locator("[data-button]:visible").click()
    page.wait_for_url("**/demo/**")


def pay(page: Page, back: str) -> None:
    """Pay on the simulated checkout, and be back."""
    page.locator("[data-demo=pay]").click()
    page.wait_for_url(f"**{back}?paid=*")


def told(page: Page, *expected: str, total: str, number: int = 0) -> None:
    """A journey, the newest unless said otherwise, reads as expected, and comes to the total."""
    journey = page.locator(".journey").nth(number)
    lines = journey.get_by_role("listitem")
    expect(lines).to_have_text(list(expected))
    expect(journey.locator(".total")).to_have_text(total)


def watching(origin: str, page: Page) -> Page:
    """The journeys, open in another tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(origin + JOURNEYS)
    return tab


@pytest.mark.parametrize("bump", [False, True], ids=["without the bump", "with the bump"])
def test_a_path_to_its_end_is_told_with_what_it_cost(
    preview: str, visits: Visits, manifest: Manifest, bump: bool
) -> None:
    page = visits.open(f"{preview}/checkout/", device=PHONE)
    order = button(manifest, WITH_BUMP if bump else PLAIN)
    bought = f"{' + '.join(line.name for line in order.lines)} {order.today.short}"
    if bump:
        page.get_by_role("checkbox").check()
    press_pay(page)
    pay(page, "/oto/")
    page.locator("[data-fg=decline]").click()
    page.wait_for_url("**/downsell/")
    press_pay(page)
    pay(page, "/thank-you/")
    watch = watching(preview, page)
    less = button(manifest, "downsell").today
    cents = order.today.minor + less.minor
    told(
        watch,
        f"checkout {'ticked Sales Page Template + $27, ' if bump else ''}accepted {bought}, paid {bought}",
        "oto declined Three 1:1 Strategy Calls",
        f"downsell accepted Quick Wins Video Library {less.short}, paid Quick Wins Video Library {less.short}",
        "thank-you seen",
        total=f"${cents // 100}.{cents % 100:02} in 2 charges",
    )


def test_cancelling_is_no_payment(preview: str, visits: Visits) -> None:
    page = visits.open(f"{preview}/checkout/")
    watch = watching(preview, page)
    expect(watch.get_by_text("checkout seen")).to_be_visible()
    press_pay(page)
    page.locator("[data-demo=cancel]").click()
    page.wait_for_url("**/checkout/")
    told(
        watch,
        "checkout accepted Launch Your Course $97, came back without paying",
        "checkout seen",
        total="nothing paid",
    )


def test_reloading_after_the_payment_is_no_second_one(preview: str, visits: Visits) -> None:
    page = visits.open(f"{preview}/checkout/")
    watch = watching(preview, page)
    press_pay(page)
    pay(page, "/oto/")
    page.reload()
    page.goto(f"{preview}/thank-you/")
    page.go_back()
    told(
        watch,
        "checkout accepted Launch Your Course $97, paid Launch Your Course $97",
        "oto seen",
        "oto seen",
        "thank-you seen",
        "oto seen",
        total="$97.00 in 1 charge",
    )


def test_going_back_and_paying_again_is_a_second_charge(preview: str, visits: Visits) -> None:
    page = visits.open(f"{preview}/checkout/")
    watch = watching(preview, page)
    press_pay(page)
    pay(page, "/oto/")
    page.go_back()
    pay(page, "/oto/")
    told(
        watch,
        "checkout accepted Launch Your Course $97, paid Launch Your Course $97",
        "oto paid again Launch Your Course $97 a second charge: a provider charges every payment",
        "oto seen",
        total="$194.00 in 2 charges",
    )


def test_starting_over_is_another_visitor(preview: str, visits: Visits) -> None:
    page = visits.open(f"{preview}/checkout/")
    press_pay(page)
    pay(page, "/oto/")
    page.goto(preview + JOURNEYS)
    page.get_by_role("link", name="Start over as a new visitor").click()
    page.wait_for_url("**/lead-magnet/")
    page.goto(preview + JOURNEYS)
    told(page, "lead-magnet seen", total="nothing paid")
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Visitor 2", "Visitor 1"]


def test_every_stack_has_its_own_start(visits: Visits, tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", bumps=1)
    for name in ("one", "two"):
        (folder / "stacks").mkdir(exist_ok=True)
        (folder / "stacks" / f"{name}.yaml").write_bytes((folder / "stack.yaml").read_bytes())
    (folder / "stack.yaml").unlink()
    for copy in (folder / "copy").glob("*.md"):
        copy.unlink()
    with previewing(folder) as origin:
        page = visits.open(origin + JOURNEYS)
        page.get_by_role("link", name="of two").click()
        page.wait_for_url("**/two/")


def test_without_storage_a_new_visitor_gets_there_too(preview: str, visits: Visits) -> None:
    page = visits.open()
    page.add_init_script(NO_STORAGE)
    page.goto(f"{preview}/_funnel/new?start=//evil.example")
    page.wait_for_url("**/lead-magnet/")


def test_a_price_that_changes_is_the_one_that_is_told(visits: Visits, tmp_path: Path) -> None:
    folder = write_shop(tmp_path / "shop", bumps=1)
    with previewing(folder) as origin:
        page = visits.open(f"{origin}/checkout/")
        page.get_by_role("checkbox").check()
        watch = watching(origin, page)
        stack = folder / "stack.yaml"
        stack.write_text(stack.read_text(encoding="utf-8").replace("97.50", "98.50"), encoding="utf-8")
        page.bring_to_front()
        expect(page.locator("[data-button]:visible")).to_contain_text("104")
        expect(page.get_by_role("checkbox")).to_be_checked()
        press_pay(page)
        pay(page, "/thank-you/")
        watch.bring_to_front()
        told(
            watch,
            "checkout ticked Worksheet + €5.50, accepted The Course + Worksheet €104, paid The Course + Worksheet €104",
            "thank-you seen",
            total="€104.00 in 1 charge",
        )


@pytest.mark.parametrize("device", DEVICES, ids=lambda d: d.name)
def test_the_page_can_be_read_by_everyone(preview: str, visits: Visits, device: Device) -> None:
    page = visits.open(f"{preview}/checkout/", device=device)
    page.get_by_role("checkbox").check()
    press_pay(page)
    page.locator("[data-demo=cancel]").click()
    press_pay(page)
    pay(page, "/oto/")
    page.locator("[data-fg=decline]").click()
    page.wait_for_url("**/downsell/")
    page.goto(preview + JOURNEYS)
    expect(page.get_by_text("without paying")).to_be_visible()
    found = findings_in_every_light(page, [device])
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= device.width


def test_events_of_others_are_refused(preview: str, visits: Visits) -> None:
    requests = visits.open().request
    assert requests.post(preview + JOURNEYS, data=b"{}").status == 400
    assert requests.post(preview + JOURNEYS, data=b"x" * 100_000).status == 400
    assert requests.post(preview + JOURNEYS, data=b"{}", headers={"Origin": "https://evil.example"}).status == 403
    assert requests.put(preview + JOURNEYS, data=b"{}").status == 405
