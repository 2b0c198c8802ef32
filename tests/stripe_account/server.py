"""The server: keeps products, prices and payment links, takes payments, and fails when it is told to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from . import objects, pages
from .objects import Json, error
from .spec import Refused, parsed, wrong_answer

Fault = Literal["dropped before", "dropped after", "slow before", "slow after", "429", "500", "409", "403"]
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


class Stripe:
    """One account. `faults` are met by request number, counted from 0; `requests` are those that were made.

    `between` is called before each request with its number: what somebody else does meanwhile.
    """

    def __init__(self) -> None:
        self.products: dict[str, Json] = {}
        self.prices: dict[str, Json] = {}
        self.links: dict[str, Json] = {}
        self.items: dict[str, list[Json]] = {}  # of links
        self.charges: list[Json] = []
        self.requests: list[str] = []
        self.faults: dict[int, Fault] = {}
        self.retry_after = ""  # what "429" says of how long to wait, in seconds
        self.between: Callable[[int], object] = lambda number: None
        self.wrong: list[str] = []  # answers that Stripe's specification does not have
        self.url = ""
        self._kept: dict[str, tuple[str, tuple[int, Json]]] = {}  # by idempotency key
        self._lock = threading.Lock()
        self._busy = 0

    def settle(self) -> None:
        """Wait until no request is under way: who gave up waiting does not know whether it was done."""
        while self._busy:
            time.sleep(0.01)

    def next_fault(self, method: str, path: str) -> Fault | None:
        """Count a request; gives what is to go wrong with it."""
        with self._lock:
            number = len(self.requests)
            self.requests.append(f"{method} {path}")
            fault = self.faults.pop(number, None)
        self.between(number)
        return fault

    def refusal(self, method: str, path: str, status: int, made: Json) -> tuple[int, Json]:
        """An answer that refuses; noted where Stripe's specification has no such error."""
        self.wrong += [f"{method} {path}: {text}" for text in wrong_answer(method, path, made, status="default")]
        return status, made

    def answer(self, method: str, path: str, pairs: list[tuple[str, str]], key: str) -> tuple[int, Json]:
        """The status and the body for a request; the same again for one that has its key."""
        asked = json.dumps([method, path, pairs])
        if method == "post" and key in self._kept:
            before, known = self._kept[key]
            if before != asked:
                text = (
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                )
                return self.refusal(method, path, 400, error("idempotency_error", text))
            return known
        try:
            made: tuple[int, Json] = 200, self._do(method, path, parsed(method, path, pairs))
            self.wrong += [f"{method} {path}: {text}" for text in wrong_answer(method, path, made[1])]
        except Refused as refused:
            told = error("invalid_request_error", str(refused), param=refused.param)
            return (400, told) if refused.unknown else self.refusal(method, path, 400, told)
        except KeyError as missing:
            told = error("invalid_request_error", f"No such object: {missing}", code="resource_missing")
            return self.refusal(method, path, 404, told)
        if method == "post" and key:
            self._kept[key] = asked, made
        return made

    def _do(self, method: str, path: str, params: Json) -> Json:
        parts = path.removeprefix("/v1/").split("/")
        kept = {"products": self.products, "prices": self.prices, "payment_links": self.links}[parts[0]]
        if parts[2:] == ["line_items"]:
            return _listed(self.items[parts[1]], params, path)
        if method == "get" and len(parts) == 1:
            found = self._matching(parts[0], kept, params)
            return _listed([self._expanded(o, params) for o in found], params, path)
        if method == "get":
            return kept[parts[1]]
        if len(parts) == 1:
            return {"products": self._product, "prices": self._price, "payment_links": self._link}[parts[0]](params)
        return self._changed(kept[parts[1]], params)

    def _expanded(self, object: Json, params: Json) -> Json:
        """A link with what it sells, where that is asked for: ten items at the most, as Stripe gives them."""
        if "data.line_items" not in params.get("expand", ()):
            return object
        return {**object, "line_items": _listed(self.items[object["id"]], {}, f"/v1/payment_links/{object['id']}")}

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
        self.items[id] = [objects.line_item(n, item, p, name) for n, (item, p, name) in numbered]
        return made

    def _changed(self, object: Json, params: Json) -> Json:
        if params.get("active") is False:
            self._archived(object)
        for name, value in params.items():
            if name == "metadata":
                object["metadata"] = {**object["metadata"], **value}
            elif name == "after_completion":
                object[name] = objects.completion(value)
            elif name in object:
                object[name] = value
        return object

    def _archived(self, object: Json) -> None:
        if object["object"] == "price" and any(p["default_price"] == object["id"] for p in self.products.values()):
            raise Refused("This price cannot be archived because it is the default price of its product.")
        if object["object"] == "product":  # its links go with it, and nobody is told
            for id, items in self.items.items():
                if any(item["price"]["product"] == object["id"] for item in items):
                    self.links[id]["active"] = False

    def link_at(self, url: str) -> str | None:
        """The id of the link at that address, without its query; None where there is none that is active."""
        return next((id for id, one in self.links.items() if one["url"] == url and one["active"]), None)

    def pay(self, link: str) -> str:
        """Somebody pays at a link: what is charged is kept, and where they are sent is given back.

        Of the link's parameters only those count that Stripe takes; of others it makes nothing, and says nothing.
        """
        url, _, query = link.partition("?")
        id = self.link_at(url)
        assert id is not None, f"nobody can pay at {url}"
        given = taken(query)
        session = f"cs_test_{len(self.charges)}"
        amount = sum(item["amount_total"] for item in self.items[id])
        self.charges.append({"link": id, "amount": amount, "session": session, "given": given})
        back: str = self.links[id]["after_completion"]["redirect"]["url"]
        carried = "".join(f"&{name}={value}" for name, value in given.items() if name.startswith("utm_"))
        return back.replace("{CHECKOUT_SESSION_ID}", session) + carried


_CODE = r"[A-Za-z0-9_-]"
_TAKEN: Mapping[str, str] = {
    "client_reference_id": f"{_CODE}{{1,200}}",
    "prefilled_email": r"[^@\s]+@[^@\s]+",
    "prefilled_promo_code": f"{_CODE}+",
    **{f"utm_{part}": f"{_CODE}{{1,150}}" for part in ("source", "medium", "campaign", "term", "content")},
}
"""What Stripe takes from a link's query, and as what: https://docs.stripe.com/payment-links/url-parameters."""


def taken(query: str) -> dict[str, str]:
    """What Stripe makes of a link's query."""
    return {name: value for name, value in parse_qsl(query) if re.fullmatch(_TAKEN.get(name, ""), value)}


def _url(number: int) -> str:
    return f"https://buy.stripe.com/test_{number:014x}"


def _link_of(path: str) -> str:
    """The payment link whose page is asked for, with its query."""
    return f"https://buy.stripe.com/{path.removeprefix('/pay/')}"


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
        self.server.stripe._busy += 1
        try:
            self._answer_once(method, path, pairs)
        finally:
            self.server.stripe._busy -= 1

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
            with stripe._lock:
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
