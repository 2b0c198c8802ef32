"""The proof itself: a site as it was built passes, and payments that are real are answered by the stand-in."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Playwright

from funnelgen.pathtest.facts import DESKTOP, PHONE
from funnelgen.pathtest.host import LOOPBACK, hosting
from funnelgen.pathtest.launch import arguments
from funnelgen.pathtest.outcome import Job, Setting
from funnelgen.pathtest.walk import Visitor
from funnelgen.pipeline import Output

from ..sites import EXAMPLE, SMALL, built, site
from .chromium import find_browser
from .proving import do, job_of

pytestmark = pytest.mark.browser

ON_PHONE = Setting(device=PHONE)
PLAIN = Setting(device=DESKTOP, javascript=False)
MOVING = Setting(device=PHONE, javascript=False)
"""Who does not ask for less motion: one page fades into the next."""
LINKS = "test:\n  checkout: https://buy.stripe.com/test_one\n  checkout+template: https://buy.stripe.com/test_two\n"


@pytest.fixture(scope="module")
def example() -> Output:
    return built(EXAMPLE)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """The small site with test links."""
    return built(site(tmp_path_factory.mktemp("small") / "site", {**SMALL, "links.yaml": LINKS}), "test")


def job(output: Output, kind: str, words: str, setting: Setting = ON_PHONE) -> Job:
    """The first job of a kind whose words have these."""
    return job_of(output.manifest, kind, words, setting)


# --- a site as it was built ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", [ON_PHONE, PLAIN, MOVING], ids=lambda s: s.name)
def test_a_path_is_walked_to_its_end(browser: Browser, example: Output, setting: Setting) -> None:
    longest = "bump ticked → oto, declined → downsell, accepted → thank-you, extra bought"
    done = do(browser, example.files, example.manifest, job(example, "path", longest, setting))
    assert done.faults == []
    assert [page for page in done.walked.pages if not page.startswith("/demo/")] == [
        "/lead-magnet/",
        "/sales/",
        "/checkout/",
        "/oto/",
        "/downsell/",
        "/thank-you/",
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("cancel", "`checkout+sales-page-template`"), ("back", "`checkout+sales-page-template`"), ("page", "/checkout/")],
)
def test_detours_and_single_pages_are_fine(browser: Browser, example: Output, kind: str, words: str) -> None:
    assert do(browser, example.files, example.manifest, job(example, kind, words)).faults == []


@pytest.mark.parametrize("setting", [ON_PHONE, PLAIN], ids=lambda s: s.name)
def test_who_asks_a_newsletter_service_goes_on_where_it_sends_its_visitors(
    browser: Browser, tmp_path: Path, setting: Setting
) -> None:
    """The service is answered on this machine, as payment hosts are."""
    text = str(SMALL["site.yaml"]) + "form: {action: 'https://letters.small.internal/in', field: mail}\n"
    output = built(site(tmp_path / "site", {**SMALL, "site.yaml": text, "links.yaml": LINKS}), "test")
    assert b'action="https://letters.small.internal/in"' in output.files["lead-magnet/index.html"]
    done = do(browser, output.files, output.manifest, job(output, "path", "bump unticked", setting))
    assert done.faults == []
    assert done.walked.pages[-1] == "/thank-you/"


# --- a site that was broken afterwards: breakages/ has the ways, test_breakages.py tries them ------------------------


def test_a_fault_says_how_the_visitor_got_there(browser: Browser, example: Output) -> None:
    files = {name: data for name, data in example.files.items() if name != "downsell/index.html"}
    done = do(browser, files, example.manifest, job(example, "path", "oto, declined → downsell, declined"))
    lost = next(fault for fault in done.walked.faults if fault.check == "ways")
    assert lost.where.endswith("checkout, bump unticked → oto, declined → downsell")


# --- payments that are real ------------------------------------------------------------------------------------------


def test_the_stand_in_takes_the_providers_place(browser: Browser, small: Output) -> None:
    done = do(browser, small.files, small.manifest, job(small, "path", "bump ticked"))
    assert done.faults == []
    assert done.walked.pages[-1] == "/thank-you/"
    back = [request.target for request in done.host.requests if "paid=" in request.target]
    assert back == ["/thank-you/?paid=checkout%2Btemplate&session_id=cs_test_of_the_stand_in"]


@pytest.mark.parametrize("kind", ["cancel", "back"])
def test_the_stand_in_can_be_left_without_paying_and_gone_back_over(browser: Browser, small: Output, kind: str) -> None:
    assert do(browser, small.files, small.manifest, job(small, kind, "`checkout+template`")).faults == []


def test_no_request_reaches_a_payment_host(playwright: Playwright, small: Output) -> None:
    """Browsers connect to a link's host before anything can answer in its place; so no name may be found at all.

    A proxy that the machine is set to use would find it: here it is a socket that counts who calls.
    """
    with socket.create_server((LOOPBACK, 0)) as proxy, hosting(small.files) as host:
        proxy.settimeout(1)
        address = f"http://{LOOPBACK}:{proxy.getsockname()[1]}"
        environ: dict[str, str | float | bool] = {
            **os.environ,
            "https_proxy": address,
            "HTTPS_PROXY": address,
            "all_proxy": address,
        }
        path = find_browser(playwright)
        with playwright.chromium.launch(executable_path=path, args=arguments(), env=environ) as browser:
            visitor = Visitor(browser, host.origin, small.manifest, ON_PHONE, frozenset())
            assert visitor.do(job(small, "path", "bump ticked")).faults == ()
            with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
                browser.new_page().goto("https://buy.stripe.com/test_one")
        with pytest.raises(TimeoutError):
            proxy.accept()
