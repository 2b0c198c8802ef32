"""The preview's HTTP server: the standard library's, with every request looked at before anything answers it.

There is no library here because there is little to gain: everything comes from memory or is a file sent as it is, and a
thread for each of the few connections of one creator costs nothing.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import BinaryIO

from funnelgen.preview.answers import Answer, Part, fitting, text
from funnelgen.preview.requests import BadPath, Request, is_allowed_host, number_of, path_of
from funnelgen.preview.site import Preview

IDLE = 60  # seconds after which a connection that asks nothing is closed
NEXT_PORTS = 50  # how many are tried after the one that is taken
_CHUNK = 1 << 16
_HOSTS = "`--host` takes an address of this machine, or 0.0.0.0 for all"
_LONGEST_FORM = 1 << 16  # bytes; what is posted is not kept, but must be read off the connection


class NoPort(Exception):
    """The preview cannot listen where it was told to; `remedy` says what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Server(ThreadingHTTPServer):
    """Listens at one address for one preview."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers have one port

    def __init__(self, preview: Preview, host: str, port: int, *, names: Collection[str] = ()) -> None:
        """`names` are further names by which browsers may reach it. Raises OSError where the port is taken."""
        self.preview = preview
        self.names = frozenset(name.lower() for name in (*names, host))
        self.shared = host not in ("127.0.0.1", "localhost", "::1")
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Listen, without asking a name server what this machine is called."""
        TCPServer.server_bind(self)  # HTTPServer's own asks
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in mid-answer is none of the creator's business; a fault of ours is."""
        error = sys.exception() if sys.version_info >= (3, 12) else sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type] # as it came


def listen(preview: Preview, host: str, port: int, *, names: Collection[str] = ()) -> Server:
    """A server on that port, or on the next that is free. Raises NoPort."""
    for candidate in range(port, min(port + NEXT_PORTS, 65536)) if port else (0,):
        try:
            return Server(preview, host, candidate, names=names)
        except UnicodeError as error:  # a name that cannot even be asked for
            raise NoPort(f"cannot listen on `{host}`: no machine can have such a name", _HOSTS) from error
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise NoPort(f"cannot listen on `{host}`: {error.strerror or error}", _HOSTS) from error
    raise NoPort(f"no port from {port} on is free", "name another with `--port`")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "funnelgen"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = _CHUNK  # headers and body leave as one
    timeout = IDLE

    def do_GET(self) -> None:
        self._answer()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_GET  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a line per request would hide those that matter."""

    def _answer(self) -> None:
        answer = self._looked_at(self._read_off())
        if not isinstance(answer.body, Part):
            self._send(answer)
            return
        try:  # before anything is said of it
            file = answer.body.path.open("rb")
        except OSError:
            self._send(text(HTTPStatus.NOT_FOUND, "the file has just gone"))
            return
        with file:
            self._send(answer, file)

    def _looked_at(self, body: bytes) -> Answer:
        try:
            path, query = path_of(self.path)
        except BadPath:
            return text(HTTPStatus.BAD_REQUEST, "no page has such an address")
        headers = {name.lower(): value for name, value in self.headers.items()}
        client = str(self.client_address[0])
        request = Request(method=self.command, path=path, query=query, headers=headers, client=client, body=body)
        if not is_allowed_host(request.host, self.server.names, shared=self.server.shared):
            return text(HTTPStatus.FORBIDDEN, "the preview does not answer to that name")
        return fitting(self.server.preview.answer(request), request)

    def _read_off(self) -> bytes:
        """Take what was posted off the connection; where that is long or endless, close it instead."""
        length = number_of(self.headers.get("Content-Length", "0"))
        if "Transfer-Encoding" in self.headers or length is None or length > _LONGEST_FORM:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _send(self, answer: Answer, file: BinaryIO | None = None) -> None:
        """Send an answer; `file` is the open one of which it sends a part."""
        length = answer.length
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if length is None:
            self.close_connection = True
            self.send_header("Connection", "close")
        elif answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(length))
        if self.close_connection and length is not None:
            self.send_header("Connection", "close")
        head = self.command == "HEAD" or answer.status == HTTPStatus.NOT_MODIFIED
        self.end_headers()
        if head:
            _close(answer.body)
        elif isinstance(answer.body, bytes):
            self.wfile.write(answer.body)
        elif isinstance(answer.body, Part):
            assert file is not None
            self._send_part(answer.body, file)
        else:
            self._send_stream(answer.body)

    def _send_part(self, part: Part, file: BinaryIO) -> None:
        file.seek(part.start)
        left = part.length
        while left and (chunk := file.read(min(_CHUNK, left))):
            self.wfile.write(chunk)
            left -= len(chunk)
        if left:
            self.close_connection = True  # the file became shorter meanwhile: the browser must not wait for the rest

    def _send_stream(self, stream: Iterator[bytes]) -> None:
        try:
            with suppress(ConnectionError, TimeoutError):
                for chunk in stream:
                    self.wfile.write(chunk)
                    self.wfile.flush()
        finally:
            _close(stream)


def _close(body: object) -> None:
    close = getattr(body, "close", None)
    if close:
        close()
