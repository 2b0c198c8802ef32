"""The server: an account behind HTTP, which fails when it is told to, and the pages where buyers pay."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import pages
from .account import Fault, Stripe
from .objects import Json, error

KEY = "sk_" + "test_local0123456789"
SLOW = 0.4  # seconds; a client that is to notice waits for less
REFUSALS: Mapping[str, tuple[int, Json]] = {
    "403": (
        403,
        error(
            "invalid_request_error",
            f"The provided key '{KEY[:8]}{'*' * 9}{KEY[-4:]}' does not have the required permissions for this endpoint "
            "on account 'acct_1'. "
            "Having the 'rak_product_write' permission would allow this request to continue.",
        ),
    ),
    "409": (409, error("invalid_request_error", "This object cannot be accessed right now.", code="lock_timeout")),
    "429": (429, error("invalid_request_error", "Request rate limit exceeded.", code="rate_limit")),
    "500": (500, error("api_error", "An unknown error occurred.")),
}


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/pay/"):
            self._show(pages.pay_page(self.server.stripe, _link_of(self.path)))
            return
        self._answer("get", parts.path, parse_qsl(parts.query, keep_blank_values=True))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if not self.path.startswith("/pay/"):
            self._answer("post", urlsplit(self.path).path, parse_qsl(body, keep_blank_values=True))
        elif self.server.stripe.link_at(_link_of(self.path).partition("?")[0]) is None:
            self._show(pages.pay_page(self.server.stripe, _link_of(self.path)))
        else:
            self.send_response(303)
            self.send_header("Location", self.server.stripe.pay(_link_of(self.path)))
            self.send_header("Content-Length", "0")
            self.end_headers()

    def _show(self, page: str) -> None:
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, method: str, path: str, pairs: list[tuple[str, str]]) -> None:
        self.server.stripe.busy += 1
        try:
            self._answer_once(method, path, pairs)
        finally:
            self.server.stripe.busy -= 1

    def _answer_once(self, method: str, path: str, pairs: list[tuple[str, str]]) -> None:
        stripe = self.server.stripe
        fault = stripe.next_fault(method, path)
        given = self.headers.get("Authorization") or ""
        if fault == "dropped before":
            self.close_connection = True
        elif given != f"Bearer {KEY}":
            told = error("invalid_request_error", f"Invalid API Key provided: {given.removeprefix('Bearer ')}")
            self._say(*stripe.refusal(method, path, 401, told))
        elif fault is not None and fault in REFUSALS:
            self._say(*stripe.refusal(method, path, *REFUSALS[fault]))
        else:
            time.sleep(SLOW if fault == "slow before" else 0)
            with stripe.lock:
                status, made = stripe.answer(method, path, pairs, self.headers.get("Idempotency-Key") or "")
            time.sleep(SLOW if fault == "slow after" else 0)
            self.close_connection = fault == "dropped after"
            if not self.close_connection:
                self._say(status, made)

    def _say(self, status: int, made: Json) -> None:
        body = json.dumps(made).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if status == 429 and self.server.stripe.retry_after:
            self.send_header("Retry-After", self.server.stripe.retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except BrokenPipeError:
            self.close_connection = True  # whoever asked has given up

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test says what went wrong."""


class _Server(ThreadingHTTPServer):
    def __init__(self, stripe: Stripe) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.stripe = stripe
        stripe.url = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running() -> Iterator[Stripe]:
    """An empty account that listens on this machine, as long as it is needed."""
    stripe = Stripe()
    with _Server(stripe) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield stripe
        finally:
            server.shutdown()
            thread.join()


def _link_of(path: str) -> str:
    """The payment link whose page is asked for, with its query."""
    return f"https://buy.stripe.com/{path.removeprefix('/pay/')}"


__all__ = ["KEY", "SLOW", "Fault", "Stripe", "running"]
