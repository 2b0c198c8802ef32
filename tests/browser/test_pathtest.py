"""The proof itself: a site as it was built passes, and a site that was broken afterwards does not."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Error, Playwright

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.facts import DESKTOP, PHONE
from funnelgen.pathtest.host import LOOPBACK, Host, hosting
from funnelgen.pathtest.launch import arguments
from funnelgen.pathtest.outcome import Job, Setting, Walked
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.runner import jobs_of
from funnelgen.pathtest.standin import declared_hosts
from funnelgen.pathtest.walk import Visitor
from funnelgen.pipeline import Output

from ..sites import EXAMPLE, SMALL, built, site
from .chromium import find_browser

pytestmark = pytest.mark.browser

ON_PHONE = Setting(device=PHONE)
PLAIN = Setting(device=DESKTOP, javascript=False)
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
    jobs = jobs_of(output.manifest, make_plan(output.manifest), [setting])
    return next(job for job in jobs if job.kind == kind and words in job.words)


class Done(NamedTuple):
    """A job that was done, and what the host was asked meanwhile."""

    walked: Walked
    host: Host

    @property
    def faults(self) -> list[str]:
        """What was found, as `check: sentence`."""
        return [f"{fault.check}: {fault.what}" for fault in self.walked.faults]


def do(browser: Browser, files: Mapping[str, bytes], manifest: Manifest, job: Job) -> Done:
    """Do one job on built files."""
    with hosting(files) as host:
        declared = declared_hosts(files["_headers"].decode())
        visitor = Visitor(browser, host.origin, manifest, job.setting, declared)
        try:
            return Done(visitor.do(job), host)
        finally:
            visitor.close()


# --- a site as it was built ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", [ON_PHONE, PLAIN], ids=lambda s: s.name)
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


# --- a site that was broken afterwards -------------------------------------------------------------------------------


class Breakage(NamedTuple):
    """Something that is changed in a built file, on which job it shows, and what is said then."""

    what: str
    file: str
    before: str
    after: str
    kind: str
    words: str
    said: str


DECLINED = "oto, declined → downsell, declined"
BROKEN = [
    Breakage(
        "a price altered on a button",
        "downsell/index.html",
        '(data-button="downsell".*?)>\\$79<',
        "\\1>$69<",
        "path",
        DECLINED,
        "buttons: the button `downsell` says $69, the stack says $79",
    ),
    Breakage(
        "a price altered beside the offer",
        "oto/index.html",
        "</span>400</bdi>",
        "</span>450</bdi>",
        "path",
        DECLINED,
        "price: the price reads $450, the stack says $400",
    ),
    Breakage(
        "a total that does not follow the bump",
        "checkout/index.html",
        ">\\$124\\.00<",
        ">$97.00<",
        "path",
        "bump ticked",
        "summary: the total reads $97.00, the stack says $124.00",
    ),
    Breakage(
        "a decline that leads back",
        "oto/index.html",
        'href="/downsell/"',
        'href="/checkout/"',
        "path",
        DECLINED,
        "decline: declining leads to /checkout/, and must to /downsell/",
    ),
    Breakage(
        "a decline that is hidden",
        "oto/index.html",
        '(<a[^>]*data-fg="decline".*?</a>)',
        "<details><summary>More</summary>\\1</details>",
        "path",
        DECLINED,
        "decline: there are 0 ways to decline that can be seen, and should be 1",
    ),
    Breakage(
        "an accept that skips the payment",
        "oto/index.html",
        'href="/demo/oto/"',
        'href="/thank-you/"',
        "path",
        "oto, accepted",
        "buttons: the button `oto` leads to /thank-you/, and its link is /demo/oto/",
    ),
    Breakage(
        "a payment that returns elsewhere",
        "demo/oto/index.html",
        'href="/thank-you/',
        'href="/downsell/',
        "path",
        "oto, accepted",
        "simulated: paying leads to /downsell/?paid=oto&session_id=demo, "
        "and must to /thank-you/?paid=oto&session_id=demo",
    ),
    Breakage(
        "a cancel that goes on",
        "demo/oto/index.html",
        'href="/oto/"',
        'href="/thank-you/"',
        "cancel",
        "`oto`",
        "ways: the visitor should be at /oto/, and is at /thank-you/",
    ),
    Breakage(
        "a form without action",
        "lead-magnet/index.html",
        ' action="[^"]*"',
        "",
        "path",
        DECLINED,
        "onwards: the form has no action: it would be sent to its own page",
    ),
    Breakage(
        "a way on that is gone",
        "sales/index.html",
        'href="/checkout/"',
        'href="/about/"',
        "path",
        DECLINED,
        "ways: the way to continue is not there",
    ),
    Breakage(
        "structured data with another price",
        "sales/index.html",
        '"price":"97.00"',
        '"price":"79.00"',
        "path",
        DECLINED,
        "data: structured data says 79.00 USD, the stack says 97.00 USD",
    ),
    Breakage(
        "a picture from elsewhere",
        "oto/index.html",
        "<main",
        '<img src="https://tracker.example/pixel.gif" alt=""><main',
        "page",
        "opening /oto/",
        "requests: the page asks for https://tracker.example/pixel.gif, which the site does not declare",
    ),
    Breakage(
        "a file that is missing",
        "oto/index.html",
        "<main",
        '<img src="/assets/none.png" alt="" width="9" height="9"><main',
        "page",
        "opening /oto/",
        "requests: /assets/none.png is answered with 404",
    ),
    Breakage(
        "a box that is wider than the screen",
        "oto/index.html",
        "<h1>",
        f"<h1><nobr>{'wide ' * 60}</nobr>",
        "page",
        "opening /oto/",
        "layout: the page is ",
    ),
    Breakage(
        "a picture that says nothing",
        "about/index.html",
        "<main([^>]*)>",
        '<main\\1><img src="/assets/x.svg" width="9" height="9">',
        "page",
        "opening /about/",
        "axe: image-alt: ",
    ),
]


def broken(files: Mapping[str, bytes], breakage: Breakage) -> dict[str, bytes]:
    """The files with one of them changed."""
    text = files[breakage.file].decode()
    changed = re.sub(breakage.before, breakage.after, text, flags=re.DOTALL)
    assert changed != text
    return {**files, breakage.file: changed.encode()}


@pytest.mark.parametrize("breakage", BROKEN, ids=lambda b: b.what)
def test_what_was_broken_is_found(browser: Browser, example: Output, breakage: Breakage) -> None:
    files = broken(example.files, breakage)
    done = do(browser, files, example.manifest, job(example, breakage.kind, breakage.words))
    assert any(fault.startswith(breakage.said) for fault in done.faults), done.faults


def test_a_page_that_is_missing_is_found(browser: Browser, example: Output) -> None:
    files = {name: data for name, data in example.files.items() if name != "downsell/index.html"}
    done = do(browser, files, example.manifest, job(example, "path", DECLINED))
    assert any(fault.startswith("page: this is a page of kind `404`") for fault in done.faults), done.faults
    lost = done.walked.faults[0]
    assert lost.where.endswith("checkout, bump unticked → oto, declined → downsell")


def test_a_script_that_throws_is_found(browser: Browser, example: Output) -> None:
    page = example.files["oto/index.html"].replace(b"<main", b"<script>throw new Error('oh')</script><main", 1)
    open_policy = re.sub(rb"Content-Security-Policy: .*\n", b"X-None: 1\n", example.files["_headers"])
    files = {**example.files, "oto/index.html": page, "_headers": open_policy}
    done = do(browser, files, example.manifest, job(example, "page", "opening /oto/"))
    assert any("a script failed" in fault and "oh" in fault for fault in done.faults), done.faults


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


def test_two_links_that_were_swapped_are_found(browser: Browser, small: Output) -> None:
    text = small.files["checkout/index.html"].decode()
    swapped = text.replace("test_one", "test_x").replace("test_two", "test_one").replace("test_x", "test_two")
    files = {**small.files, "checkout/index.html": swapped.encode()}
    found = do(browser, files, small.manifest, job(small, "path", "bump unticked")).faults
    link = "https://buy.stripe.com/test_"
    assert f"buttons: the button `checkout` leads to {link}two, and its link is {link}one" in found
    assert "buttons: the button `checkout` opens the payment of `checkout+template`" in found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("test_one", "test_other"), "asks for https://buy.stripe.com/test_other?"),
        (lambda text: text.replace("<main", '<img src="https://buy.stripe.com/pixel" alt=""><main', 1), "/pixel"),
    ],
    ids=["another link of the provider", "a picture of the provider"],
)
def test_nothing_else_is_asked_of_a_payment_host(
    browser: Browser, small: Output, change: Callable[[str], str], said: str
) -> None:
    open_policy = re.sub(rb"Content-Security-Policy: .*\n", b"X-None: 1\n", small.files["_headers"])
    page = change(small.files["checkout/index.html"].decode())
    files = {**small.files, "checkout/index.html": page.encode(), "_headers": open_policy}
    done = do(browser, files, small.manifest, job(small, "path", "bump unticked"))
    assert any(fault.startswith("requests: ") and said in fault for fault in done.faults), done.faults


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
