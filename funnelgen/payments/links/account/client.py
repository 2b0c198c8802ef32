"""The official client, patient where Stripe asks for patience, and silent about its key."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

import stripe

RETRIES = 3
TIMEOUT = 30.0  # seconds for one answer
_MOST_WAIT = 20.0
_PERMISSIONS = "Products, Prices and Payment Links (for a `discount:` Coupons and Promotion Codes as well)"


class AccountError(Exception):
    """What Stripe answered, or that it did not, without anything secret. `help` is what to do.

    `again` says whether that is the same command once more, with nothing changed.
    """

    def __init__(self, message: str, help: str, *, again: bool) -> None:
        super().__init__(message)
        self.help = help
        self.again = again


class Patient(stripe.RequestsClient):
    """Waits and asks again where Stripe has too many requests, which the client leaves to its caller.

    The request is the same to its idempotency key, so it counts once.
    """

    def __init__(self, retries: int, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.patience = retries

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **more: Any
    ) -> Any:
        """One request, or as many as it takes; the last answer. `more` is what later clients hand on."""
        answer = super().request(method, url, headers, post_data, **more)
        for number in range(self.patience):
            if answer[1] != 429:
                break
            time.sleep(min(_wait(answer[2], number), _MOST_WAIT))
            answer = super().request(method, url, headers, post_data, **more)
        return answer


def client_of(key: str, *, api: str, retries: int, timeout: float) -> stripe.StripeClient:
    """The client that a key opens; `api` is where requests go."""
    http = Patient(retries, timeout)
    return stripe.StripeClient(key, base_addresses={"api": api}, max_network_retries=retries, http_client=http)


class Told:
    """Turns what the client raises into an AccountError that has no key in it."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, stripe.StripeError):
            again = not isinstance(error, stripe.PermissionError | stripe.AuthenticationError)
            raise AccountError(_without_keys(_words(error), self.key), _help(error), again=again) from None


def _words(error: stripe.StripeError) -> str:
    if isinstance(error, stripe.APIConnectionError):
        return "Stripe cannot be reached, or takes too long to answer"
    return f"Stripe says: {error.user_message or str(error) or type(error).__name__}"


def _help(error: stripe.StripeError) -> str:
    if isinstance(error, stripe.PermissionError):
        return f"give the restricted key {_PERMISSIONS}: Write to sync, Read to verify"
    if isinstance(error, stripe.AuthenticationError):
        return "take a key from Stripe, Developers, API keys"
    if isinstance(error, stripe.RateLimitError):
        return "wait a minute, and run the command again"
    if isinstance(error, stripe.APIConnectionError):
        return "is this machine online? then run the command again"
    return "run the command again"


def _without_keys(text: str, key: str) -> str:
    return re.sub(r"\b((?:sk|rk)_(?:live|test)_)[\w*]+", r"\1…", text.replace(key, "…"))


def _wait(headers: Mapping[str, str], number: int) -> float:
    """Seconds: what Stripe says, else 1, 2, 4."""
    told = headers.get("Retry-After", "") if headers else ""
    return float(told) if told.isdecimal() else 2.0**number
