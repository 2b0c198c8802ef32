"""A stand-in for a static host: serves built files from this machine as Netlify would, and remembers all requests.

It applies `_headers` and `_redirects`, answers a folder with its index, what is not there with 404.html, a form with
the page that it names, and sends text as Brotli to whoever takes it. Files are held in memory: no path leads out.
"""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import brotli

LOOPBACK = "127.0.0.1"
NOT_SERVED = ("_headers", "_redirects")
QUALITY = (
    5  # hosts that compress as they send take 4 to 6 of Brotli's 11, in whose weights there is hardly a difference
)
MOST_POSTED = 64_000  # bytes
_SMALL = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")


class Rule(NamedTuple):
    """A rule of `_headers`: the addresses it is for, and their headers."""

    pattern: str
    headers: tuple[tuple[str, str], ...]

    def matches(self, address: str) -> bool:
        """Whether the rule is for an address; a star at the end stands for anything."""
        if self.pattern.endswith("*"):
            return address.startswith(self.pattern[:-1])
        return address.rstrip("/") == self.pattern.rstrip("/")


class Redirect(NamedTuple):
    """A line of `_redirects`."""

    source: str
    target: str
    status: int


class Request(NamedTuple):
    """A request that the host answered."""

    method: str
    target: str
    status: int
    headers: Message

    @property
    def address(self) -> str:
        """The path that was asked for, without its query."""
        return urlsplit(self.target).path


class Answer(NamedTuple):
    """What the host says to a request."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]

    def compressed(self) -> Answer:
        """The same with its body as Brotli, where that makes it smaller."""
        kind = dict(self.headers).get("Content-Type", "")
        if not self.body or not kind.startswith(_SMALL):
            return self
        headers = (*self.headers, ("Content-Encoding", "br"), ("Vary", "Accept-Encoding"))
        return Answer(self.status, _compress(self.body), headers)


@lru_cache(maxsize=256)  # files: a walk asks for each again and again
def _compress(body: bytes) -> bytes:
    compressed: bytes = brotli.compress(body, quality=QUALITY)
    return compressed


def parse_headers(text: str) -> tuple[Rule, ...]:
    """The rules of a `_headers` file. Raises ValueError for a line that Netlify would not read either."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            found.append((line.strip(), []))
            continue
        name, colon, value = line.strip().partition(":")
        if not colon or not found or not value.strip():
            raise ValueError(f"_headers, line {number}: {line!r} is no header of a path")
        found[-1][1].append((name, value.strip()))
    return tuple(Rule(pattern, tuple(headers)) for pattern, headers in found)


def parse_redirects(text: str) -> tuple[Redirect, ...]:
    """The lines of a `_redirects` file: source, target, status (301 where none is given)."""
    lines = (line.split() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(Redirect(source, target, int(rest[0]) if rest else 301) for source, target, *rest in lines)


def headers_for(rules: Iterable[Rule], address: str) -> dict[str, str]:
    """The headers of an address. Two rules that name the same header are joined, as Netlify joins them."""
    headers: dict[str, str] = {}
    for rule in rules:
        if rule.matches(address):
            for name, value in rule.headers:
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


class Files:
    """Built files with their own rules, and how a host answers an address."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """`files` by their path below the output folder."""
        self.files = files
        self.rules = parse_headers(files.get("_headers", b"").decode())
        self.redirects = {r.source: r for r in parse_redirects(files.get("_redirects", b"").decode())}

    def answer(self, address: str) -> Answer:
        """The answer to GET for an address: a path without query."""
        name = self._name(address)
        if name is not None:
            return self._found(name, address, HTTPStatus.OK)
        if address in self.redirects:
            redirect = self.redirects[address]
            return Answer(redirect.status, b"", (("Location", redirect.target), *self._headers(address)))
        if self._name(f"{address}/") is not None:
            return Answer(HTTPStatus.MOVED_PERMANENTLY, b"", (("Location", f"{address}/"), *self._headers(address)))
        if "404.html" in self.files:
            return self._found("404.html", address, HTTPStatus.NOT_FOUND)
        return Answer(HTTPStatus.NOT_FOUND, b"Not found", (("Content-Type", "text/plain"), *self._headers(address)))

    def is_page(self, address: str) -> bool:
        """Whether a page stands at an address."""
        return (self._name(address) or "").endswith(".html")

    def is_served(self, address: str) -> bool:
        """Whether there is something at an address."""
        return self._name(address) is not None

    def _name(self, address: str) -> str | None:
        """The file that an address means; None where there is none, or none that a host would show."""
        name = unquote(address).removeprefix("/")
        if name.endswith("/") or not name:
            name += "index.html"
        parts = name.split("/")
        hidden = any(part.startswith(".") and part != ".well-known" for part in parts)
        return name if name in self.files and not hidden and name not in NOT_SERVED else None

    def _found(self, name: str, address: str, status: int) -> Answer:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        charset = "; charset=UTF-8" if kind.startswith("text/") else ""
        return Answer(status, self.files[name], (("Content-Type", kind + charset), *self._headers(address)))

    def _headers(self, address: str) -> tuple[tuple[str, str], ...]:
        headers = {"Cache-Control": "public, max-age=0, must-revalidate"} | headers_for(self.rules, address)
        return tuple(headers.items())


class Host(ThreadingHTTPServer):
    """The host, listening on a free port of the loopback interface."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """`files` by their path below the output folder."""
        self.files = Files(files)
        self.requests: list[Request] = []
        self.events: list[bytes] = []  # what was posted to where no page is, in turn
        super().__init__((LOOPBACK, 0), _Handler)

    @property
    def origin(self) -> str:
        """The origin of everything on it: "http://127.0.0.1:40123"."""
        return f"http://{LOOPBACK}:{self.server_port}"


@contextmanager
def hosting(files: Mapping[str, bytes]) -> Iterator[Host]:
    """A host that serves `files` until the block is left."""
    with Host(files) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Host
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def do_GET(self) -> None:
        self._send(self.server.files.answer(urlsplit(self.path).path))

    def do_HEAD(self) -> None:
        self._send(self.server.files.answer(urlsplit(self.path).path))

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(min(size, MOST_POSTED))
        if size > MOST_POSTED:
            self.close_connection = True
            self._send(Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"", ()))
        elif self.server.files.is_page(urlsplit(self.path).path):
            self._send(Answer(HTTPStatus.SEE_OTHER, b"", (("Location", self.path),)))
        else:
            self.server.events.append(body)
            self._send(Answer(HTTPStatus.NO_CONTENT, b"", ()))

    def _send(self, answer: Answer) -> None:
        self.server.requests.append(Request(self.command, self.path, answer.status, self.headers))
        if "br" in self.headers.get("Accept-Encoding", "").replace(",", " ").split():
            answer = answer.compressed()
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
