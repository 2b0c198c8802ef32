"""The server: keeps products, prices and payment links, takes payments, and fails when it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from . import objects
from .objects import Json, error
from .spec import Refused, parsed, wrong_answer

Fault = Literal["dropped before", "dropped after", "429", "500", "409"]
KEY = "sk_" + "test_local0123456789"
STATUS: Mapping[str, int] = {"429": 429, "500": 500, "409": 409}


class Stripe:
    """One account. `faults` are met by request number, counted from 0; `requests` are those that were made."""

    def __init__(self) -> None:
        self.products: dict[str, Json] = {}
        self.prices: dict[str, Json] = {}
        self.links: dict[str, Json] = {}
        self.items: dict[str, list[Json]] = {}  # of links
        self.charges: list[Json] = []
        self.requests: list[str] = []
        self.faults: dict[int, Fault] = {}
        self.wrong: list[str] = []  # answers that Stripe's specification does not have
        self.url = ""
        self._kept: dict[str, tuple[str, tuple[int, Json]]] = {}  # by idempotency key
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, pairs: list[tuple[str, str]], key: str) -> tuple[int, Json]:
        """The status and the body for a request; the same again for one that has its key."""
        asked = json.dumps([method, path, pairs])
        if method == "post" and key in self._kept:
            before, known = self._kept[key]
            if before != asked:
                return 400, error("idempotency_error", "Keys for idempotent requests can only be used with the same.")
            return known
        try:
            made: tuple[int, Json] = 200, self._do(method, path, parsed(method, path, pairs))
            self.wrong += [f"{method} {path}: {text}" for text in wrong_answer(method, path, made[1])]
        except Refused as refused:
            return 400, error("invalid_request_error", str(refused), param=refused.param)
        except KeyError as missing:
            return 404, error("invalid_request_error", f"No such object: {missing}", code="resource_missing")
        if method == "post" and key:
            self._kept[key] = asked, made
        return made

    def _do(self, method: str, path: str, params: Json) -> Json:
        parts = path.removeprefix("/v1/").split("/")
        kept = {"products": self.products, "prices": self.prices, "payment_links": self.links}[parts[0]]
        if parts[2:] == ["line_items"]:
            return _listed(self.items[parts[1]], params, path)
        if method == "get":
            return _listed(self._matching(parts[0], kept, params), params, path) if len(parts) == 1 else kept[parts[1]]
        if len(parts) == 1:
            return {"products": self._product, "prices": self._price, "payment_links": self._link}[parts[0]](params)
        return self._changed(kept[parts[1]], params)

    def _matching(self, kind: str, kept: dict[str, Json], params: Json) -> list[Json]:
        newest = list(reversed(kept.values()))
        found = [o for o in newest if "active" not in params or o["active"] == params["active"]]
        if "lookup_keys" in params:
            found = [o for o in found if o["lookup_key"] in params["lookup_keys"]]
        return [o for o in found if "ids" not in params or o["id"] in params["ids"]]

    def _product(self, params: Json) -> Json:
        id = params.get("id") or f"prod_{len(self.products)}"
        if id in self.products:
            raise Refused(f"Product already exists: {id}", "id")
        self.products[id] = objects.product(id, params)
        return self.products[id]

    def _price(self, params: Json) -> Json:
        if not self.products[params["product"]]["active"]:
            raise Refused("The product is not active", "product")
        holder = next(
            (p for p in self.prices.values() if p["lookup_key"] == params.get("lookup_key") is not None), None
        )
        if holder:
            if not params.get("transfer_lookup_key"):
                raise Refused("A price already uses that lookup key", "lookup_key")
            holder["lookup_key"] = None
        id = f"price_{len(self.prices)}"
        self.prices[id] = objects.price(id, params)
        return self.prices[id]

    def _link(self, params: Json) -> Json:
        prices = [self.prices[item["price"]] for item in params["line_items"]]
        if not all(p["active"] and self.products[p["product"]]["active"] for p in prices):
            raise Refused("The price is inactive", "line_items")
        if len({p["currency"] for p in prices}) != 1:
            raise Refused("All prices must have one currency", "line_items")
        recurring = any(p["recurring"] for p in prices)
        if "subscription_data" in params and not recurring:
            raise Refused("There must be a recurring price", "subscription_data")
        number = len(self.links)
        id = f"plink_{number}"
        made = objects.payment_link(id, {**params, "recurring": recurring}, prices[0]["currency"], _url(number))
        self.links[id] = made
        names = [self.products[p["product"]]["name"] for p in prices]
        numbered = enumerate(zip(params["line_items"], prices, names, strict=True))
        self.items[id] = [objects.line_item(n, item["quantity"], p, name) for n, (item, p, name) in numbered]
        return made

    def _changed(self, object: Json, params: Json) -> Json:
        for name, value in params.items():
            if name == "metadata":
                object["metadata"] = {**object["metadata"], **value}
            elif name == "after_completion":
                object[name] = objects.completion(value)
            elif name in object:
                object[name] = value
        return object

    def pay(self, link: str) -> str:
        """Somebody pays at a link: what is charged is kept, and where they are sent is given back."""
        id = next(id for id, one in self.links.items() if one["url"] == link and one["active"])
        amount = sum(item["amount_total"] for item in self.items[id])
        session = f"cs_test_{len(self.charges)}"
        self.charges.append({"link": id, "amount": amount, "session": session})
        url: str = self.links[id]["after_completion"]["redirect"]["url"]
        return url.replace("{CHECKOUT_SESSION_ID}", session)


def _url(number: int) -> str:
    return f"https://buy.stripe.com/test_{number:014x}"


def _listed(found: list[Json], params: Json, path: str) -> Json:
    after = params.get("starting_after")
    if after:
        found = found[[o["id"] for o in found].index(after) + 1 :]
    limit = params.get("limit", 10)
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": path}


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/pay/"):
            self.send_response(303)
            self.send_header("Location", self.server.stripe.pay(f"https://buy.stripe.com/{parts.path[5:]}"))
            self.end_headers()
            return
        self._answer("get", parts.path, parse_qsl(parts.query, keep_blank_values=True))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._answer("post", urlsplit(self.path).path, parse_qsl(body, keep_blank_values=True))

    def _answer(self, method: str, path: str, pairs: list[tuple[str, str]]) -> None:
        stripe = self.server.stripe
        with stripe._lock:
            fault = stripe.faults.pop(len(stripe.requests), None)
            stripe.requests.append(f"{method} {path}")
            if fault == "dropped before":
                self.close_connection = True
                return
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                self._say(
                    401,
                    error("invalid_request_error", f"Invalid API Key provided: {self.headers.get('Authorization')}"),
                )
                return
            if fault is not None and fault in STATUS:
                self._say(STATUS[fault], error("api_error", f"it fails with {fault}"))
                return
            status, made = stripe.answer(method, path, pairs, self.headers.get("Idempotency-Key") or "")
            if fault == "dropped after":
                self.close_connection = True
                return
            self._say(status, made)

    def _say(self, status: int, made: Json) -> None:
        body = json.dumps(made).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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
