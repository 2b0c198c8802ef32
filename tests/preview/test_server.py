"""The preview's server: what it answers, and to whom."""

from __future__ import annotations

import re
import select
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from funnelgen.payments import PROVIDERS, Provider
from funnelgen.pipeline import build, check
from funnelgen.preview import client
from funnelgen.preview.requests import Request
from funnelgen.preview.server import NoPort
from funnelgen.preview.site import Preview
from funnelgen.site import load_site

from ..photos import photo
from ..sites import SMALL, Files, site, write
from ..test_embeds import policy_of, with_embeds
from .serving import LONGEST, Serving, serving

PAGES: Files = {
    **SMALL,
    "pages/about.md": "---\nimage: assets/boat.jpg\nalt: A boat\n---\n![O](assets/a.svg) [Hear](/assets/talk.mp3)\n",
    "assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>',
    "assets/talk.mp3": bytes(range(256)) * 40,
    "assets/boat.jpg": photo(640, 480),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The small site with some files, which no test changes."""
    folder = write(tmp_path_factory.mktemp("site") / "site", PAGES)
    (folder.parent / "site-next-door").mkdir()
    (folder.parent / "site-next-door" / "secret.txt").write_text("secret")
    with serving(folder, cache=tmp_path_factory.mktemp("cache")) as it:
        yield it


# --- what it answers -------------------------------------------------------------------------------------------------


def test_every_file_of_a_build_is_served_as_it_is_built(small: Serving) -> None:
    checked = check(load_site(small.folder), "demo")
    assert checked.site
    assert checked.funnel
    output = build(checked.site, checked.funnel, "demo")
    pages = {page.file: page.address for page in output.manifest.pages}
    for path, data in output.files.items():
        if path in ("_headers", "_redirects"):
            assert small.get(f"/{path}").status == 404
            continue
        answer = small.get(pages.get(path, f"/{path}"))
        assert answer.status == 200, path
        if path in pages:
            brought = re.findall(rb'<script src="/_funnel/client.js"[^>]*></script>', answer.body)
            assert len(brought) == 1
            generation = small.session.engine.state.generation
            made = generation.page(pages[path]) if generation else None
            assert made
            assert generation
            assert answer.body.replace(brought[0], b"") == generation.html(made)
        else:
            assert answer.body == data, path


def test_nothing_of_the_preview_is_ever_in_a_build(small: Serving) -> None:
    checked = check(load_site(small.folder), "demo")
    assert checked.site
    assert checked.funnel
    output = build(checked.site, checked.funnel, "demo")
    for path, data in output.files.items():
        for sign in (b"_funnel", b"funnelgen-preview", b"FUNNELGEN", b"EventSource"):
            assert sign not in data, path
    assert b"EventSource" in client.script()  # the signs are those of the script


def test_the_headers_are_those_of_production_and_what_the_client_needs(small: Serving) -> None:
    checked = check(load_site(small.folder), "demo")
    assert checked.site
    assert checked.funnel
    lines = build(checked.site, checked.funnel, "demo").files["_headers"].decode().split("\n\n")[0].splitlines()[1:]
    built = dict(line.strip().split(": ", 1) for line in lines)
    small.get("/sitemap.xml")  # makes all pages, whose styles the policy knows
    served = small.get("/sales/").headers
    same = set(built) - {"Content-Security-Policy", "X-Frame-Options", "Strict-Transport-Security"}
    assert {name: served[name.lower()] for name in same} == {name: built[name] for name in same}
    own = dict(part.split(" ", 1) for part in served["content-security-policy"].split("; "))
    theirs = dict(part.split(" ", 1) for part in built["Content-Security-Policy"].split("; "))
    assert own == {
        **theirs,
        "script-src": f"'self' {small.origin}/_funnel/client.js",  # its own is the one that notes journeys
        "connect-src": f"'self' {small.origin}/_funnel/",
        "frame-ancestors": "'self'",
    }
    assert served["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("provider", [it for it in PROVIDERS if it.EMBED], ids=lambda it: it.NAME)
def test_a_checkout_within_the_page_may_open_in_the_preview_too(provider: Provider, tmp_path: Path) -> None:
    with serving(site(tmp_path / "site", with_embeds(provider.NAME)), mode="test") as it:
        policy = policy_of(it.get("/checkout/").headers["content-security-policy"])
    assert provider.EMBED
    for directive, origins in provider.EMBED.policy.items():
        assert set(origins) <= set(policy[directive])


def test_an_unknown_address_is_the_sites_own_page_for_that(small: Serving) -> None:
    answer = small.get("/nowhere/")
    assert answer.status == 404
    assert b"</html>" in answer.body
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/sales", "/sales/"),
        ("/sales/index.html", "/sales/"),
        ("/sales?paid=template&utm_term=a+b%26c", "/sales/?paid=template&utm_term=a+b%26c"),
    ],
)
def test_an_address_without_its_slash_leads_to_the_page(small: Serving, address: str, target: str) -> None:
    answer = small.get(address)
    assert (answer.status, answer.headers["location"]) == (302, target)


@pytest.mark.parametrize(
    ("address", "target"), [("/_funnel", "/_funnel/"), ("/_funnel/journeys/", "/_funnel/journeys")]
)
def test_the_previews_own_pages_are_found_with_the_other_slash(small: Serving, address: str, target: str) -> None:
    answer = small.get(address)
    assert (answer.status, answer.headers["location"]) == (302, target)


def test_the_map_and_the_journeys_lead_to_each_other(small: Serving) -> None:
    assert '<a href="/_funnel/journeys">Journeys</a>' in small.get("/_funnel/").text
    assert '<a href="/_funnel/">Map</a>' in small.get("/_funnel/journeys").text


def test_all_pages_of_the_preview_listen_by_the_same_script(small: Serving) -> None:
    for text in (small.get("/_funnel/journeys.js").text, small.get("/_funnel/").text, client.script().decode()):
        assert text.count("new EventSource(") == 1


def test_a_miniature_has_no_script_for_its_frame_to_block(small: Serving) -> None:
    address = "/sales/?v=1&still=1"
    assert address.partition("?")[0] + "?v=" in small.get("/_funnel/").text
    still, page = small.get(address), small.get("/sales/")
    assert "<script" in page.text
    assert "<script" not in still.text
    assert "</main>" in still.text
    assert still.headers["etag"] != page.headers["etag"]


def test_a_finding_on_the_map_opens_its_file(tmp_path: Path) -> None:
    folder = site(tmp_path, {"copy/spare.md": "For no step.\n"})
    with serving(folder, editor=lambda path, line, column: True) as it:
        for _ in range(100):
            if it.state()["warnings"]:
                break
            time.sleep(0.1)
        page = it.get("/_funnel/").text
    assert 'data-opener="/_funnel/open"' in page
    assert f'href="vscode://file{folder.resolve().as_posix()}/copy/spare.md:1:1" data-file="copy/spare.md"' in page


def test_a_site_without_a_hub_begins_with_its_first_step(tmp_path: Path) -> None:
    with serving(site(tmp_path, {"pages/index.md": None})) as it:
        first = it.get("/")
    assert first.status == 200
    assert b"Take the guide." in first.body


def asset(small: Serving, suffix: str) -> str:
    """The address of a file that the page refers to."""
    found: list[str] = re.findall(rf"/assets/[\w.-]+\.{suffix}", small.get("/about/").text)
    return found[0]


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [("mp3", "audio/mpeg"), ("svg", "image/svg+xml; charset=utf-8"), ("avif", "image/avif"), ("woff2", "font/woff2")],
)
def test_content_types(small: Serving, suffix: str, kind: str) -> None:
    answer = small.get(asset(small, suffix))
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_ranges_of_audio(small: Serving) -> None:
    address, whole = asset(small, "mp3"), bytes(PAGES["assets/talk.mp3"] or b"")  # type: ignore[arg-type] # it is bytes
    for asked, part, named in [
        ("bytes=0-9", whole[:10], "0-9"),
        ("bytes=100-", whole[100:], f"100-{len(whole) - 1}"),
        ("bytes=-5", whole[-5:], f"{len(whole) - 5}-{len(whole) - 1}"),
        ("bytes=10000-99999", whole[10000:], f"10000-{len(whole) - 1}"),
    ]:
        answer = small.get(address, {"Range": asked})
        assert (answer.status, answer.body) == (206, part)
        assert answer.headers["content-range"] == f"bytes {named}/{len(whole)}"
    beyond = small.get(address, {"Range": "bytes=99999-"})
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(whole)}")
    for odd in ("bytes=0-1,5-6", "bytes=9-2", "bytes=-", "pages=1-2", "bytes=" + "9" * 400 + "-"):
        assert small.get(address, {"Range": odd}).body == whole, odd
    assert small.get(address, {"Range": "bytes=0-9", "If-Range": '"another"'}).status == 200


def test_head_is_get_without_the_body(small: Serving) -> None:
    for address in ("/sales/", asset(small, "mp3"), "/nowhere/"):
        head, get = small.get(address, method="HEAD"), small.get(address)
        assert head.body == b""
        assert (head.status, head.headers["content-length"]) == (get.status, str(len(get.body)))


def test_a_page_that_is_the_same_is_not_sent_again(small: Serving) -> None:
    etag = small.get("/sales/").headers["etag"]
    again = small.get("/sales/", {"If-None-Match": f'"other", W/{etag}'})
    assert (again.status, again.body) == (304, b"")
    assert small.get("/sales/", {"If-None-Match": '"other"'}).status == 200


def test_a_form_that_is_posted_leads_to_its_page(small: Serving) -> None:
    answer = small.get("/sales/", {"Origin": small.origin}, "POST", b"email=a%40b")
    assert (answer.status, answer.headers["location"]) == (303, "/sales/")
    assert small.get("/sales/", method="PUT", body=b"x").status == 405


# --- to whom ---------------------------------------------------------------------------------------------------------

TRICKS = [
    "/../site.yaml",
    "/assets/../../site.yaml",
    "/%2e%2e/site.yaml",
    "/..%2fsite.yaml",
    "/%252e%252e/site.yaml",
    "/..%5csite.yaml",
    "/..\\site.yaml",
    "/sales/%00",
    "/sales/%0d%0aX-Odd:1",
    "/sales/#/../site.yaml",
    "//evil.example/",
    "http://evil.example/",
    "/site.yaml",
    "/copy/sales.md",
    "/../site-next-door/secret.txt",
    "/assets/a.svg",
    "/.funnelgen/funnel.json",
    "/%ff%fe",
    "*",
]


@pytest.mark.parametrize("target", TRICKS)
def test_nothing_leads_out_of_the_site(small: Serving, target: str) -> None:
    answer = small.get(target)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body
    assert b'Small Studio LLC"' not in answer.body
    assert "x-odd" not in answer.headers


def test_a_query_of_many_fields_is_asked_by_nobody(small: Serving) -> None:
    for fields, status in ((20, 200), (21, 400)):
        assert small.get("/sales/?" + "&".join(f"a{number}=1" for number in range(fields))).status == status


@pytest.mark.parametrize("length", ["9" * 5000, "9" * 9, "-1", "1.5"])
def test_a_length_that_no_form_has_is_not_waited_for(small: Serving, length: str) -> None:
    assert small.get("/sales/", {"Origin": small.origin, "Content-Length": length}, "POST").status == 303


def test_a_file_that_goes_in_mid_answer_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "site", PAGES)
    answer = Preview.answer

    def and_then_it_goes(self: Preview, request: Request) -> object:
        found = answer(self, request)
        if request.path.endswith(".mp3"):
            (folder / "assets/talk.mp3").unlink()
        return found

    monkeypatch.setattr(Preview, "answer", and_then_it_goes)
    with serving(folder) as it:
        assert it.get(asset(it, "mp3")).status == 404


def test_a_file_that_has_become_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", PAGES)
    (tmp_path / "secret.txt").write_text("secret")
    with serving(folder) as it:
        address = asset(it, "mp3")
        (folder / "assets/talk.mp3").unlink()
        (folder / "assets/talk.mp3").symlink_to(tmp_path / "secret.txt")
        answer = it.get(address)
        assert answer.status == 404
        assert b"secret" not in answer.body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.1.9", "", "a b"]
)
def test_it_answers_to_its_own_name_alone(small: Serving, host: str) -> None:
    for target in ("/sales/", "/_funnel/state", "/_funnel/events", "/_funnel/client.js"):
        assert small.get(target, {"Host": host}).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_its_own_names(small: Serving, host: str) -> None:
    assert small.get("/sales/", {"Host": f"{host}:{small.port}"}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://192.168.1.9"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_other_site_may_listen(small: Serving, headers: dict[str, str]) -> None:
    for target in ("/_funnel/events", "/_funnel/state", "/_funnel/page?at=/sales/", "/_funnel/client.js"):
        answer = small.get(target, headers)
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers
    assert "access-control-allow-origin" not in small.get("/sales/", headers).headers


def test_files_open_for_a_click_on_this_page_alone(tmp_path: Path) -> None:
    opened: list[tuple[str, int, int]] = []

    def editor(file: Path, line: int, column: int) -> bool:
        opened.append((file.name, line, column))
        return True

    with serving(site(tmp_path), editor) as it:
        target, own = "/_funnel/open?file=copy/sales.md&line=3&column=1", {"Origin": it.origin}
        assert it.get(target, own, "POST", b"").status == 200
        assert opened == [("sales.md", 3, 1)]
        for wrong, headers, method in [
            (target, {}, "POST"),  # a form of another site may send no Origin in old browsers
            (target, {"Origin": "http://evil.example"}, "POST"),
            (target, own, "GET"),
            ("/_funnel/open?file=/etc/passwd&line=1&column=1", own, "POST"),
            ("/_funnel/open?file=../secret&line=1&column=1", own, "POST"),
            ("/_funnel/open?file=copy/sales.md&line=x&column=1", own, "POST"),
            ("/_funnel/open?file=copy/sales.md&line=3&column=", own, "POST"),
            ("/_funnel/open?file=copy/sales.md&column=1", own, "POST"),
            (f"/_funnel/open?file=copy/sales.md&line={'9' * 5000}&column=1", own, "POST"),
        ]:
            assert it.get(wrong, headers, method, b"").status in (403, 404, 405)
        assert len(opened) == 1


@pytest.mark.parametrize(
    ("client", "local"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("::ffff:10.0.0.9", False), ("fe80::1%lo", False)],
)
def test_who_is_on_this_machine(client: str, local: bool) -> None:
    assert Request(method="GET", path="/", client=client).is_local is local


def test_shared_on_the_network_it_answers_to_numbers_and_its_own_names(tmp_path: Path) -> None:
    with serving(site(tmp_path), host="0.0.0.0", names=["desk.local"]) as it:
        for host in ("192.168.1.9", "desk.local", "127.0.0.1"):
            assert it.get("/sales/", {"Host": f"{host}:{it.port}"}).status == 200
        assert it.get("/sales/", {"Host": f"evil.example:{it.port}"}).status == 403


# --- ports, tabs -----------------------------------------------------------------------------------------------------


def test_the_next_port_is_used_where_one_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(site(tmp_path), port=port) as it:
            assert it.port > port
            assert it.get("/sales/").status == 200


def test_where_it_cannot_listen_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoPort, match=r"cannot listen on `192\.0\.2\.1`"):
        Serving(site(tmp_path), host="192.0.2.1")


def test_two_hundred_tabs_hold_no_more_than_a_few_connections(small: Serving) -> None:
    """Of one browser a few listen, and the others are told to ask from time to time."""
    before = threading.active_count()
    tabs = []
    request = f"GET /_funnel/events?page=/sales/ HTTP/1.1\r\nHost: 127.0.0.1:{small.port}\r\n\r\n".encode()
    for _ in range(200):
        tab = socket.create_connection(("127.0.0.1", small.port), timeout=LONGEST)
        tab.sendall(request)
        tabs.append(tab)
    said = dict.fromkeys(tabs, b"")
    open_ = set(tabs)
    while len(open_) > 4:  # which ones stay is a matter of who came first to the server
        for tab in select.select(list(open_), [], [], LONGEST)[0]:
            chunk = tab.recv(65536)
            said[tab] += chunk
            if not chunk:
                open_.remove(tab)
    assert all(b"event: ask" in said[tab] for tab in tabs if tab not in open_)
    assert all(b"event: ask" not in said[tab] for tab in open_)
    assert threading.active_count() - before <= 8
    assert small.get("/sales/").status == 200
    for tab in tabs:
        tab.close()
