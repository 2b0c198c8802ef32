"""Visitors who follow one another in one window: none finds what another left, and none is spared what it would see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from funnelgen.pathtest import walk
from funnelgen.pathtest.facts import PHONE
from funnelgen.pathtest.host import Host, hosting
from funnelgen.pathtest.outcome import Fault, Job, Setting
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.runner import jobs_of
from funnelgen.pathtest.walk import Visitor
from funnelgen.pipeline import Output

from ..sites import EXAMPLE, built

pytestmark = pytest.mark.browser

SETTING = Setting(device=PHONE)
START = "lead-magnet → sales → checkout, bump unticked → oto"
ACCEPTED, DECLINED = f"{START}, accepted → thank-you", f"{START}, declined → downsell, declined → thank-you"
BUMP = "lead-magnet → sales → checkout, bump ticked → oto, accepted → thank-you"


@pytest.fixture(scope="module")
def example() -> Output:
    return built(EXAMPLE)


def job(output: Output, words: str) -> Job:
    """The job with just these words."""
    jobs = jobs_of(output.manifest, make_plan(output.manifest), [SETTING])
    return next(job for job in jobs if job.words == words)


def scripted(output: Output, scripts: Mapping[str, str]) -> dict[str, bytes]:
    """The site with a script on some of its pages, by the page's name."""
    files = dict(output.files)
    for name, script in scripts.items():
        page = files[f"{name}/index.html"]
        files[f"{name}/index.html"] = page.replace(b"</head>", f"<script>{script}</script></head>".encode(), 1)
    files["_headers"] = re.sub(rb"Content-Security-Policy: .*\n", b"X-None: 1\n", files["_headers"])
    return files


class Walks:
    """One visitor after another, and what each found and asked for."""

    def __init__(self, visitor: Visitor, host: Host, output: Output) -> None:
        self._visitor = visitor
        self._host = host
        self._output = output

    def do(self, words: str) -> list[str]:
        """What is wrong on a job, a line each."""
        return [fault.what for fault in self.faults(words)]

    def faults(self, words: str) -> tuple[Fault, ...]:
        """What is wrong on a job."""
        del self._host.requests[:]
        walked = self._visitor.do(job(self._output, words))
        self.pages = [page for page in walked.pages if not page.startswith("/demo/")]
        return walked.faults

    @property
    def asked(self) -> list[str]:
        """The pages that the last job opened; where links lead is asked for as well, and not opened."""
        found = [one.address for one in self._host.requests if one.method == "GET" and one.address.endswith("/")]
        return [address for address in found if not address.startswith("/demo/")]


@contextmanager
def walking(browser: Browser, output: Output, scripts: Mapping[str, str]) -> Iterator[Walks]:
    """Visitors of a site with these scripts on its pages."""
    with hosting(scripted(output, scripts)) as host:
        visitor = Visitor(browser, host.origin, output.manifest, SETTING, frozenset())
        try:
            yield Walks(visitor, host, output)
        finally:
            visitor.close()


# --- nothing is left behind ------------------------------------------------------------------------------------------

KEEPS_EVERYTHING = """
    const before = { ...localStorage, ...sessionStorage };
    if (Object.keys(before).length || document.cookie || window.name) throw new Error("somebody was here before");
    const leave = () => {
      localStorage.a = sessionStorage.b = document.cookie = window.name = "c=d";
    };
    leave();
    addEventListener("pagehide", leave);
"""
KEEPS_A_DATABASE = """
    indexedDB.databases().then((found) => {
      if (found.length) throw new Error("somebody was here before");
      indexedDB.open("visitors");
    });
"""


@pytest.mark.parametrize("script", [KEEPS_EVERYTHING, KEEPS_A_DATABASE], ids=["storages and cookies", "a database"])
def test_nobody_finds_what_another_kept(browser: Browser, example: Output, script: str) -> None:
    with walking(browser, example, {"terms": script}) as walks:
        assert [walks.do("opening /terms/") for _ in range(2)] == [[], []]
        assert walks.do("opening /terms/") == []


def test_a_session_that_is_kept_is_noticed_within_one_job(browser: Browser, example: Output) -> None:
    """The counter-example: on one and the same walk the script above finds what it left."""
    with walking(browser, example, {"checkout": KEEPS_EVERYTHING}) as walks:
        assert any("somebody was here before" in what for what in walks.do("cancelling `checkout`"))


# --- where paths part ------------------------------------------------------------------------------------------------

COUNTS = "sessionStorage.visits = Number(sessionStorage.visits ?? 0) + 1"
ONCE = """if (sessionStorage.visits !== "1") throw new Error(`counted ${sessionStorage.visits}`)"""


def test_a_path_goes_on_where_it_parts_from_the_last_with_what_was_kept(browser: Browser, example: Output) -> None:
    with walking(browser, example, {"checkout": COUNTS, "oto": ONCE}) as walks:
        assert walks.do(ACCEPTED) == []
        assert walks.asked == ["/lead-magnet/", "/sales/", "/checkout/", "/oto/", "/thank-you/"]
        assert walks.do(f"{ACCEPTED}, extra bought → thank-you") == []
        assert walks.asked == ["/thank-you/"]
        assert walks.do(DECLINED) == []
        assert walks.asked == ["/oto/", "/downsell/", "/thank-you/"]
        assert walks.do(BUMP) == []
        assert walks.asked == ["/checkout/", "/oto/", "/thank-you/"]
        assert walks.pages == ["/lead-magnet/", "/sales/", "/checkout/", "/oto/", "/thank-you/"]


@pytest.mark.parametrize(
    "script",
    [
        "document.documentElement.dataset.visits = history.length",
        "document.cookie = 'visits=1'",
    ],
    ids=["differs", "has cookies"],
)
def test_where_the_page_cannot_be_the_same_the_path_begins_at_its_beginning(
    browser: Browser, example: Output, script: str
) -> None:
    with walking(browser, example, {"checkout": script}) as walks:
        assert walks.do(ACCEPTED) == []
        assert walks.do(BUMP) == []
        assert walks.asked[-5:] == ["/lead-magnet/", "/sales/", "/checkout/", "/oto/", "/thank-you/"]


# --- judged once -----------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_a_page_is_told_on_every_path_that_meets_it(browser: Browser, example: Output) -> None:
    wrong = "document.addEventListener('DOMContentLoaded', () => document.querySelector('[data-fg=decline]').remove())"
    with walking(browser, example, {"oto": wrong}) as walks:
        told = ["there are 0 ways to decline that can be seen, and should be 1"]
        assert walks.do(ACCEPTED) == walks.do(f"{ACCEPTED}, extra bought → thank-you") == walks.do(BUMP) == told


def test_what_a_page_says_is_told_of_that_page_alone(browser: Browser, example: Output) -> None:
    with walking(browser, example, {"checkout": "console.error('nobody is here')"}) as walks:
        for words in (ACCEPTED, BUMP):
            assert [fault.address for fault in walks.faults(words)] == ["/checkout/"]


def test_a_page_that_is_another_after_another_order_is_judged_again(browser: Browser, example: Output) -> None:
    sly = """
    if (location.search.includes("template")) document.addEventListener("DOMContentLoaded", () =>
      document.querySelector("[data-fg=decline]").remove());
    """
    with walking(browser, example, {"oto": sly}) as walks:
        assert walks.do(ACCEPTED) == []
        assert walks.do(BUMP) == ["there are 0 ways to decline that can be seen, and should be 1"]


def test_a_way_that_leads_nowhere_is_told_on_every_path_and_gone_once(browser: Browser, example: Output) -> None:
    closed = "document.addEventListener('DOMContentLoaded', () => document.querySelector('[data-demo=pay]').remove())"
    with walking(browser, example, {"demo/oto": closed}) as walks:
        lost = walks.do(ACCEPTED)
        assert lost[-1] == "the way to pay is not there"
        assert walks.do(f"{ACCEPTED}, extra bought → thank-you") == lost
        assert walks.asked == []
        assert walks.do(DECLINED) == []


@pytest.mark.parametrize(
    ("page", "gone", "words", "lost"),
    [
        ("checkout", "input[type=checkbox]", BUMP, "the box to tick for Sales Page Template is not there"),
        ("lead-magnet", "input[type=email]", ACCEPTED, "the field for an email address is not there"),
        ("lead-magnet", "main form button", ACCEPTED, "the form's button is not there"),
    ],
)
def test_what_cannot_be_ticked_or_filled_in_is_told_in_words(
    browser: Browser, example: Output, page: str, gone: str, words: str, lost: str
) -> None:
    hidden = f"""
    document.addEventListener('DOMContentLoaded', () => document.querySelector('{gone}').style.display = 'none')
    """
    with walking(browser, example, {page: hidden}) as walks:
        assert walks.do(words)[-1] == lost


# --- pages that hold their visitors ----------------------------------------------------------------------------------

NEVER_ENDS = "addEventListener('click', () => { while (true); })"
ASKS = "addEventListener('beforeunload', (event) => event.preventDefault())"


def test_a_page_that_never_answers_is_left(browser: Browser, example: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "SILENCE", 5)
    with walking(browser, example, {"oto": NEVER_ENDS}) as walks:
        assert walks.do(ACCEPTED) == ["a script of this page never ends: it did not answer any more"]
        assert walks.do("opening /oto/") == walks.do("opening /terms/") == []


def test_a_page_that_asks_its_visitors_to_stay_is_told_and_left(browser: Browser, example: Output) -> None:
    with walking(browser, example, {"oto": ASKS}) as walks:
        assert set(walks.do(ACCEPTED)) == {"a box asks visitors whether they want to leave the page"}
        assert walks.pages[-1] == "/thank-you/"
        assert walks.do("opening /terms/") == []
