"""The Stripe that tests run against: it takes what Stripe takes, and answers as Stripe's specification says."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from .stripe_account.objects import product as product_object
from .stripe_account.server import KEY, Fault, Stripe, running
from .stripe_account.spec import wrong_answer

PRICE: Any = {"currency": "usd", "unit_amount": 9700, "product": "course"}


@pytest.fixture
def account() -> Iterator[Stripe]:
    with running() as made:
        yield made
        assert made.wrong == []  # every answer is one that Stripe's specification has


def client(account: Stripe, retries: int = 0) -> stripe.StripeClient:
    return stripe.StripeClient(KEY, base_addresses={"api": account.url}, max_network_retries=retries)


def priced(**more: object) -> Any:
    return {**PRICE, **more}


def product(account: Stripe) -> None:
    client(account).v1.products.create({"id": "course", "name": "The Course"})


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow."""

    def redirect_request(self, *args: Any) -> None:
        return None


def test_a_link_charges_its_prices_and_sends_buyers_back(account: Stripe) -> None:
    product(account)
    price = client(account).v1.prices.create(PRICE)
    back: Any = {"type": "redirect", "redirect": {"url": "https://small.internal/?id={CHECKOUT_SESSION_ID}"}}
    link = client(account).v1.payment_links.create(
        {"line_items": [{"price": price.id, "quantity": 2}], "after_completion": back}
    )
    assert link.url.startswith("https://buy.stripe.com/test_")
    items = client(account).v1.payment_links.line_items.list(link.id)
    assert [(item.quantity, item.amount_total) for item in items.data] == [(2, 19400)]

    page = f"{account.url}/pay/{link.url.rpartition('/')[2]}"
    with urllib.request.urlopen(page) as shown:
        assert 'Total: <b id="total">194.00 USD</b>' in shown.read().decode()
    assert account.charges == []  # to look is not to pay
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Stay).open(page, data=b"")
    assert answer.value.code == 303
    assert answer.value.headers["Location"] == "https://small.internal/?id=cs_test_0"
    assert [charge["amount"] for charge in account.charges] == [19400]


def test_a_lookup_key_moves_only_when_it_is_asked_to(account: Stripe) -> None:
    product(account)
    prices = client(account).v1.prices
    first = prices.create(priced(lookup_key="course"))
    with pytest.raises(stripe.InvalidRequestError, match="already uses that lookup key"):
        prices.create(priced(unit_amount=100, lookup_key="course"))
    second = prices.create(priced(unit_amount=100, lookup_key="course", transfer_lookup_key=True))
    assert [p.id for p in prices.list({"lookup_keys": ["course"]}).data] == [second.id]
    assert prices.retrieve(first.id).lookup_key is None


@pytest.mark.parametrize(
    "params",
    [
        {**PRICE, "colour": "red"},
        {**PRICE, "unit_amount": "ten"},
        {"unit_amount": 9700, "product": "course"},
        {**PRICE, "tax_behavior": "sometimes"},
        {**PRICE, "recurring": {"interval": "fortnight"}},
        {**PRICE, "recurring": {"interval": "month", "times": 3}},
    ],
)
def test_what_stripe_has_no_word_for_is_refused(account: Stripe, params: Any) -> None:
    product(account)
    with pytest.raises(stripe.InvalidRequestError):
        client(account).v1.prices.create(params)
    assert account.prices == {}


def test_the_wrong_key_gets_nothing(account: Stripe) -> None:
    wrong = stripe.StripeClient("sk_" + "test_other", base_addresses={"api": account.url})
    with pytest.raises(stripe.AuthenticationError):
        wrong.v1.products.list()


@pytest.mark.parametrize("fault", ["dropped before", "dropped after", "409", "500"])
def test_what_is_tried_again_counts_once(account: Stripe, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *args: 0.0)
    account.faults[0] = fault
    client(account, retries=2).v1.products.create({"name": "The Course"})
    assert len(account.products) == 1
    assert len(account.requests) == 2


def test_a_key_is_good_for_one_request_alone(account: Stripe) -> None:
    products = client(account).v1.products
    products.create({"name": "One"}, {"idempotency_key": "k"})
    products.create({"name": "One"}, {"idempotency_key": "k"})
    assert len(account.products) == 1
    with pytest.raises(stripe.IdempotencyError):
        products.create({"name": "Two"}, {"idempotency_key": "k"})


def test_a_long_list_comes_in_pages(account: Stripe) -> None:
    for number in range(5):
        client(account).v1.products.create({"name": f"No. {number}"})
    every = client(account).v1.products.list({"limit": 2}).auto_paging_iter()
    assert [p.name for p in every] == ["No. 4", "No. 3", "No. 2", "No. 1", "No. 0"]


@pytest.mark.parametrize("wrong", [{"name": 5}, {"active": None}, {"object": "price"}])
def test_an_answer_that_stripe_would_not_give_is_noticed(wrong: dict[str, object]) -> None:
    good = product_object("course", {"name": "The Course"})
    assert wrong_answer("post", "/v1/products", good) == []
    assert wrong_answer("post", "/v1/products", {**good, **wrong}) != []
