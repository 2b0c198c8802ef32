"""The stand-in for a host answers as Netlify would."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from funnelgen.pathtest.host import Files, Host, hosting, parse_headers

HEADERS = """\
# for all
/*
  X-Everywhere: yes
  Cache-Control: public

/assets/*
  Cache-Control: immutable
/one/
  X-One: 1
"""


FILES = {
    "_headers": HEADERS.encode(),
    "_redirects": b"# moved\n/old /one/ 302\n/gone /one/\n",
    "index.html": b"start",
    "one/index.html": b"one",
    "assets/a.css": b"a{}",
    "404.html": b"nothing here",
    ".funnelgen-output": b"mark",
}


@pytest.fixture
def host() -> Iterator[Host]:
    """These files, on a host."""
    with hosting(FILES) as host:
        yield host


@pytest.mark.parametrize(
    ("address", "status", "body"),
    [
        ("/", 200, b"start"),
        ("/index.html", 200, b"start"),
        ("/one/", 200, b"one"),
        ("/assets/a.css", 200, b"a{}"),
        ("/assets/", 404, b"nothing here"),
        ("/none/", 404, b"nothing here"),
        ("/_headers", 404, b"nothing here"),
        ("/.funnelgen-output", 404, b"nothing here"),
        ("/../../etc/passwd", 404, b"nothing here"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, b"nothing here"),
        ("/..%5c..%5cetc", 404, b"nothing here"),
        ("/%00", 404, b"nothing here"),
    ],
)
def test_answers(address: str, status: int, body: bytes) -> None:
    answer = Files(FILES).answer(address)
    assert (answer.status, answer.body) == (status, body)


@pytest.mark.parametrize(("address", "status"), [("/one", 301), ("/old", 302), ("/gone", 301)])
def test_redirects(address: str, status: int) -> None:
    answer = Files(FILES).answer(address)
    assert (answer.status, dict(answer.headers)["Location"]) == (status, "/one/")


def test_headers_are_those_of_all_rules_that_match() -> None:
    asset, one = (dict(Files(FILES).answer(address).headers) for address in ("/assets/a.css", "/one/"))
    assert (asset["X-Everywhere"], asset["Cache-Control"]) == ("yes", "public, immutable")
    assert (one["X-One"], one["Cache-Control"]) == ("1", "public")
    assert "X-One" not in asset
    assert dict(Files(FILES).answer("/none/").headers)["X-Everywhere"] == "yes"


@pytest.mark.parametrize("text", ["  X-No: path", "/*\n  no colon", "/*\n  X-Empty:"])
def test_headers_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no header of a path"):
        parse_headers(text)


def test_requests_are_remembered(host: Host) -> None:
    with urllib.request.urlopen(f"{host.origin}/one/?a=1") as response:
        assert response.headers["Content-Type"] == "text/html; charset=UTF-8"
    (got,) = host.requests
    assert (got.method, got.target, got.address, got.status) == ("GET", "/one/?a=1", "/one/", 200)


def test_a_form_is_answered_with_the_page_that_it_names(host: Host) -> None:
    with urllib.request.urlopen(f"{host.origin}/one/", data=b"email=ada") as response:
        assert response.read() == b"one"
    assert [(r.method, r.status) for r in host.requests] == [("POST", 303), ("GET", 200)]
    assert host.events == []


def test_what_is_posted_to_no_page_is_an_event(host: Host) -> None:
    with urllib.request.urlopen(f"{host.origin}/events", data=b"{}") as response:
        assert response.status == 204
    assert host.events == [b"{}"]
    with pytest.raises(urllib.error.HTTPError, match="413"):
        urllib.request.urlopen(f"{host.origin}/events", data=b"x" * 65_000)
