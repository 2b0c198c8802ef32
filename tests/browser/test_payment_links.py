"""What the pages' script adds to payment links, what it never adds, and that a session leaves the address unread."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import msgspec
import pytest
from playwright.sync_api import Page, Request, Route

from funnelgen.pathtest.visit import EMAIL
from funnelgen.payments import stripe
from funnelgen.payments.parameters import taken_by, wrongly_added

from ..parameters import Case, cases
from .server import EVENTS
from .sites import EXAMPLE, Served, serving
from .test_journey import NO_STORAGE
from .watch import Visits

pytestmark = pytest.mark.browser

BUTTONS = ("checkout", "checkout+sales-page-template", "oto", "downsell", "thank-you")
LINKS = {id: f"https://buy.stripe.com/test_{number}?locale=en" for number, id in enumerate(BUTTONS)}
SECRET = "cs_test_a1B2c3D4e5F6g7H8"


def with_links(folder: Path, settings: str = "", mode: str = "test") -> Path:
    """A copy of the example with a payment link for every button."""
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    links = "".join(f"  {id}: {link if mode == 'test' else link.replace('test_', '')}\n" for id, link in LINKS.items())
    (folder / "links.yaml").write_text(f"{mode}:\n{links}", encoding="utf-8")
    with (folder / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(settings)
    return folder


@pytest.fixture(scope="module")
def paying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example in test mode."""
    folder = tmp_path_factory.mktemp("paying")
    with serving(with_links(folder / "site"), folder / "dist", "test") as served:
        yield served


@pytest.fixture(scope="module")
def telling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example in live mode, with events."""
    folder = tmp_path_factory.mktemp("telling")
    settings = f"\ntracking: {{beacon: {EVENTS}}}\n"
    with serving(with_links(folder / "site", settings, "live"), folder / "dist", "live") as served:
        yield served


def leads(page: Page, button: str = "checkout") -> str:
    """Where a button leads once somebody is about to press it."""
    link = page.locator(f'[data-button="{button}"]')
    link.dispatch_event("pointerdown")
    return str(link.get_attribute("href"))


def added(page: Page, button: str = "checkout") -> dict[str, str]:
    """What a button's link has more than the one in links.yaml, which it must begin with."""
    href = leads(page, button)
    assert wrongly_added(LINKS[button], href, stripe) == ""
    return dict(parse_qsl(urlsplit(href).query)[1:])


def opt_in(page: Page, served: Served) -> None:
    """Ask for the free thing."""
    page.goto(served.url("/lead-magnet/"))
    page.get_by_role("main").get_by_role("textbox", name="Email").fill(EMAIL)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/sales/**")


def test_a_buyer_takes_along_who_they_are_and_where_they_came_from(paying: Served, visits: Visits) -> None:
    page = visits.open(paying.url("/?utm_source=news&utm_campaign=Spring%20sale!&ref=a"))
    opt_in(page, paying)
    page.goto(paying.url("/checkout/"))
    first = added(page)
    reference = first.pop("client_reference_id")
    assert first == {"prefilled_email": EMAIL, "utm_campaign": "Spring-sale", "utm_source": "news"}
    page.goto(paying.url("/oto/?paid=checkout&session_id=cs_1"))
    assert added(page, "oto") == {"client_reference_id": reference, **first}


def test_pressing_goes_where_the_link_was_led(paying: Served, visits: Visits) -> None:
    page = visits.open()
    visits.watch(page).expect(r"request to elsewhere: https://buy\.stripe\.com/test_1\?locale=en&client_reference_id=")
    page.context.route("https://buy.stripe.com/**", lambda route: route.fulfill(status=200, body="paying"))
    for press in ("click", "Enter"):
        page.goto(paying.url("/checkout/"))
        page.get_by_role("checkbox").check()
        button = page.locator("[data-button]:visible")
        button.click() if press == "click" else button.press("Enter")
        page.wait_for_url(re.compile(r"^https://buy\.stripe\.com/test_1\?locale=en&client_reference_id=[\d-]+$"))


def test_the_last_campaign_counts_and_is_not_mixed_with_another(paying: Served, visits: Visits) -> None:
    page = visits.open(paying.url("/sales/?utm_source=news&utm_term=a"))
    page.goto(paying.url("/checkout/?utm_source=ads"))
    assert added(page)["utm_source"] == "ads"
    assert "utm_term" not in added(page)
    page.goto(paying.url("/checkout/?utm_source="))
    assert added(page)["utm_source"] == "ads"


@cases
def test_the_table_of_what_is_added(case: Case, paying: Served, visits: Visits) -> None:
    page = visits.open()
    kept = {"funnelgen": case.reference or "4f-9", "funnelgenEmail": case.email}
    page.add_init_script(f"Object.assign(sessionStorage, {json.dumps(kept)})")
    page.goto(paying.url(f"/checkout/?{urlencode(case.campaign)}"))
    takes = {
        origin: [p for p in parameters if p.what != "reference" or case.reference]
        for origin, parameters in taken_by([case.link]).items()
    }
    given = [msgspec.json.encode(takes).decode(), case.link, case.made]
    made, expected = page.evaluate(
        """([takes, link, made]) => {
            document.querySelector("script[data-takes]").dataset.takes = takes;
            const button = document.querySelector("[data-button]");
            button.setAttribute("href", link);
            button.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
            return [button.href, new URL(made).href];
        }""",
        given,
    )
    assert made == expected


HOSTILE = [
    "prefilled_promo_code=FREE&prefilled_email=eve@evil.example&client_reference_id=x&locale=xx",
    "email=eve@evil.example&reference=x&discount=FREE&takes={}&to=//evil.example",
    "utm_source=javascript:alert(1)&utm_term=//evil.example&utm_content=https://evil.example/",
    "utm_source=%22%3E%3Cimg+src=x+onerror=hit=1%3E&utm_medium='%20onclick=hit=1",
    "__proto__=x&constructor=y&__proto__[utm_source]=z&utm_source[toString]=z&toString=1&hasOwnProperty=1",
    "utm_source=%&utm_term=%zz&utm_medium=%e0%a4%a&utm_content=%ff%fe&utm_campaign=%00%0d%0aSet-Cookie:a=b",
    "utm_source=a&utm_source=b&utm_source=c&UTM_SOURCE=d&utm_source%00=e&utm%5fterm=f",
    f"utm_source={'x' * 20_000}&utm_term={'%F0%9F%98%80' * 2_000}",
    "utm_source=&utm_term&=&&&#?utm_medium=a",
    "next=//evil.example&return=javascript:hit=1&url=https://evil.example&href=//evil.example&paid=oto",
    "utm_source=..%2f..%2f&utm_term=%5c%5cevil.example&utm_content=%23fragment&utm_medium=%26prefilled_promo_code%3DFREE",
    "utm_source=\u202emoc&utm_term=\u2028&utm_content=\ufeff&utm_medium=\u00a0",
]


def some_queries(number: int) -> list[str]:
    """Queries out of what is dangerous in addresses, the same ones every time."""
    draw = random.Random(7)
    names = ["utm_source", "utm_term", "prefilled_promo_code", "__proto__", "locale", "", "href", "utm_content"]
    parts = [
        "javascript:",
        "//evil",
        "%",
        "%2",
        "%00",
        "&",
        "=",
        "#",
        "?",
        "'",
        '"',
        "<",
        "\\",
        "é",
        "😀",
        "a",
        " ",
        "+",
    ]
    return [
        "&".join(f"{draw.choice(names)}={''.join(draw.choices(parts, k=draw.randrange(9)))}" for _ in range(5))
        for _ in range(number)
    ]


@pytest.mark.parametrize("queries", [HOSTILE, some_queries(25)], ids=["by hand", "drawn"])
def test_nothing_in_the_address_changes_where_a_button_leads(
    queries: list[str], paying: Served, visits: Visits
) -> None:
    page = visits.open()
    for query in queries:
        page.goto(paying.url(f"/checkout/?{query}"))
        for button in BUTTONS[:2]:
            more = added(page, button)
            assert set(more) <= {"client_reference_id", *stripe.PARAMETERS.campaign}, query
        assert page.locator("[data-fg=accept]").count() == 2
        ways = [link.get_attribute("href") or "" for link in page.locator("a:not([data-button])").all()]
        assert not [way for way in ways if "evil" in way or "javascript" in way]
        assert page.evaluate("[window.hit, {}.utm_source, Object.keys(Object.prototype)]") == [None, None, []]


@pytest.mark.parametrize("how", ["no script", "no storage", "full storage"])
def test_without_a_script_or_storage_the_link_is_the_plain_one(how: str, paying: Served, visits: Visits) -> None:
    page = visits.open(javascript=how != "no script")
    if how == "no storage":
        page.add_init_script(NO_STORAGE)
    if how == "full storage":
        page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') };"
                             "const room = new Proxy({}, { set() { throw new DOMException('full') } });"
                             "Object.defineProperty(window, 'sessionStorage', { get: () => room });")  # fmt: skip
    page.goto(paying.url("/sales/?utm_source=news"))
    page.goto(paying.url("/checkout/?utm_source=news"))
    assert leads(page) == LINKS["checkout"]


def test_the_page_has_the_plain_links(paying: Served) -> None:
    html = paying.host.files.answer("/checkout/").body.decode()
    assert all(f'href="{LINKS[id]}"' in html for id in BUTTONS[:2])


def test_a_session_is_read_by_nobody(telling: Served, visits: Visits) -> None:
    page = visits.open()
    visits.watch(page).expect("request to elsewhere: https://buy.stripe.com/2")
    told: list[str] = []

    def note(request: Request) -> None:
        told.append(f"{request.url} {request.all_headers()} {request.post_data}")

    def pay(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<script>document.title = document.referrer</script>")

    page.context.on("request", note)
    page.context.route("https://buy.stripe.com/**", pay)
    page.add_init_script("""
        new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
            if (node.localName === "title") window.read = location.href;
        }))).observe(document, { childList: true, subtree: true });""")
    address = telling.url("/oto/?paid=checkout&utm_source=news")
    page.goto(f"{address}&session_id={quote(SECRET)}")
    assert page.url == page.evaluate("window.read") == address
    page.locator('[data-button="oto"]').click()
    page.wait_for_url("https://buy.stripe.com/**")
    assert page.title() in ("", telling.host.origin + "/")
    page.go_back()
    page.locator("[data-fg=decline]").click()
    page.wait_for_url("**/downsell/")
    assert page.evaluate("document.referrer") == telling.host.origin + "/"
    assert SECRET not in json.dumps(page.evaluate("[{ ...sessionStorage }, { ...localStorage }, document.cookie]"))
    assert SECRET in told.pop(0)
    assert any(EVENTS in line for line in told)
    assert not [line for line in told if SECRET in line]


def test_a_session_leaves_the_address_in_test_mode_too(paying: Served, visits: Visits) -> None:
    page = visits.open(paying.url(f"/thank-you/?paid=oto&session_id={SECRET}"))
    assert page.url == paying.url("/thank-you/?paid=oto")


def test_where_visitors_are_asked_first_nothing_is_kept_before(visits: Visits, tmp_path: Path) -> None:
    site = with_links(tmp_path / "site")
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    (site / "site.yaml").write_text(settings.replace("sells_to: [US]", "sells_to: [US, EU]"), encoding="utf-8")
    with serving(site, tmp_path / "dist", "test") as served:
        page = visits.open(served.url("/checkout/?utm_source=news"))
        assert leads(page) == LINKS["checkout"]
        assert page.evaluate("sessionStorage.length") == 0
        page.evaluate("document.dispatchEvent(new Event('funnelgen:consent'))")
        assert set(added(page)) == {"client_reference_id", "utm_source"}
