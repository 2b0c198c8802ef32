"""Hosts that answer as a test says, on this machine, and remember how they were asked."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from funnelgen.pathtest.deployed.caller import Ask, Method
from funnelgen.pathtest.host import Answer, Files

Answers = Callable[[str, str], Answer]
"""What a host answers to a method and an address."""


def page(html: str, status: int = 200, **headers: str) -> Answer:
    """An answer with a page."""
    given = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Answer(status, html.encode(), tuple(given.items()))


def asking(files: Mapping[str, bytes], changes: Mapping[str, Answer] = {}) -> Callable[[str], Ask]:
    """Asks a host that serves `files` without a network; `changes` are answers of its own to some addresses."""
    host = Files(files)

    def ask(method: Method, address: str) -> Answer:
        path = urlsplit(address).path
        return changes.get(address) or changes.get(path) or host.answer(path)

    return lambda origin: ask


class Server(ThreadingHTTPServer):
    """A host on a free port of this machine."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answers: Answers, *, seconds: float = 0) -> None:
        self.answers = answers
        self.seconds = seconds  # how long each answer takes
        self.asked: list[str] = []  # method and address
        self.busiest = 0  # how many requests were under way at a time
        self.busy = 0
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)


@contextmanager
def serving(answers: Answers, *, seconds: float = 0, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Such a host until the block is left; with a `context` it answers in https."""
    with Server(answers, seconds=seconds) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        with server.lock:
            server.asked.append(f"{self.command} {self.path}")
            server.busy += 1
            server.busiest = max(server.busiest, server.busy)
        time.sleep(server.seconds)
        answer = server.answers(self.command, self.path)
        with server.lock:
            server.busy -= 1
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass
