"""What a browser asks for, and who may ask: nothing here knows what there is to see."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qs, unquote

from msgspec import Struct

_CONTROL = re.compile("[\x00-\x20\x7f-\uffff]")
_HIDING = ("%2f", "%5c", "\\", "#")
_MOST_FIELDS = 20  # of a query
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Request(Struct, frozen=True, kw_only=True):
    """One request: `path` is decoded, `headers` have names in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    client: str = "127.0.0.1"
    body: bytes = b""

    @property
    def host(self) -> str:
        """The host as the browser has it in its address bar, with the port."""
        return self.headers.get("host", "")

    @property
    def is_local(self) -> bool:
        """Whether it comes from this same machine."""
        client = ipaddress.ip_address(self.client.partition("%")[0])
        # A server that listens on IPv6 sees IPv4 within it, which not every Python knows for this machine's own.
        return (getattr(client, "ipv4_mapped", None) or client).is_loopback


class BadPath(ValueError):
    """A path that no page has, and that only someone asks for who wants to get out of the site."""


def path_of(target: str) -> tuple[str, dict[str, str]]:
    """The decoded path and the query of a request's target. Raises BadPath."""
    raw, _, query = target.partition("?")
    low = raw.lower()
    if not raw.startswith("/") or raw.startswith("//") or _CONTROL.search(raw) or any(sign in low for sign in _HIDING):
        raise BadPath(raw)
    try:
        path = unquote(raw, errors="strict")
        asked = parse_qs(query, max_num_fields=_MOST_FIELDS)
    except ValueError as error:  # bytes that are no text, or more fields than anybody asks with
        raise BadPath(raw) from error
    if any(ord(sign) < 32 or sign == "\x7f" for sign in path) or {".", ".."} & set(path.split("/")):
        raise BadPath(raw)
    return path, {name: values[-1] for name, values in asked.items()}


def number_of(text: str) -> int | None:
    """The number that a text is; None where it is none, or longer than anybody means (Python reads no endless one)."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def is_allowed_host(host: str, own: Iterable[str], *, shared: bool) -> bool:
    """Whether the preview answers to that name, which is none that a foreign page can have pointed at this machine.

    `own` are the names that it was told. One that is `shared` on the network is also reached by any bare number, which
    is no name that could be pointed elsewhere.
    """
    name = re.sub(r":\d{1,5}$", "", host).lower()
    if name in LOOPBACK or name in own:
        return True
    if not shared:
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_foreign(request: Request) -> bool:
    """Whether a page of another site sent the request, as far as its browser says."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = f"http://{request.host}"
    return (origin is not None and origin != own) or site in ("cross-site", "same-site")
