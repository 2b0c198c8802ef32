"""Asks a deployed site for its addresses: by GET and HEAD alone, a few at a time, without following where it leads."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPSConnection, RemoteDisconnected
from socket import gaierror
from typing import Literal
from urllib.parse import quote, urlsplit

from funnelgen import __version__
from funnelgen.pathtest.host import Answer

AT_ONCE = 4
"""How many requests are under way at a time."""
PATIENCE = 20  # seconds until a host that says nothing is given up
MOST_BYTES = 8_000_000
"""More of a page is not read: none of funnelgen's comes near."""

Method = Literal["GET", "HEAD"]
Ask = Callable[[Method, str], Answer]
"""Asks the site for an address, a path with its query, and gives what came."""


class Unreachable(Exception):
    """The site cannot be asked anything; `remedy` says what to do. `lasting` is where waiting is no use."""

    def __init__(self, message: str, remedy: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.lasting = lasting


class Caller:
    """Asks one origin. Each thread that asks has a connection of its own, which stays open."""

    def __init__(self, origin: str, *, patience: float = PATIENCE) -> None:
        """`origin` is scheme and host, as in "https://deploy-preview-7--studio.netlify.app"."""
        self.origin = origin
        self._parts = urlsplit(origin)
        self._patience = patience
        self._threads = threading.local()

    def __call__(self, method: Method, address: str) -> Answer:
        """What the site answers. Raises Unreachable where it does not answer at all."""
        try:
            try:
                return self._asked(method, address)
            except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self._hang_up()  # a connection that was open for long: hosts close those without a word
                return self._asked(method, address)
        except (OSError, HTTPException) as error:
            self._hang_up()
            raise _unreachable(self.origin, self._parts.hostname or "", error) from error

    def _asked(self, method: Method, address: str) -> Answer:
        line = self._line()
        name = {"User-Agent": f"funnelgen-test/{__version__}", "Accept-Encoding": "identity"}
        line.request(method, quote(address, safe="/?&=%+;:@,!$'()*~-._"), headers=name)
        with line.getresponse() as came:
            body = came.read(MOST_BYTES)
            if not came.isclosed():
                line.close()
            return Answer(came.status, body, tuple(came.getheaders()))

    def _line(self) -> HTTPConnection:
        line: HTTPConnection | None = getattr(self._threads, "line", None)
        if line is None:
            host, port = self._parts.hostname or "", self._parts.port
            if self._parts.scheme == "https":
                context = ssl.create_default_context()
                line = HTTPSConnection(host, port, timeout=self._patience, context=context)
            else:
                line = HTTPConnection(host, port, timeout=self._patience)
            self._threads.line = line
        return line

    def _hang_up(self) -> None:
        line: HTTPConnection | None = getattr(self._threads, "line", None)
        if line is not None:
            line.close()


def ask_all(ask: Ask, method: Method, addresses: Iterable[str]) -> dict[str, Answer]:
    """The answers to all `addresses`, in their order, a few asked at a time. Raises Unreachable."""
    listed = list(dict.fromkeys(addresses))
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return dict(zip(listed, pool.map(lambda address: ask(method, address), listed), strict=True))


def headers_of(answer: Answer) -> dict[str, str]:
    """An answer's headers by their names in small letters; one that is given several times is joined, as HTTP says."""
    found: dict[str, str] = {}
    for name, value in answer.headers:
        key = name.lower()
        found[key] = f"{found[key]}, {value.strip()}" if key in found else value.strip()
    return found


def text_of(answer: Answer) -> str:
    """A page as text; whatever is no UTF-8 in it is seen as such."""
    return answer.body.decode("utf-8", "replace")


def _unreachable(origin: str, host: str, error: Exception) -> Unreachable:
    if isinstance(error, gaierror):
        return Unreachable(f"no host is called `{host}`", "look the address up where the site was deployed")
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".")
        return Unreachable(
            f"the certificate of `{host}` is not accepted: {why}", "browsers refuse it too: mend it at the host"
        )
    if isinstance(error, ssl.SSLError):
        return Unreachable(f"`{host}` does not answer in https", "ask the host for a certificate")
    if isinstance(error, TimeoutError):
        return Unreachable(f"`{origin}` does not answer in time", "try again when it does in a browser")
    if isinstance(error, HTTPException):
        return Unreachable(f"`{origin}` does not answer as a web server", "look the address up again")
    why = (error.strerror if isinstance(error, OSError) else "") or str(error) or "no reason given"
    return Unreachable(f"`{origin}` cannot be reached: {why.lower()}", "open it in a browser first")
