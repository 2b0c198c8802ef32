"""The journey's script: what it tells, what it never tells, and that pages are the same without it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from funnelgen.funnel.paths import all_paths
from funnelgen.measure.events import Event, decode_event
from funnelgen.pathtest.visit import EMAIL

from .person import person, walks
from .server import EVENTS, Host, hosting
from .sites import EXAMPLE, SHOP, Built, Served, build_into, write_files, write_shop
from .watch import Visits

pytestmark = pytest.mark.browser

PLAIN, WITH_BUMP = "checkout", "checkout+sales-page-template"
OVER = b"over"
PATIENCE = 5.0  # seconds until what a page sent must be there
NO_STORAGE = (
    """Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); } });"""
)


@pytest.fixture(scope="module")
def tracked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The example as a demonstration that sends its events to the host."""
    return build_into(EXAMPLE, tmp_path_factory.mktemp("tracked") / "dist", sink=EVENTS)


@pytest.fixture
def served(tracked: Built) -> Iterator[Served]:
    """The same on a host that nobody has visited yet."""
    with hosting(tracked.folder) as host:
        yield Served(tracked, host)


@pytest.fixture(scope="module")
def european(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A live site for consumers in the EU."""
    folder = write_shop(tmp_path_factory.mktemp("european") / "site", bumps=1)
    settings = f"sells_to: [EU]\ntracking: {{beacon: {EVENTS}}}\n"
    links = "live:\n" + "".join(
        f"  {id}: https://buy.stripe.com/{number}\n"
        for number, id in enumerate(("tripwire", "checkout", "checkout+worksheet"))
    )
    write_files(folder, {"site.yaml": SHOP["site.yaml"] + settings, "links.yaml": links})
    return build_into(folder, folder.parent / "dist", "live")


def sent(host: Host, number: int) -> list[Event]:
    """The events that a host got, once there are so many, in the order in which they happened."""
    wait(lambda: len(host.events) >= number)
    events = [decode_event(line) for line in host.events if line != OVER]
    assert None not in events, host.events
    # Two that were sent at once may arrive either way; what was paid is told before what is seen after it.
    return sorted(filter(None, events), key=lambda event: (event.at, event.event == "view"))


def wait(come: Callable[[], bool]) -> None:
    """Wait until something has come, or patience is over."""
    until = time.monotonic() + PATIENCE
    while not come() and time.monotonic() < until:
        time.sleep(0.02)


def views(host: Host) -> int:
    """How many pages were seen so far."""
    return sum(b'"view"' in line for line in host.events)


def tell(event: Event) -> str:
    """An event in a line: `accept checkout 97.00`."""
    return " ".join(filter(None, (event.event, event.button or event.offer or event.step, event.amount)))


def tells(page: Page, host: Host, *expected: str) -> None:
    """Everything that was sent so far is what is expected, and nothing else came while the page sent one thing more."""
    wait(lambda: len(host.events) >= len(expected))
    page.evaluate("([to, body]) => { fetch(to, { method: 'POST', body }); }", [EVENTS, OVER.decode()])
    wait(lambda: OVER in host.events)
    assert [tell(event) for event in sent(host, len(expected))] == list(expected)
    host.events.remove(OVER)


def test_a_whole_path_is_told_in_order_with_the_amounts_of_the_manifest(served: Served, visits: Visits) -> None:
    page = visits.open()
    path = next(
        path
        for path in all_paths(served.built.funnel, served.manifest.entries[0])
        if [move.button for move in path.moves if move.button] == [WITH_BUMP, "downsell", "thank-you"]
    )
    walks(page, served, path)
    total, less, more = (served.button(id).today.value for id in (WITH_BUMP, "downsell", "thank-you"))
    told = sent(served.host, 17)
    assert [tell(event) for event in told] == [
        "view lead-magnet",
        "submit lead-magnet",
        "view sales",
        "continue sales",
        "view checkout",
        "select sales-page-template",
        f"accept {WITH_BUMP} {total}",
        f"purchase {WITH_BUMP} {total}",
        "view oto",
        "decline oto",
        "view downsell",
        f"accept downsell {less}",
        f"purchase downsell {less}",
        "view thank-you",
        f"accept thank-you {more}",
        f"purchase thank-you {more}",
        "view thank-you",
    ]
    assert len({event.journey for event in told}) == 1
    assert {event.currency for event in told if event.amount} == {served.manifest.site.currency}
    kinds = {node.id: node.kind for node in served.manifest.nodes}
    assert all(event.kind == kinds[event.step] for event in told)


def test_nothing_personal_is_sent_or_kept(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/lead-magnet/") + f"?email={EMAIL}&name=Ada")
    person(page, served).opt_in(next(edge for edge in served.manifest.edges if edge.name == "submit"))
    page.goto(served.url("/oto/?paid=checkout&session_id=cs_test_secret"))
    sent(served.host, 5)
    kept = str(page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })"))
    for words in (kept, *map(bytes.decode, served.host.events)):
        for secret in ("ada", "Ada", "example.com", "cs_test", "secret", "127.0.0.1"):
            assert secret not in words
    assert page.context.cookies() == []


def test_bump_ticked_and_unticked(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/checkout/"))
    for _ in range(2):
        page.get_by_role("checkbox").check()
        page.get_by_role("checkbox").uncheck()
    assert [tell(event) for event in sent(served.host, 5)] == [
        "view checkout",
        *["select sales-page-template", "deselect sales-page-template"] * 2,
    ]


def test_the_session_leaves_the_address_before_any_other_script_reads_it(served: Served, visits: Visits) -> None:
    page = visits.open()
    page.add_init_script("""
        new MutationObserver((records) => records.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
            if (node.localName === "title") window.read = location.href;
        }))).observe(document, { childList: true, subtree: true });""")
    page.goto(served.url("/oto/?utm_source=mail&paid=checkout%2Bsales-page-template&session_id=cs_1&a=b%20c#terms"))
    expected = served.url("/oto/?utm_source=mail&paid=checkout%2Bsales-page-template&a=b+c#terms")
    assert page.url == expected
    assert page.evaluate("window.read") == expected
    tells(page, served.host, f"purchase {WITH_BUMP} {served.button(WITH_BUMP).today.value}", "view oto")


def test_coming_back_and_reloading_is_no_second_payment(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/oto/?paid=checkout&session_id=cs_1"))
    page.reload()
    page.goto(served.url("/downsell/"))
    page.go_back()
    page.goto(served.url("/oto/?paid=checkout&session_id=cs_1"))
    page.goto(served.url("/oto/?paid=checkout"))
    views = ["view oto", "view oto", "view downsell", "view oto", "view oto", "view oto"]
    tells(page, served.host, f"purchase checkout {served.button(PLAIN).today.value}", *views)


def test_paying_again_is_a_second_payment(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/oto/?paid=checkout&session_id=cs_1"))
    page.goto(served.url("/oto/?paid=checkout&session_id=cs_2"))
    page.goto(served.url("/oto/?paid=checkout%2Bsales-page-template&session_id=cs_3"))
    plain, total = (served.button(id).today.value for id in (PLAIN, WITH_BUMP))
    paid = [f"purchase {PLAIN} {plain}"] * 2 + [f"purchase {WITH_BUMP} {total}"]
    tells(page, served.host, *(line for one in paid for line in (one, "view oto")))


@pytest.mark.parametrize(
    "paid",
    ["", "oto", "downsell", "constructor", "__proto__", "checkout=1.00", "checkout&price=1",
     "<img src=x onerror=hit=1>", '"><script>hit=1</script>', "x" * 5_000],
)  # fmt: skip
def test_a_payment_that_does_not_return_here_is_none(served: Served, visits: Visits, paid: str) -> None:
    page = visits.open(served.url(f"/oto/?session_id=cs_1&paid={quote(paid)}"))
    tells(page, served.host, "view oto")
    assert page.evaluate("window.hit") is None


def test_what_the_address_says_changes_no_amount(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/oto/?paid=checkout&amount=1.00&currency=XXX&session_id=cs_1&to=//evil.example"))
    event = sent(served.host, 2)[0]
    assert (event.amount, event.currency) == (served.button(PLAIN).today.value, "USD")
    assert page.locator("[data-to]").get_attribute("data-to") == EVENTS


def test_an_edited_button_tells_nothing_and_leads_where_it_led(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/oto/"))
    link = page.locator("[data-button]")
    href = link.get_attribute("href")
    link.evaluate("e => { e.dataset.button = 'free'; e.querySelector('[data-amount]').dataset.amount = '1.00'; }")
    link.click()
    page.wait_for_url(f"**{href}")
    page.go_back()
    tells(page, served.host, "view oto", "view oto")


def test_double_clicks_and_double_submits_are_one(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/lead-magnet/"))
    page.get_by_role("main").get_by_role("textbox", name="Email").fill(EMAIL)
    page.evaluate("""() => { const form = document.querySelector("form");
        form.addEventListener("submit", (event) => event.preventDefault());
        form.requestSubmit(); form.requestSubmit(); }""")
    page.goto(served.url("/checkout/"))
    page.evaluate("""() => { const link = document.querySelector("[data-button]");
        link.addEventListener("click", (event) => event.preventDefault()); link.click(); link.click(); }""")
    plain = served.button(PLAIN).today.value
    tells(page, served.host, "view lead-magnet", "submit lead-magnet", "view checkout", f"accept checkout {plain}")


def test_a_page_that_the_browser_kept_is_seen_again(served: Served, visits: Visits) -> None:
    page = visits.open(served.url("/checkout/"))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    tells(page, served.host, "view checkout", "view checkout")


def test_blocked_storage_breaks_nothing(served: Served, visits: Visits) -> None:
    page = visits.open()
    page.add_init_script(NO_STORAGE)
    path = next(all_paths(served.built.funnel, served.manifest.entries[0]))
    walks(page, served, path)
    seen = len(path.moves) + any(move.node == "thank-you" and move.button for move in path.moves)
    wait(lambda: views(served.host) >= seen)
    journeys = [event.journey for event in sent(served.host, 0) if event.event == "view"]
    assert len(journeys) >= seen
    assert len(set(journeys)) == len(journeys), "every page is a journey of its own"


def test_without_storage_a_reload_is_no_second_payment_either(served: Served, visits: Visits) -> None:
    page = visits.open()
    page.add_init_script(NO_STORAGE)
    page.goto(served.url("/oto/?paid=checkout&session_id=cs_1"))
    page.reload()
    tells(page, served.host, f"purchase checkout {served.button(PLAIN).today.value}", "view oto", "view oto")


def test_without_a_script_nothing_is_sent_and_every_button_works(served: Served, visits: Visits) -> None:
    page = visits.open(javascript=False)
    path = max(all_paths(served.built.funnel, served.manifest.entries[0]), key=lambda path: len(path.moves))
    walks(page, served, path)
    assert served.host.events == []


def test_the_script_changes_nothing_on_the_page(served: Served, visits: Visits) -> None:
    for node in served.manifest.nodes:
        bodies = []
        for javascript in (True, False):
            page = visits.open(served.url(node.address), javascript=javascript)
            bodies.append(page.locator("html").evaluate("e => e.outerHTML"))
        assert bodies[0] == bodies[1], node.id


@pytest.mark.parametrize("refusing", ["navigator.sendBeacon = () => false", "navigator.sendBeacon = undefined"])
def test_a_browser_without_beacons_sends_all_the_same(served: Served, visits: Visits, refusing: str) -> None:
    page = visits.open()
    page.add_init_script(refusing)
    page.goto(served.url("/checkout/"))
    page.locator("[data-button]:visible").click()
    assert tell(sent(served.host, 2)[0]) == "view checkout"


def test_another_tab_is_another_journey(served: Served, visits: Visits) -> None:
    for _ in range(2):
        visits.open(served.url("/checkout/"))
    one, other = sent(served.host, 2)
    assert one.journey != other.journey


def test_before_consent_nothing_is_stored_or_sent(european: Built, visits: Visits) -> None:
    with hosting(european.folder) as host:
        page = visits.open(f"{host.origin}/thank-you/?paid=checkout%2Bworksheet&session_id=cs_1")
        assert page.url == f"{host.origin}/thank-you/?paid=checkout%2Bworksheet"
        tells(page, host)
        assert page.evaluate("sessionStorage.length") == 0
        for _ in range(2):
            page.evaluate("document.dispatchEvent(new Event('funnelgen:consent'))")
        tells(page, host, "purchase checkout+worksheet 103.00", "view thank-you")
        assert page.evaluate("Object.keys(sessionStorage)") == ["funnelgen"]
        page.goto(f"{host.origin}/sales/")
        tells(page, host, "purchase checkout+worksheet 103.00", "view thank-you")


def test_the_policy_lets_events_go_to_their_address_alone(european: Built, visits: Visits) -> None:
    with hosting(european.folder) as host, hosting(european.folder) as elsewhere:
        page = visits.open(f"{host.origin}/sales/")
        visits.watch(page).expect("console error: .*Content Security Policy")
        assert (
            page.evaluate(
                "to => fetch(to, { method: 'POST', body: '' }).catch(() => 'refused')", elsewhere.origin + EVENTS
            )
            == "refused"
        )
        assert elsewhere.events == []


def test_a_site_that_asks_for_no_events_sends_none(example: Served, visits: Visits) -> None:
    page = visits.open(example.url("/checkout/"))
    expect(page.locator("script[src]")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    assert not list(Path(example.built.folder).glob("assets/journey.*"))
