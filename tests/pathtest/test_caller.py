"""Asking a deployed site: gently, by GET and HEAD alone, and with a clear word where it does not answer."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from funnelgen.pathtest.deployed.caller import AT_ONCE, Caller, Unreachable, ask_all, headers_of
from funnelgen.pathtest.deployed.recognise import look_up_mode, mode_of, origin_of, recognise
from funnelgen.pathtest.host import LOOPBACK, Answer, hosting

from ..sites import SMALL, Mode, built, loaded, site
from .hosts import Server, page, serving


def at(server: Server, scheme: str = "http") -> str:
    """The origin of a server."""
    return f"{scheme}://{LOOPBACK}:{server.server_port}"


# --- asking ----------------------------------------------------------------------------------------------------------


def test_no_more_than_a_few_are_asked_at_a_time() -> None:
    addresses = [f"/{number}/" for number in range(20)]
    with serving(lambda method, address: page(address), seconds=0.02) as server:
        answers = ask_all(Caller(at(server)), "GET", addresses)
    assert {address: answer.body.decode() for address, answer in answers.items()} == {a: a for a in addresses}
    assert 1 < server.busiest <= AT_ONCE
    assert sorted(server.asked) == sorted(f"GET {address}" for address in addresses)


def test_nothing_is_followed_and_all_headers_come() -> None:
    moved = Answer(302, b"", (("Location", "/b/"), ("Link", "one"), ("link", "two")))
    with serving(lambda method, address: moved) as server:
        answer = Caller(at(server))("HEAD", "/a/?b=%7B&c=ü")
    assert server.asked == ["HEAD /a/?b=%7B&c=%C3%BC"]
    assert (answer.status, headers_of(answer)["location"], headers_of(answer)["link"]) == (302, "/b/", "one, two")


def test_a_connection_that_the_host_closed_is_opened_again() -> None:
    with serving(lambda method, address: page("", Connection="close")) as server:
        ask = Caller(at(server))
        assert [ask("GET", "/").status for _ in range(3)] == [200, 200, 200]


# --- hosts that do not answer ----------------------------------------------------------------------------------------


def said_of(origin: str, patience: float = 5) -> str:
    """What is said of a host that cannot be asked."""
    with pytest.raises(Unreachable) as error:
        Caller(origin, patience=patience)("GET", "/")
    assert error.value.remedy
    return str(error.value)


def test_a_host_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*arguments: object, **options: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert said_of("https://preview-7.example") == "no host is called `preview-7.example`"


def test_a_host_that_refuses() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        origin = f"http://{LOOPBACK}:{taken.getsockname()[1]}"
        assert said_of(origin) == f"`{origin}` cannot be reached: connection refused"


def test_a_host_that_says_nothing() -> None:
    with socket.create_server((LOOPBACK, 0)) as silent:
        origin = f"http://{LOOPBACK}:{silent.getsockname()[1]}"
        assert said_of(origin, patience=0.2) == f"`{origin}` does not answer in time"


@pytest.fixture
def encrypted() -> Iterator[tuple[Server, trustme.CA]]:
    """A host that answers in https, and who vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(LOOPBACK).configure_cert(context)
    with serving(lambda method, address: page("hello"), context=context) as server:
        yield server, authority


def test_a_certificate_that_nobody_vouches_for(encrypted: tuple[Server, trustme.CA]) -> None:
    said = said_of(at(encrypted[0], "https"))
    assert said.startswith("the certificate of `127.0.0.1` is not accepted: ")
    assert "unable to get local issuer" in said


def test_a_certificate_that_is_good(
    encrypted: tuple[Server, trustme.CA], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, authority = encrypted
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert Caller(at(server, "https"))("GET", "/").body == b"hello"


def test_a_host_without_encryption() -> None:
    with serving(lambda method, address: page("")) as server:
        assert said_of(at(server, "https")) == "`127.0.0.1` does not answer in https"


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://deploy-preview-7--studio.netlify.app/", "https://deploy-preview-7--studio.netlify.app"),
        ("deploy-preview-7--studio.netlify.app", "https://deploy-preview-7--studio.netlify.app"),
        ("https://Studio.example:8443", "https://studio.example:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://studio.example:443", "https://studio.example"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
    ],
)
def test_an_address_is_an_origin(given: str, origin: str) -> None:
    assert origin_of(given) == origin


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("ftp://studio.example", "is no address of a site"),
        ("https://", "is no address of a site"),
        ("https://studio.example:x", "has a port that is no number"),
        ("https://studio..example", "is no address of a site"),
        ("https://me:secret@studio.example", "leave the password out"),
        ("https://studio.example/oto/", "a site stands at the root of its host: https://studio.example"),
        ("http://studio.example", "is not encrypted"),
    ],
)
def test_what_is_no_address_of_a_site(given: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)) as error:
        origin_of(given)
    assert "secret" not in str(error.value)


# --- whose site it is ------------------------------------------------------------------------------------------------

OURS = '<!doctype html><body class="pg-404" data-page="404">'


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page("", 401), "`studio.example` lets nobody in without a password (401)"),
        (page("", 403), "`studio.example` lets nobody in without a password (403)"),
        (page("", 503), "`studio.example` has a fault of its own (503)"),
        (page("<h1>My blog</h1>"), "`https://studio.example/checkout/` is no page of funnelgen's"),
        (page("", 404), "there is no site at `https://studio.example/checkout/` (404)"),
        (page(OURS, 404), "the site at `studio.example` has no page /checkout/"),
        (page("", 301, Location="https://www.studio.example/"), "leads to https://www.studio.example/"),
        (page("", 302, Location="/login"), "`https://studio.example/checkout/` leads to /login"),
    ],
)
def test_what_is_no_site_of_ours_is_told_at_once(answer: Answer, said: str) -> None:
    with pytest.raises(Unreachable) as error:
        recognise(lambda method, address: answer, "https://studio.example", "/checkout/")
    assert said in str(error.value)
    assert error.value.remedy


LINKS = "test:\n  checkout: https://buy.stripe.com/test_one\n  checkout+template: https://buy.stripe.com/test_two\n"


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_the_mode_is_told_by_the_payment_links(tmp_path: Path, mode: Mode) -> None:
    folder = site(tmp_path / "site", {**SMALL, "links.yaml": LINKS})
    with hosting(built(folder, mode).files) as host:
        assert look_up_mode(Caller(host.origin), host.origin, loaded(folder)) == mode


def test_links_that_nobody_knows_tell_no_mode() -> None:
    assert mode_of({"checkout": "https://pay.example/"}, {"live": {"checkout": "https://buy.example/"}}) is None
    assert mode_of({"checkout": ""}, {"test": {"checkout": ""}}) is None


def test_a_link_with_a_discount_is_the_same_link() -> None:
    href = "https://buy.stripe.com/test_one?prefilled_promo_code=SPRING"
    assert mode_of({"checkout": href}, {"test": {"checkout": "https://buy.stripe.com/test_one"}}) == "test"
