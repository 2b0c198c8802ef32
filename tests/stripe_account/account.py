"""One account: its products, prices, codes and payment links, and what was charged."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Literal
from urllib.parse import parse_qsl

from . import objects
from .objects import Json, error
from .spec import Refused, parsed, wrong_answer

Fault = Literal["dropped before", "dropped after", "slow before", "slow after", "429", "500", "409", "403"]


class Stripe:
    """One account. `faults` are met by request number, counted from 0; `requests` are those that were made.

    `between` is called before each request with its number: what somebody else does meanwhile.
    """

    def __init__(self) -> None:
        self.products: dict[str, Json] = {}
        self.prices: dict[str, Json] = {}
        self.links: dict[str, Json] = {}
        self.coupons: dict[str, Json] = {}
        self.codes: dict[str, Json] = {}
        self.items: dict[str, list[Json]] = {}  # of links
        self.charges: list[Json] = []
        self.requests: list[str] = []
        self.faults: dict[int, Fault] = {}
        self.retry_after = ""  # what "429" says of how long to wait, in seconds
        self.between: Callable[[int], object] = lambda number: None
        self.wrong: list[str] = []  # answers that Stripe's specification does not have
        self.url = ""
        self._kept: dict[str, tuple[str, tuple[int, Json]]] = {}  # by idempotency key
        self.lock = threading.Lock()
        self.busy = 0

    def settle(self) -> None:
        """Wait until no request is under way: who gave up waiting does not know whether it was done."""
        while self.busy:
            time.sleep(0.01)

    def next_fault(self, method: str, path: str) -> Fault | None:
        """Count a request; gives what is to go wrong with it."""
        with self.lock:
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
            told = error("invalid_request_error", str(refused), code=refused.code, param=refused.param)
            return (400, told) if refused.unknown else self.refusal(method, path, 400, told)
        except KeyError as missing:
            told = error("invalid_request_error", f"No such object: {missing}", code="resource_missing")
            return self.refusal(method, path, 404, told)
        if method == "post" and key:
            self._kept[key] = asked, made
        return made

    def _do(self, method: str, path: str, params: Json) -> Json:
        parts = path.removeprefix("/v1/").split("/")
        kept = {
            "products": self.products,
            "prices": self.prices,
            "payment_links": self.links,
            "coupons": self.coupons,
            "promotion_codes": self.codes,
        }[parts[0]]
        if parts[2:] == ["line_items"]:
            return _listed(self.items[parts[1]], params, path)
        if method == "get" and len(parts) == 1:
            found = self._matching(parts[0], kept, params)
            return _listed([self._expanded(o, params) for o in found], params, path)
        if method == "get":
            return kept[parts[1]]
        if len(parts) == 1:
            return {
                "products": self._product,
                "prices": self._price,
                "payment_links": self._link,
                "coupons": self._coupon,
                "promotion_codes": self._code,
            }[parts[0]](params)
        return self._changed(kept[parts[1]], params)

    def _expanded(self, object: Json, params: Json) -> Json:
        """An object with what is asked for in it: the items of a link, ten at the most, or the coupon of a code."""
        if "data.promotion.coupon.applies_to" in params.get("expand", ()):
            return {**object, "promotion": {"type": "coupon", "coupon": self.coupons[object["promotion"]["coupon"]]}}
        if "data.line_items" not in params.get("expand", ()):
            return object
        return {**object, "line_items": _listed(self.items[object["id"]], {}, f"/v1/payment_links/{object['id']}")}

    def _matching(self, kind: str, kept: dict[str, Json], params: Json) -> list[Json]:
        newest = list(reversed(kept.values()))
        found = [o for o in newest if "active" not in params or o["active"] == params["active"]]
        if "lookup_keys" in params:
            found = [o for o in found if o["lookup_key"] in params["lookup_keys"]]
        if "code" in params:
            found = [o for o in found if o["code"].casefold() == params["code"].casefold()]
        return [o for o in found if "ids" not in params or o["id"] in params["ids"]]

    def _product(self, params: Json) -> Json:
        id = params.get("id") or f"prod_{len(self.products)}"
        if id in self.products:
            raise Refused(f"Product already exists: {id}", "id", code="resource_already_exists")
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

    def _coupon(self, params: Json) -> Json:
        id = params.get("id") or f"coupon_{len(self.coupons)}"
        if id in self.coupons:
            raise Refused(f"Coupon already exists: {id}", "id", code="resource_already_exists")
        if not all(product in self.products for product in params.get("applies_to", {}).get("products", ())):
            raise Refused("No such product", "applies_to")
        self.coupons[id] = objects.coupon(id, params)
        return self.coupons[id]

    def _code(self, params: Json) -> Json:
        if params["promotion"]["coupon"] not in self.coupons:
            raise Refused("No such coupon", "promotion")
        if any(one["active"] and one["code"].casefold() == params["code"].casefold() for one in self.codes.values()):
            raise Refused("An active promotion code with that code already exists.", "code")
        id = f"promo_{len(self.codes)}"
        self.codes[id] = objects.promotion_code(id, params)
        return self.codes[id]

    def off(self, link: str, code: str) -> int:
        """What a code takes off at a link; nothing where the link takes none, or nobody has it."""
        named = [c for c in self.codes.values() if c["active"] and c["code"].casefold() == code.casefold()]
        if not named or not self.links[link]["allow_promotion_codes"]:
            return 0
        coupon = self.coupons[named[0]["promotion"]["coupon"]]
        only = coupon.get("applies_to", {}).get("products")
        amounts: list[int] = [
            i["amount_total"] for i in self.items[link] if only is None or i["price"]["product"] in only
        ]
        if coupon["percent_off"]:
            percent: float = coupon["percent_off"]
            return sum(int(amount * percent / 100 + 0.5) for amount in amounts)
        off: int = coupon["amount_off"]
        return min(off, sum(amounts))

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
        amount -= self.off(id, given.get("prefilled_promo_code", ""))
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


def _listed(found: list[Json], params: Json, path: str) -> Json:
    after = params.get("starting_after")
    if after:
        found = found[[o["id"] for o in found].index(after) + 1 :]
    limit = params.get("limit", 10)
    return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": path}
