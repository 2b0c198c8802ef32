"""The stand-in for a host behaves as the tests need it to: like Netlify."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from .server import Folder, Host, hosting, parse_headers
from .sites import write_files

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small built folder."""
    return write_files(
        tmp_path,
        {
            "_headers": HEADERS,
            "_redirects": "# moved\n/old /one/ 302\n/gone /one/\n",
            "index.html": "start",
            "one/index.html": "one",
            "assets/a.css": "a{}",
            "404.html": "nothing here",
            ".funnelgen-output": "mark",
        },
    )


@pytest.fixture
def host(folder: Path) -> Iterator[Host]:
    """It, on a host."""
    with hosting(folder) as host:
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
def test_answers(folder: Path, address: str, status: int, body: bytes) -> None:
    answer = Folder(folder).answer(address)
    assert (answer.status, answer.body) == (status, body)


@pytest.mark.parametrize(("address", "status"), [("/one", 301), ("/old", 302), ("/gone", 301)])
def test_redirects(folder: Path, address: str, status: int) -> None:
    answer = Folder(folder).answer(address)
    assert (answer.status, dict(answer.headers)["Location"]) == (status, "/one/")


def test_headers_are_those_of_all_rules_that_match(folder: Path) -> None:
    asset, one = (dict(Folder(folder).answer(address).headers) for address in ("/assets/a.css", "/one/"))
    assert (asset["X-Everywhere"], asset["Cache-Control"]) == ("yes", "public, immutable")
    assert (one["X-One"], one["Cache-Control"]) == ("1", "public")
    assert "X-One" not in asset
    assert dict(Folder(folder).answer("/none/").headers)["X-Everywhere"] == "yes"


@pytest.mark.parametrize("text", ["  X-No: path", "/*\n  no colon", "/*\n  X-Empty:"])
def test_headers_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no header of a path"):
        parse_headers(text)


def test_requests_are_remembered_and_nothing_can_be_posted(host: Host) -> None:
    with urllib.request.urlopen(f"{host.origin}/one/?a=1") as response:
        assert response.headers["Content-Type"] == "text/html; charset=UTF-8"
    with pytest.raises(urllib.error.HTTPError, match="405"):
        urllib.request.urlopen(f"{host.origin}/one/", data=b"email=ada")
    got, posted = host.requests
    assert (got.method, got.target, got.address, got.status) == ("GET", "/one/?a=1", "/one/", 200)
    assert (posted.method, posted.status) == ("POST", 405)
