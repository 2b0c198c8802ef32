"""The headers in a real browser: the policy is in force, frames are refused, an address changes nothing on its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from .asking import ask
from .conftest import OpenKind
from .server import hosting
from .sites import PAGE_KINDS, Served, write_files
from .watch import Visits

pytestmark = pytest.mark.browser

ON_EVERY_ANSWER = {
    "referrer-policy": ("strict-origin", "strict-origin-when-cross-origin", "same-origin", "no-referrer"),
    "x-content-type-options": ("nosniff",),
    "x-frame-options": ("DENY",),
}
MARKUP = '<img src=x onerror="window.hit=1">'
SCRIPT = '"><script>window.hit=1</script>'
ADDRESSES = {
    "markup": f"?email={quote(MARKUP)}&name={quote(MARKUP)}&paid={quote(SCRIPT)}&session_id={quote(SCRIPT)}",
    "raw markup": f"?email={MARKUP}&paid={SCRIPT}",
    "other places": "?next=//evil.example/&return=javascript:window.hit=1&url=https://evil.example/&ref=../../",
    "other charges": "?paid=oto%2Bevil&price=1&bump-1=on&session_id=cs_1&utm_source=%22%3E",
    "markup in the fragment": f"?a=1#{MARKUP}",
    "another place in the fragment": "?a=2#//evil.example/",
}


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_address_changes_nothing_on_the_page(open_kind: OpenKind, kind: str) -> None:
    page = open_kind(kind)
    plain, start = ask(page, "state", dict[str, Any]), page.url
    for words, extra in ADDRESSES.items():
        page.goto(start + extra)
        assert ask(page, "state", dict[str, Any]) == plain, words


@pytest.mark.parametrize("address", ["/sales/", "/oto/?session_id=cs_1", "/robots.txt", "/files/", "/no/such/page/"])
def test_every_answer_has_the_headers(example: Served, visits: Visits, address: str) -> None:
    headers = visits.open().request.get(example.url(address)).headers
    for name, allowed in ON_EVERY_ANSWER.items():
        assert headers.get(name) in allowed
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not [word for word in ("unsafe", "https:", "*") if word in policy]


def test_hashed_assets_are_kept_and_downloads_are_not_listed(example: Served, visits: Visits) -> None:
    requests, folder = visits.open().request, example.built.folder
    for file in sorted(f"/{f.relative_to(folder).as_posix()}" for f in folder.rglob("*") if f.is_file()):
        if file.startswith("/assets/"):
            assert "immutable" in requests.get(example.url(file)).headers["cache-control"]
        elif file.startswith("/files/"):
            assert requests.get(example.url(file)).headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_policy_is_in_force(open_kind: OpenKind, visits: Visits, kind: str) -> None:
    """What is slipped into a page neither runs nor styles it."""
    page = open_kind(kind)
    refusals = (f"console error: .*{what}.*Content Security Policy" for what in ("script", "style"))
    visits.watch(page).expect(*refusals)
    after = ask(page, "slip-in", dict[str, Any])
    assert after["hit"] is None
    assert after["colour"] != "rgb(1, 2, 3)"


OUTSIDE = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><iframe src="{}"></iframe>'
INSIDE = "<!doctype html><title>Inside</title><body data-page=checkout>"


def frame_shows(page: Page, kind: str) -> bool:
    """Whether the frame of a page shows a page of ours."""
    return bool(page.frames[1].evaluate("kind => document.body?.dataset.page === kind", kind))


@pytest.mark.parametrize("kind", ["checkout", "demo", "lead-magnet", "oto"])
def test_no_other_site_can_frame_a_page(example: Served, visits: Visits, tmp_path: Path, kind: str) -> None:
    url = example.url(example.pages(kind)[0].address)
    with hosting(write_files(tmp_path, {"index.html": OUTSIDE.format(url)})) as elsewhere:
        page = visits.open()
        visits.watch(page).expect("console error: .*fram", "request failed: .*BLOCKED_BY_RESPONSE")
        page.goto(elsewhere.origin)
        assert not frame_shows(page, kind)


def test_frame_of_a_page_that_allows_it_is_noticed(visits: Visits, tmp_path: Path) -> None:
    """The test above is not blind."""
    with (
        hosting(write_files(tmp_path / "inside", {"index.html": INSIDE})) as ours,
        hosting(write_files(tmp_path / "outside", {"index.html": OUTSIDE.format(ours.origin)})) as elsewhere,
    ):
        assert frame_shows(visits.open(elsewhere.origin), "checkout")


def test_session_id_is_never_passed_on(example: Served, visits: Visits) -> None:
    page = visits.open(example.url("/oto/?paid=checkout&session_id=cs_secret"))
    before = len(example.host.requests)
    page.locator("[data-fg=decline]").click()
    expect(page).to_have_url(example.url("/downsell/"))
    page.wait_for_load_state("load")
    after = example.host.requests[before:]
    assert any(request.address == "/downsell/" for request in after)
    assert not [request for request in after if "cs_secret" in f"{request.target} {request.headers}"]
