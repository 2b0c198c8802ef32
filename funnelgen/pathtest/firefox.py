"""Playwright's Firefox: whether it is meant, where it stands, and how it is kept from every host but one.

Firefox knows no resolver rules as Chromium does. It asks a proxy instead, whose one purpose is to refuse:
a proxy gets the name of a host, not its address, so not even a name is looked up.
"""

from __future__ import annotations

import ipaddress
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from funnelgen.pathtest.browsers import BrowserNotFound, runs
from funnelgen.pathtest.host import LOOPBACK

NAME = "firefox"
INSTALL = "-m playwright install firefox"

Preferences = dict[str, str | float | bool]


def is_meant(asked: str) -> bool:
    """Whether a browser's name or program is a Firefox."""
    return Path(asked).stem.lower().startswith(NAME)


def find_firefox(own: str, asked: str, by: str) -> str:
    """The path of the Firefox to drive: Playwright's `own` for the mere name, else the program that was asked for.

    A Firefox that is installed on the machine is no choice: Playwright drives only the one that it brings itself.
    Raises BrowserNotFound; `by` says who asked.
    """
    if asked == NAME:
        if not runs(own):
            raise BrowserNotFound("Playwright's Firefox is not on this machine", remedy())
        return own
    path = shutil.which(asked) or asked
    if not runs(path):
        raise BrowserNotFound(f"`{asked}` ({by}) is no browser that runs", remedy())
    return path


def remedy() -> str:
    """The one command that installs it."""
    return f"this installs the Firefox that Playwright drives: {sys.executable} {INSTALL}"


@contextmanager
def refusing_port() -> Iterator[int]:
    """A port of this machine on which nobody can be called: it is taken, and not listened to."""
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        yield taken.getsockname()[1]


def preferences(host: str, port: int) -> Preferences:
    """What keeps Firefox from every host but `host`: all others are asked of a proxy on a `port` that refuses.

    Nor does it look up, connect or report by itself, as browsers do before anybody has pressed anything.
    """
    return {
        "network.proxy.type": 1,  # set by hand; never the machine's own
        "network.proxy.http": LOOPBACK,
        "network.proxy.http_port": port,
        "network.proxy.ssl": LOOPBACK,
        "network.proxy.ssl_port": port,
        "network.proxy.socks": LOOPBACK,
        "network.proxy.socks_port": port,
        "network.proxy.socks_remote_dns": True,
        "network.proxy.no_proxies_on": host,
        "network.proxy.allow_hijacking_localhost": True,  # other ports and names of this machine are others as well
        "network.proxy.failover_direct": False,  # a proxy that refuses is no reason to go without
        "network.dns.disabled": _is_number(host),  # names are needed only to find a host that has one
        "network.trr.mode": 5,  # no names by https
        "network.dns.disablePrefetch": True,
        "network.dns.disablePrefetchFromHTTPS": True,
        "network.prefetch-next": False,
        "network.http.speculative-parallel-limit": 0,
        "network.predictor.enabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "media.peerconnection.enabled": False,  # calls go past a proxy
    }


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
