"""A deployed site is compared with the site: its pages, its headers, what its host does besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from funnelgen.pathtest.deployed.caller import Ask
from funnelgen.pathtest.deployed.checks import NO_PAGE
from funnelgen.pathtest.deployed.deployment import Deployment
from funnelgen.pathtest.deployed.jobs import host_jobs, look_at_host
from funnelgen.pathtest.host import Answer
from funnelgen.pathtest.outcome import Job
from funnelgen.pipeline import Output

from ..sites import SMALL, built, site
from .hosts import asking, page

HOST = "https://preview.example"
LINKS = """\
live:
  checkout: https://buy.stripe.com/one
  checkout+template: https://buy.stripe.com/two
test:
  checkout: https://buy.stripe.com/test_one
  checkout+template: https://buy.stripe.com/test_two
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """The small site as it goes live, with a first step at its root's place."""
    folder = tmp_path_factory.mktemp("small") / "site"
    return built(site(folder, {**SMALL, "links.yaml": LINKS}), "live")


def found(
    output: Output, deployed: Mapping[str, bytes], changes: Mapping[str, Answer] = {}, *, origin: str = HOST
) -> list[str]:
    """What is said of a host that serves the files of a deployment."""
    there = Deployment(origin, output.files, output.manifest, call=asking(deployed, changes))
    walked = [look_at_host(there, job) for job in host_jobs()]
    return [f"{fault.check}: {fault.where}: {fault.what}" for one in walked for fault in one.faults]


def changed(output: Output, file: str, before: str, after: str) -> dict[str, bytes]:
    """The files with one of them changed."""
    text = output.files[file].decode()
    assert re.search(before, text), before
    return {**output.files, file: re.sub(before, after, text).encode()}


def job(words: str) -> Job:
    """The check of a host that is told with these words."""
    return next(one for one in host_jobs() if words in one.words)


def test_a_host_that_answers_as_the_build_says_has_no_fault(small: Output) -> None:
    assert found(small, small.files, origin="https://preview.example:8443") == []


def test_the_pages_are_counted(small: Output) -> None:
    there = Deployment(HOST, small.files, small.manifest, call=asking(small.files))
    assert there.in_words() == f"all {len(there.listed)} pages are what the site builds now, byte for byte"
    older = changed(small, "sales/index.html", r"\$97", "$87")
    there = Deployment(HOST, small.files, small.manifest, call=asking(older))
    number = len(there.listed)
    older_or_other = "not what the site builds now: an older deployment, or another folder"
    assert there.in_words() == f"one of {number} pages is {older_or_other}"
    there = Deployment(HOST, small.files, small.manifest, call=asking({}))
    assert there.in_words() == f"{number} of {number} pages are {older_or_other}"
    rewritten = changed(small, "sales/index.html", "</body>", "<script></script></body>")
    there = Deployment(HOST, small.files, small.manifest, call=asking(rewritten))
    assert there.in_words() == (
        f"all {number} pages say what the site builds now; the host wrote some of them another way"
    )


# --- the pages -------------------------------------------------------------------------------------------------------


def test_an_older_deployment_is_found_with_what_it_says(small: Output) -> None:
    files = changed(small, "sales/index.html", "What the course is", "What the course was")
    (said,) = found(small, files, origin=f"{HOST}:8443")
    assert said == (
        "deployed: the host, /sales/: the deployed page says `the course was.`, "
        "and the site as it is now `the course is.`"
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "https://buy.stripe.com/one",
            "https://buy.stripe.com/old",
            "the deployed page says `https://buy.stripe.com/old`, and the",
        ),
        (
            "Your order\\.",
            "Your order, at last.",
            "the deployed page says `there. Your order, at last.`, and the site",
        ),
        ("Your order\\.", "Your order. Now.", "the deployed page says `Now.`, which the site does not say now"),
        ("Your order\\.", "Your", "the deployed page does not say `order.`, which the site says now"),
    ],
)
def test_links_and_words_are_compared(small: Output, before: str, after: str, said: str) -> None:
    (fault,) = found(small, changed(small, "checkout/index.html", before, after), origin=f"{HOST}:8443")
    assert fault.startswith(f"deployed: the host, /checkout/: {said}")


def test_what_a_host_does_to_pages_is_no_fault(small: Output) -> None:
    """Netlify takes its own attributes out of forms, and puts a field and a script into pages."""
    text = small.files["lead-magnet/index.html"].decode()
    assert "data-netlify" in text
    text = re.sub(r' data-netlify="true" netlify-honeypot="bot-field"', "", text)
    text = re.sub(r"(<form[^>]*>)", r'\1<input type="hidden" name="form-name" value="lead-magnet">', text)
    text = text.replace("</body>", '<script async src="/.netlify/scripts/cdp"></script></body>').replace(
        'class="optin"', "class='optin'"
    )
    files = {**small.files, "lead-magnet/index.html": text.encode()}
    assert found(small, files, origin=f"{HOST}:8443") == []


def test_a_page_that_is_gone_and_one_that_fails_are_told(small: Output) -> None:
    files = {name: data for name, data in small.files.items() if name != "terms/index.html"}
    said = found(small, files, {"/sales/": page("", 500)}, origin=f"{HOST}:8443")
    assert [fault for fault in said if "answered with" in fault] == [
        "deployed: the host, /sales/: the page is answered with 500",
        "deployed: the host, /terms/: the page is answered with 404",
    ]


def test_styles_with_other_names_of_fonts_are_no_fault_where_the_policy_allows_them(small: Output) -> None:
    """Another release of a library gives a font another name: the page looks the same, and its policy knows it."""
    other = {
        name.replace("figtree", "other"): re.sub(rb"figtree\.", b"other.", data) for name, data in small.files.items()
    }
    assert other != small.files
    assert [fault for fault in found(small, other, origin=f"{HOST}:8443") if "style-src" not in fault] == []
    assert any("style-src" in fault for fault in found(small, other, origin=f"{HOST}:8443"))


# --- the headers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "  X-Frame-Options: DENY\n",
            "",
            "the header `X-Frame-Options` is missing, and should be `DENY`, here and at ",
        ),
        (
            "X-Frame-Options: DENY",
            "X-Frame-Options: SAMEORIGIN",
            "the header `X-Frame-Options` is `SAMEORIGIN`, and should be `DENY`, here and at ",
        ),
        (
            "Referrer-Policy: strict-origin",
            "Referrer-Policy: unsafe-url",
            "the header `Referrer-Policy` is `unsafe-url`, and should be `strict-origin`, here and at ",
        ),
        (
            "form-action 'self'",
            "form-action *",
            "the header `Content-Security-Policy: form-action` is `*`, and should be `'self'`, here and at ",
        ),
        (
            "; frame-ancestors 'none'",
            "",
            "the header `Content-Security-Policy: frame-ancestors` is missing, and should be `'none'`, here and at ",
        ),
        (
            "default-src 'none'",
            "default-src 'none'; object-src https:",
            "the header `Content-Security-Policy: object-src` is `https:`, and should not be there, here and at ",
        ),
        (
            "max-age=63072000",
            "max-age=3600",
            "the header `Strict-Transport-Security` is `max-age=3600; includeSubDomains`, and should be `max-age=63072",
        ),
    ],
)
def test_a_header_that_differs_is_told_once_with_both_values(small: Output, before: str, after: str, said: str) -> None:
    files = changed(small, "_headers", re.escape(before), after)
    told = found(small, files, origin=f"{HOST}:8443")
    assert len([fault for fault in told if f": {said}" in fault]) == 1, told
    assert len(told) == 1, told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("max-age=63072000; includeSubDomains", "max-age=31536000; includeSubDomains; preload"),
        ("public, max-age=31536000, immutable", "public,max-age=31536000,Immutable"),
        ("camera=(), geolocation=(), microphone=()", "geolocation=(), camera=(),  microphone=()"),
        ("img-src 'self' data:; font-src 'self'", "font-src 'self'; img-src data: 'self'"),
        ("; frame-ancestors 'none'", ";; frame-ancestors 'none';"),
    ],
)
def test_what_means_the_same_is_the_same(small: Output, before: str, after: str) -> None:
    assert found(small, changed(small, "_headers", re.escape(before), after), origin=f"{HOST}:8443") == []


def test_a_host_that_does_not_read_headers_is_told_so_once(small: Output) -> None:
    said = found(small, {**small.files, "_headers": b""}, origin=f"{HOST}:8443")
    assert said == [
        "headers: the host, /lead-magnet/: none of the 7 headers of `_headers` came: this host does not read it"
    ]


def test_without_encryption_nothing_is_promised_about_it(small: Output) -> None:
    files = changed(small, "_headers", "  Strict-Transport-Security: .*\n", "")
    assert found(small, files, origin="http://127.0.0.1:9") == []


def test_downloads_that_search_engines_may_list_are_told(small: Output) -> None:
    files = changed(small, "_headers", "  X-Robots-Tag: noindex\n", "")
    (said,) = found(small, files, origin=f"{HOST}:8443")
    assert said.startswith("headers: the host, /files/")
    assert "the header `X-Robots-Tag` is missing, and should be `noindex`, here and at 2 other addresses" in said


def test_a_live_site_that_search_engines_are_kept_from_is_told(small: Output) -> None:
    files = changed(small, "_headers", "  X-Frame-Options", "  X-Robots-Tag: noindex\n  X-Frame-Options")
    said = found(small, files, origin=f"{HOST}:8443")
    assert "headers: the host, /: the header `X-Robots-Tag` is `noindex`: search engines are told to pass" in said
    assert not any("/thank-you/" in fault for fault in said)


def test_pages_that_browsers_keep_are_told(small: Output) -> None:
    files = changed(small, "_headers", "  X-Frame-Options", "  Cache-Control: max-age=86400\n  X-Frame-Options")
    there = Deployment(f"{HOST}:8443", small.files, small.manifest, call=asking(files))
    faults = look_at_host(there, job("how long")).faults
    assert any(f.what == "browsers may keep the page for 24 hours, and with it an old price" for f in faults)


# --- what the host does besides --------------------------------------------------------------------------------------


def test_a_missing_page_must_be_missing(small: Output) -> None:
    soft = {NO_PAGE: page(small.files["404.html"].decode(), 200)}
    own = {NO_PAGE: page("<h1>Not found</h1>", 404)}
    assert found(small, small.files, soft, origin=f"{HOST}:8443") == [
        f"deployed: the host, {NO_PAGE}: a page that is not there is answered with 200, and should be with 404"
    ]
    assert found(small, small.files, own, origin=f"{HOST}:8443") == [
        f"deployed: the host, {NO_PAGE}: a page that is not there shows the host's own words, "
        "and not the site's 404.html"
    ]


def test_redirects_must_be_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    output = built(site(tmp_path_factory.mktemp("moved") / "site", {**SMALL, "pages/index.md": None}))
    files = {name: data for name, data in output.files.items() if name != "_redirects"}
    with_line = {**output.files, "_redirects": b"/old/ /sales/ 302\n"}
    wanted = Deployment(f"{HOST}:8443", with_line, output.manifest, call=asking(files))
    (fault,) = look_at_host(wanted, job("redirects")).faults
    assert fault.what == "the address is answered with 404, and `_redirects` says 302"
    astray = asking(files, {"/old/": Answer(302, b"", (("Location", f"{HOST}:8443/terms/"),))})
    wanted = Deployment(f"{HOST}:8443", with_line, output.manifest, call=astray)
    (fault,) = look_at_host(wanted, job("redirects")).faults
    assert fault.what == "the address leads to /terms/, and `_redirects` says /sales/"


def test_buyers_who_come_back_must_find_the_page(small: Output) -> None:
    back = "/thank-you/?paid=checkout&session_id=funnelgen-test"
    faults = found(small, small.files, {back: page("", 404)}, origin=f"{HOST}:8443")
    assert faults == [
        f"deployed: the host, /thank-you/: with `{back.partition('?')[2]}` the page is answered with 404",
    ]


@pytest.mark.parametrize("address", ["/.funnelgen/funnel.json", "/stack.yaml", "/links.yaml"])
def test_the_sites_own_files_must_not_be_public(small: Output, address: str) -> None:
    answer = Answer(200, b"audience: everybody", (("Content-Type", "text/plain"),))
    assert found(small, small.files, {address: answer}, origin=f"{HOST}:8443") == [
        f"deployed: the host, {address}: the site's own file can be read by anybody: publish only what was built"
    ]


def test_who_comes_without_encryption_must_be_sent_to_https(small: Output) -> None:
    plain = asking(small.files)
    moved = asking({}, {"/": Answer(301, b"", (("Location", "https://preview.example/"),))})
    said = "without encryption the site is answered with 200, and not sent to https"
    for unencrypted, faults in ((plain, [said]), (moved, [])):

        def call(origin: str, other: Callable[[str], Ask] = unencrypted) -> Ask:
            return (other if origin == "http://preview.example" else plain)(origin)

        there = Deployment(HOST, small.files, small.manifest, call=call)
        assert [fault.what for fault in look_at_host(there, job("without encryption")).faults] == faults


def test_a_host_that_lost_everything_is_told_page_by_page(small: Output) -> None:
    faults = found(small, {}, origin=f"{HOST}:8443")
    gone = [fault for fault in faults if fault.endswith(": the page is answered with 404")]
    assert len(gone) == len([page for page in small.manifest.pages if page.kind != "404"])
