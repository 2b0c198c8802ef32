"""Firefox, as far as it can be judged where there is none: which one is driven, and what keeps it from other hosts."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from funnelgen.pathtest.browsers import BrowserNotFound
from funnelgen.pathtest.firefox import find_firefox, is_meant, preferences, refusing_port

from .test_browsers import program


@pytest.mark.parametrize("asked", ["firefox", "/opt/firefox-1572/firefox/firefox", "firefox-esr", "C:/x/Firefox.exe"])
def test_a_firefox_is_known_by_its_name(asked: str) -> None:
    assert is_meant(asked)


@pytest.mark.parametrize("asked", ["", "chromium", "/home/firefox/chrome"])
def test_other_browsers_are_none(asked: str) -> None:
    assert not is_meant(asked)


def test_the_mere_name_means_playwrights_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that the machine has is no choice: Playwright cannot drive it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path / "firefox")
    own = program(tmp_path / "own")
    assert find_firefox(own, "firefox", "--browser") == own
    with pytest.raises(BrowserNotFound, match="Playwright's Firefox is not on this machine") as error:
        find_firefox(str(tmp_path / "nothing"), "firefox", "--browser")
    assert error.value.remedy.endswith(f"{sys.executable} -m playwright install firefox")


def test_a_firefox_that_was_named_must_run(tmp_path: Path) -> None:
    assert find_firefox("", program(tmp_path / "firefox"), "--browser") == str(tmp_path / "firefox")
    with pytest.raises(BrowserNotFound, match=r"`.*/firefox-x` \(FUNNELGEN_BROWSER\) is no browser that runs"):
        find_firefox("", str(tmp_path / "firefox-x"), "FUNNELGEN_BROWSER")


def test_all_hosts_but_one_are_asked_of_a_proxy_that_refuses() -> None:
    with refusing_port() as port:
        prefs = preferences("preview.example", port)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)
        with pytest.raises(OSError, match="in use"):
            socket.create_server(("127.0.0.1", port))
    assert prefs["network.proxy.type"] == 1
    assert prefs["network.proxy.no_proxies_on"] == "preview.example"
    for scheme in ("http", "ssl", "socks"):
        assert (prefs[f"network.proxy.{scheme}"], prefs[f"network.proxy.{scheme}_port"]) == ("127.0.0.1", port)


def test_firefox_neither_goes_past_the_proxy_nor_looks_ahead() -> None:
    prefs = preferences("preview.example", 9)
    off = ("failover_direct", "socks_remote_dns")
    assert [prefs[f"network.proxy.{name}"] for name in off] == [False, True]
    assert prefs["network.trr.mode"] == 5
    ahead = ("prefetch-next", "predictor.enabled", "captive-portal-service.enabled", "connectivity-service.enabled")
    assert not any(prefs[f"network.{name}"] for name in ahead)
    assert prefs["network.http.speculative-parallel-limit"] == 0


@pytest.mark.parametrize(("host", "none"), [("127.0.0.1", True), ("::1", True), ("preview.example", False)])
def test_no_name_is_looked_up_where_none_is_needed(host: str, none: bool) -> None:
    assert preferences(host, 9)["network.dns.disabled"] is none
