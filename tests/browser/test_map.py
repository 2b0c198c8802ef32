"""The funnel map in a browser: walked with keys, hovered, its sliders moved, and brought up to date."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from playwright.sync_api import Page, Route, expect

from funnelgen.diagnostics import Diagnostic, Severity, Span
from funnelgen.funnel.paths import all_paths, path_total
from funnelgen.map.amounts import money_words
from funnelgen.map.page import LiveMap, draw_page, live_map
from funnelgen.map.view import map_of
from funnelgen.measure.forecast import reckon, rounded
from funnelgen.measure.plan import Plan, plan_of
from funnelgen.measure.rates import WHOLE
from funnelgen.measure.tables import say_amount
from funnelgen.money import format_money
from funnelgen.pipeline import Output, build

from .sites import EXAMPLE, Served, dress, read
from .test_accessibility import findings_in_every_light
from .test_walk_the_money import previewing
from .watch import DESKTOP, PHONE, Device, Visits

pytestmark = pytest.mark.browser

FOUND = Diagnostic(
    code="FG204",
    name="oto-price-range",
    severity=Severity.WARNING,
    message="$400 is much",
    span=Span("copy/oto.md", 3, 1, 3, 5),
    help="say why",
)


class Preview:
    """A stand-in for the preview's server: the map, and the site's pages with headers that let it frame them."""

    def __init__(self, served: Served, output: Output) -> None:
        self.origin = served.host.origin
        self.files = dict(output.files)
        self.served = served
        self.findings: tuple[Diagnostic, ...] = (FOUND,)
        self.news: list[int] = []  # the numbers of builds; the page is made from number 1
        self.retry = 100  # milliseconds
        self.unmade: set[str] = set()  # addresses of pages that there are not
        self.asked = 0  # how often the map was

    @property
    def live(self) -> LiveMap:
        """The page as the server would send it now."""
        site, funnel = read(EXAMPLE)
        drawn = map_of(site, funnel, self.findings)
        return live_map(drawn, self.mark, events="/_funnel/events", number=1)

    def mark(self, address: str) -> str:
        return "" if address in self.unmade else sha256(self.files[name_of(address)]).hexdigest()

    def answer(self, route: Route) -> None:
        """Answer what belongs to the map."""
        address = route.request.url.removeprefix(self.origin).partition("?")[0]
        html = {"Content-Type": "text/html; charset=utf-8"}
        if address == "/_funnel/":
            live, self.asked = self.live, self.asked + 1
            route.fulfill(body=live.html, headers={"Content-Security-Policy": live.policy, **html})
        elif address == "/_funnel/events":  # it ends at once, and the browser asks again after `retry`
            said = "".join(f'data: {{"number": {number}}}\n\n' for number in self.news)
            route.fulfill(body=f"retry: {self.retry}\n\n{said}", headers={"Content-Type": "text/event-stream"})
        elif route.request.frame.parent_frame and address.endswith("/"):
            route.fulfill(body=self.files[name_of(address)], headers=html)
        else:
            route.fallback()


def name_of(address: str) -> str:
    """The file of a page."""
    return f"{address.strip('/')}/index.html".lstrip("/")


@pytest.fixture(scope="module")
def output() -> Output:
    site, funnel = read(EXAMPLE)
    return build(site, funnel, "demo")


@pytest.fixture
def preview(example: Served, output: Output) -> Preview:
    return Preview(example, output)


def opened(visits: Visits, preview: Preview, device: Device = DESKTOP, **options: Any) -> Page:
    """The live map, in a browser."""
    page = visits.open(device=device, **options)
    page.context.route("**/*", preview.answer)
    page.goto(f"{preview.origin}/_funnel/")
    return page


@pytest.fixture(scope="module")
def file() -> str:
    """The map of the example as a file of its own."""
    site, funnel = read(EXAMPLE)
    return draw_page(map_of(site, funnel, [FOUND]))


def shown(visits: Visits, served: Served, text: str, kind: str = "text/html", **options: Any) -> Page:
    """A text as a page of its own."""
    page = visits.open(**options)
    page.context.route("**/a-file", lambda route: route.fulfill(body=text, content_type=f"{kind}; charset=utf-8"))
    page.goto(served.url("/a-file"))
    return page


def standing(page: Page) -> str:
    """What is focused, as its page and its words."""
    return str(page.evaluate("document.activeElement.id"))


def total(page: Page) -> str:
    """The total of the path that is lit."""
    return page.locator(".trace.shown .total").inner_text()


# --- paths -----------------------------------------------------------------------------------------------------------


def test_a_button_lights_its_path_up_with_what_it_comes_to(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    row = page.locator('[data-row="3 oto"]')
    row.hover()
    assert total(page) == "$497"
    assert page.locator(".trace .said").inner_text() == "Checkout $97, Upsell (OTO) $400"
    lit = page.locator(".page.lit").evaluate_all("pages => pages.map((page) => page.dataset.page)")
    assert lit == ["lead-magnet", "sales", "checkout", "oto", "thank-you"]
    paid = page.locator(".paid").all_inner_texts()
    assert [p for p in paid if p] == ["$97 so far", "$497 so far"]
    page.mouse.move(2, 2)
    assert page.locator(".lit").count() == 0
    expect(page.locator(".trace")).not_to_have_class(re.compile("shown"))


def test_the_list_of_paths_has_the_totals_of_the_funnel(visits: Visits, preview: Preview) -> None:
    _, funnel = read(EXAMPLE)
    paths = all_paths(funnel, funnel.entries[0])
    expected = sorted(format_money(path_total(funnel, path), "en-US", short=True) for path in paths)
    page = opened(visits, preview)
    totals = []
    for link in page.locator(".path").all():
        link.focus()
        assert total(page) == link.locator("b").inner_text()
        totals.append(total(page))
    assert sorted(totals) == expected


def test_a_path_charges_what_the_buttons_of_the_manifest_do(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    for button in preview.served.manifest.buttons:
        row = page.locator(f'[data-row$=" {button.id}"]')
        assert row.locator(".amount").inner_text().removesuffix("/mo") == button.today.short


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_map_is_walked_with_keys(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    page.locator("#name-lead-magnet").focus()
    walked = []
    for key in ("Right", "Right", "Right", "Right", "Left", "Down", "Down", "Right", "Left"):
        page.keyboard.press(f"Arrow{key}")
        walked.append(standing(page))
    assert walked == [
        "name-sales",
        "name-checkout",
        "name-oto",
        "name-thank-you",
        "name-oto",
        "row-3-0",
        "row-4-0",
        "name-downsell",
        "name-oto",
    ]


def test_tab_follows_the_path(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    page.locator("#name-lead-magnet").focus()
    walked = []
    for _ in range(6):
        page.keyboard.press("Tab")
        walked.append(standing(page))
    assert walked == ["row-0-0", "name-sales", "row-1-0", "name-checkout", "row-2-0", "row-2-1"]
    assert page.locator(".trace.shown .total").inner_text() == "$124"


def test_a_row_leads_to_the_card_of_its_page_and_a_name_to_the_page(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    page.locator('[data-row="4 "]').click()
    assert standing(page) == "name-downsell"
    page.keyboard.press("Enter")
    expect(page).to_have_url(preview.served.url("/downsell/"))


def test_findings_open_with_their_words_and_place(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    pin = page.locator("#pin-oto")
    pin.locator("summary").press("Enter")
    words = pin.locator("ul").inner_text()
    assert all(part in words for part in ("FG204", "warning", "$400 is much", "say why", "copy/oto.md:3:1"))


# --- the forecast ----------------------------------------------------------------------------------------------------


def test_sliders_move_the_forecast(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    expect(page.locator(".aov")).to_have_text("$145.84")
    expect(page.locator(".margin")).to_have_text("$130.33")
    oto = page.get_by_role("slider", name="Three 1:1 Strategy Calls")
    for _ in range(24):  # steps of half a percent, from 8 to 20
        oto.press("ArrowRight")
    assert oto.get_attribute("aria-valuetext") == "20 %"
    steps = page.locator("[data-step]").all_inner_texts()
    assert steps[:3] == ["$97.00", "$105.10", "$185.10"]
    expect(page.locator('[data-row="3 oto"] .share')).to_have_text("20 %")
    expect(page.locator('[data-row="4 "] .share')).to_have_text("80 %")
    page.get_by_role("button", name="As it was").click()
    expect(page.locator(".aov")).to_have_text("$145.84")


class Case(NamedTuple):
    """A plan and rates, and what Python makes of them."""

    plan: dict[str, Any]
    rates: list[int]
    sums: list[str | None]
    shares: list[str]  # of every way, in thousandths


def cases(plan: Plan, number: int, seed: int) -> Iterator[Case]:
    """The same plan with other values, costs and rates."""
    chance = random.Random(seed)
    for _ in range(number):
        stops = []
        for stop in plan.stops:
            ways = [_dearer(way, chance) for way in stop.ways]
            stops.append(
                msgspec.structs.replace(stop, ways=tuple(ways), extra=stop.extra and _dearer(stop.extra, chance))
            )
        other = msgspec.structs.replace(plan, stops=tuple(stops))
        rates = [chance.choice([0, WHOLE, chance.randint(0, WHOLE)]) for _ in plan.questions]
        made = reckon(other, rates)
        each = zip(other.stops, made.extra, made.taken, strict=True)
        shares = [s for stop, extra, taken in each for s in ((extra, *taken) if stop.extra else taken)]
        yield Case(
            {"stops": [{"ways": s.ways, "extra": s.extra} for s in other.stops]},
            rates,
            [None if sum_ is None else str(sum_) for sum_ in (made.aov, made.margin)],
            [str(rounded(share * WHOLE)) for share in shares],
        )


def _dearer(way: Any, chance: random.Random) -> Any:
    return msgspec.structs.replace(
        way, value=chance.randint(0, 10**9) * way.pays, cost=chance.randint(0, 10**9) * way.pays
    )


COUNT = """
(cases) => cases.map(({ plan, rates }) => {
  const { aov, margin, shares } = funnelForecast.reckon(plan, rates);
  const sums = [aov, margin].map((sum) => (sum === null ? null : String(sum)));
  return [sums, shares.map((share) => String(share.thousandths))];
})
"""


def test_the_script_counts_as_python_does(visits: Visits, file: str, example: Served, shop: Served) -> None:
    page = shown(visits, example, file)
    for funnel in (read(EXAMPLE)[1], shop.built.funnel):
        plan = plan_of(funnel, funnel.entries[0])
        assert plan is not None
        expected = list(cases(plan, 150, seed=4))
        told = msgspec.json.decode(msgspec.json.encode([{"plan": c.plan, "rates": c.rates} for c in expected]))
        assert page.evaluate(COUNT, told) == [[case.sums, case.shares] for case in expected]


LOCALES = ("en-US", "de", "fr", "es", "pt", "pl", "de-CH", "en-IN", "hi", "ar", "he", "fa", "ja", "sv")


def test_the_script_writes_amounts_as_the_site_does(visits: Visits, file: str, example: Served) -> None:
    page = shown(visits, example, file)
    chance = random.Random(7)
    amounts = [0, 1, 99, 100, -1, *(chance.randint(-(10**n), 10**n) for n in range(2, 14))]
    say = "([amounts, money]) => amounts.map((amount) => funnelForecast.sayAmount(BigInt(amount), money))"
    for locale, currency in product(LOCALES, ("USD", "JPY", "KWD")):
        said = page.evaluate(say, [[str(a) for a in amounts], dict(money_words(currency, locale))])
        assert said == [say_amount(amount, currency, locale) for amount in amounts], (locale, currency)


# --- live ------------------------------------------------------------------------------------------------------------


def test_a_new_build_comes_in_without_losing_the_place(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    page.get_by_label("Desktop").check(force=True)
    slider = page.get_by_role("slider", name="Sales Page Template")
    slider.fill("400")
    page.locator("#name-sales").focus()
    page.evaluate("scrollTo(0, 200); document.querySelectorAll('iframe').forEach((frame) => (frame.kept = true))")
    preview.files["oto/index.html"] = b"<!doctype html><title>New</title><p>Changed"
    preview.findings = ()
    preview.news.append(2)
    expect(page.locator("#pin-oto")).to_have_count(0)
    kept = page.locator("iframe").evaluate_all("frames => frames.filter((frame) => frame.kept).length")
    assert kept == 6
    expect(page.frame_locator("#page-oto iframe").locator("p")).to_have_text("Changed")
    assert page.evaluate("scrollY") == 200
    assert standing(page) == "name-sales"
    assert page.get_by_label("Desktop").is_checked()
    assert page.get_by_role("slider", name="Sales Page Template").input_value() == "400"
    expect(page.locator("[data-step='1']")).to_have_text("$107.80")


def test_a_card_that_has_no_page_any_more_is_drawn_until_it_has(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    picture = page.locator("#page-oto > .picture")
    for number, (unmade, kind, gone) in enumerate([({"/oto/"}, "svg", "iframe"), (set[str](), "iframe", "svg")], 2):
        preview.unmade = unmade
        preview.news.append(number)
        expect(picture.locator(kind)).to_have_count(1)
        expect(picture.locator(gone)).to_have_count(0)
    expect(page.frame_locator("#page-oto iframe").locator("h1")).to_be_visible()


def test_what_the_map_was_made_from_is_no_news(visits: Visits, preview: Preview) -> None:
    preview.news, preview.retry = [1, 2], 3_600_000
    page = opened(visits, preview)
    page.wait_for_load_state("networkidle")
    assert preview.asked == 2


def test_miniatures_are_as_wide_as_a_phone_or_a_desktop(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    width = "frames => frames.map((frame) => frame.contentWindow.innerWidth)"
    assert set(page.locator("iframe").evaluate_all(width)) == {390}
    page.get_by_label("Desktop").check(force=True)
    assert set(page.locator("iframe").evaluate_all(width)) == {1040}


def test_nothing_in_a_miniature_can_be_reached(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    page.locator("#view-phone").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") != "IFRAME"


# --- everybody -------------------------------------------------------------------------------------------------------


def test_axe_finds_nothing(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview)
    page.locator("#pin-oto summary").click()
    found = findings_in_every_light(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_file(visits: Visits, file: str, example: Served) -> None:
    page = shown(visits, example, file)
    found = findings_in_every_light(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_nothing_is_wider_than_the_screen(visits: Visits, preview: Preview, width: int) -> None:
    page = opened(visits, preview, Device("some", width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_gets_a_list_with_where_each_way_leads(visits: Visits, preview: Preview) -> None:
    page = opened(visits, preview, PHONE)
    tops = page.locator(".page").evaluate_all("pages => pages.map((page) => page.getBoundingClientRect().top)")
    assert tops == sorted(tops)
    assert page.locator("#page-oto .to").all_inner_texts() == ["→ Thank-you page", "→ Downsell"]
    assert not page.locator("svg.ways").first.is_visible()


def test_without_a_script_it_is_a_list_with_all_amounts(visits: Visits, file: str, example: Served) -> None:
    page = shown(visits, example, file, javascript=False)
    assert page.get_by_role("heading", name="Three 1:1 Strategy Calls").is_visible()
    assert page.locator("#page-checkout .amount").all_inner_texts() == ["$97", "$124"]
    assert page.locator(".aov").inner_text() == "$145.84"


def test_the_picture_is_drawn_by_a_browser_without_complaint(visits: Visits, example: Served) -> None:
    picture = (Path(__file__).parents[2] / "docs" / "map.svg").read_text(encoding="utf-8")
    page = shown(visits, example, picture, "image/svg+xml")
    assert page.locator("path.way").count() == 8 + 4  # and those of the legend


# --- in the preview --------------------------------------------------------------------------------------------------


def test_the_preview_shows_the_map_and_brings_it_up_to_date(visits: Visits, tmp_path: Path) -> None:
    folder = dress(EXAMPLE, tmp_path / "site", "daybreak")
    with previewing(folder) as origin:
        page = visits.open(f"{origin}/_funnel/")
        headline = page.frame_locator("#page-oto iframe").locator("h1")
        expect(headline).to_be_visible()
        copy = folder / "copy" / "oto.md"
        copy.write_text("---\nheadline: Something new\n---\nNew words, and [a link](step:nowhere).\n", encoding="utf-8")
        expect(page.locator("#pin-oto")).to_be_attached()
        copy.write_text("---\nheadline: Something new\n---\nNew words.\n", encoding="utf-8")
        expect(headline).to_have_text("Something new")
        page.goto(f"{origin}/_funnel/journeys")
        assert "/oto/" not in page.locator("main").inner_text()  # what is seen in miniature is no visit
